"""`clew doctor`: whether everything is as it should be, and what to do where it is not."""

from __future__ import annotations

from dataclasses import asdict

import typer

from ..core.serialize import json_line
from . import options as o

MARKS = {"good": "✓", "note": "·", "bad": "✗"}
STYLES = {"good": "green", "note": "dim", "bad": "bold red"}


@o.spread
def doctor(
    context: typer.Context, *, models: o.Models, library: o.LibraryFolder = None, as_json: o.Json = False
) -> int:
    """Check that everything works, and say what to do where not.

    Looks at Python, packages, library, server, window, price, speed and GPU; a server gets one short call.
    """
    from rich.text import Text

    from .checks import checks
    from .paper import Paper

    found = list(checks(models, library, sources(context)))
    good = all(check.state != "bad" for check in found)
    if as_json:
        print(json_line({"schema": "clew.doctor/1", "good": good, "checks": [asdict(c) for c in found]}))
        return 0 if good else 4
    paper = Paper()
    for check in found:
        paper.show(Text(check.value), Text(f"{MARKS[check.state]} {check.name}", style=STYLES[check.state]), 12)
        if check.remedy:
            paper.show(Text(check.remedy), Text(f"{'':12}→"), 14)
    return 0 if good else 4


def sources(context: typer.Context) -> dict[str, str]:
    """Where the value of each option comes from, for those that were set."""
    words = {"COMMANDLINE": "the command line", "ENVIRONMENT": "the environment", "DEFAULT_MAP": "the settings file"}
    found = {name: context.get_parameter_source(name) for name in context.params}
    return {
        name.replace("_", "-"): words[source.name]
        for name, source in found.items()
        if source is not None and source.name in words and name != "as_json"
    }
