"""`clew ask`: a question, or several, about some files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..core.options import Options
from . import options as o
from .find import Format, Layout
from .plan import DryRun


@o.spread
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What to find out, in quotes.")],
    files: o.Files = None,
    *,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    also: Annotated[
        list[str] | None, o.option("also", "A further question; may be repeated.", "QUESTION", variable=False)
    ] = None,
    within: o.Within = None,
    report: o.Report = None,
    everything: Annotated[bool, o.option("all", "List every place that concerns it, as clew find does.")] = False,
    layout: Layout = Format.table,
    dry_run: DryRun = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Ask a question about documents of any length; every citation is located in the text."""
    from dataclasses import asdict

    from ..app.session import asking
    from ..core.errors import SettingsError
    from ..models.choose import without_user
    from .find import one_form
    from .find import tell as places
    from .plan import tell
    from .progress import Progress
    from .render import exit_code, render

    for asked in (question, *(also or [])):
        asking(asked)
    in_order(question, files or [])
    one_form(context, as_json, places=everything)
    o.in_vain(context, reading.strategy)
    if everything and report is not None:
        raise SettingsError("--all lists places: it has no report", "leave out --report")
    if also and (everything or report is not None):
        raise SettingsError("--also is for answers alone", "leave out --all and --report")
    if o.typed(context, "block") and not also:
        raise SettingsError("--block is for several questions", "add them with --also, or leave it out")
    options = Options(**asdict(reading), **asdict(limits))
    # What is advised repeats what was typed, but for a password in an address.
    typed = ["clew", *(without_user(word) if "://" in word else word for word in sys.argv[1:])]
    progress = Progress()
    with o.clew(progress, library, models) as clew:
        with progress:
            shelf = o.scope(clew, files, within)
            questions = [question, *(also or [])]
            if dry_run:
                return tell(shelf.plan(questions, options, of="find" if everything else "ask"), options, as_json)
            if everything:
                return places(shelf.find(question, options), layout, as_json)
            answers = shelf.ask_each(questions, options)
        for answer in answers:
            if as_json:
                print(json.dumps(answer.to_dict(), ensure_ascii=False))
            else:
                render(answer, shelf.books, typed, with_question=len(answers) > 1)
            o.write_report(report, answer, shelf.books)
    return max(map(exit_code, answers))


def in_order(question: str, files: list[str]) -> None:
    """Raises SettingsError when file and question were given the other way round."""
    from ..core.errors import SettingsError

    def there(name: str) -> bool:
        # A question may be longer than a file name can be.
        try:
            return Path(name).exists()
        except OSError:
            return False

    if there(question) and any(not there(name) and " " in name for name in files):
        asked = next(name for name in files if not there(name) and " " in name)
        raise SettingsError(f"{question} is a file: the question comes first", f'clew ask "{asked}" {question}')
