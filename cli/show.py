"""`clew show`: what came of a run, once more, without asking anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..core.errors import SettingsError
from ..core.serialize import json_line
from . import options as o

if TYPE_CHECKING:
    from ..app import Clew
    from ..core.book import Book


def show(
    run: Annotated[str, typer.Argument(metavar="RUN", help="An id that clew runs lists.")],
    report: o.Report = None,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Print an earlier answer again; nothing is asked or paid.

    The exit code is that of the status, also where a limit or an interruption cut the run short.
    """
    from .progress import Progress

    progress = Progress()
    with o.clew(progress, library) as clew:
        with progress:
            result = clew.runs.result(run)
            books = _books(clew, result or {})
        if result is None:
            raise SettingsError(
                f"the run {run} came to no result yet", "ask the same again: it goes on where it stopped"
            )
        places = result["schema"] == "clew.find/1"
        if places and report is not None:
            raise SettingsError(f"the run {run} lists places: it has no report", "leave out --report")
        if as_json:
            print(json_line(result))
        return _places(result, as_json) if places else _answer(result, books, report, as_json)


def _answer(result: dict[str, Any], books: dict[str, Book], report: Path | None, as_json: bool) -> int:
    from ..core.serialize import answer_from_dict
    from .render import code_of, render

    answer = answer_from_dict(result)
    if not as_json:
        render(answer, books, with_question=True)
    o.write_report(report, answer, books)
    return code_of(answer.status)


def _places(result: dict[str, Any], as_json: bool) -> int:
    from ..core.serialize import found_from_dict
    from .find import code_of, show_closing, show_places

    found = found_from_dict(result)
    if not as_json:
        show_places(found)
        show_closing(found)
    return code_of(found)


def _books(clew: Clew, result: dict[str, Any]) -> dict[str, Book]:
    """The documents of a result that are still here, for the text around quotes; of the others it is told."""
    cited = {c["document_id"]: c["document"] for c in result.get("citations", [])}
    found = {document: clew.library.texts.load(document, name) for document, name in cited.items()}
    for document, book in found.items():
        if book is None:
            clew.trace.notice(f"{cited[document]} has changed or was removed since; the quotes are as they were")
    return {document: book for document, book in found.items() if book is not None}
