"""`clew ask`: one question about some files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from . import options as o


@o.spread
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What to find out, in quotes.")],
    files: o.Files = None,
    *,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Ask a question about documents of any length; every citation is located in the text."""
    from dataclasses import asdict

    from ..app import Options
    from .progress import Progress
    from .render import exit_code, render

    in_order(question, files or [])
    with (
        Progress() as progress,
        o.clew(progress, library, models) as clew,
    ):
        shelf = clew.open(files) if files else clew.listed()
        asked = Options(**asdict(reading), **asdict(limits))
        answer = shelf.ask(question, asked)
        books = shelf.books
    if as_json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False))
    else:
        render(answer, books, ["clew", *sys.argv[1:]])
    return exit_code(answer)


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
