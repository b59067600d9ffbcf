"""`clew summarize`: what documents say, every sentence cited."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from ..core.options import DEFAULTS, Options
from ..core.serialize import json_line
from . import options as o
from .plan import DryRun, tell


@o.spread
def summarize(
    *,
    focus: Annotated[str, o.option("focus", "What it is to be about.", "TEXT")] = "",
    length: Annotated[int, o.taken("length")] = DEFAULTS.length,
    fresh: Annotated[bool, o.taken("fresh")] = False,
    as_json: o.Json = False,
    documents: o.Documents,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
) -> int:
    """Summarise documents, every sentence cited.

    Everything is read: --dry-run says what that takes.
    """
    from .progress import Progress
    from .render import exit_code, render

    options = Options(fresh=fresh, length=length, **asdict(limits))
    progress = Progress()
    with o.clew(progress, documents.library, models) as clew:
        with progress:
            shelf = documents.opened(clew)
            if dry_run:
                return tell(shelf.plan(focus, options, of="summarize"), options, as_json)
            answer = shelf.summarize(focus, options)
        if as_json:
            print(json_line({**answer.to_dict(), "schema": "clew.summary/1"}))
        else:
            render(answer, shelf.books)
    return exit_code(answer)
