"""How much of the documents was read: in chunks of the strategy, in characters, in sheets. Computed in code."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.errors import ClewError
from ..core.results import Coverage, Listed, Missed, PageCoverage
from ..core.types import Chunk, Passage
from ..memory.ledger import Covered
from .desk import Desk
from .state import State


def coverage(
    state: State, units: Sequence[Chunk | Passage], desk: Desk, unreadable: Sequence[tuple[str, ClewError]]
) -> tuple[Coverage, tuple[Listed, ...]]:
    """The coverage of a run, and each file's share in it.

    Args:
        units: the strategy's chunks, tiling the documents.
        unreadable: files of the question's scope that could not be opened.
    """
    read = Covered(state["read"])
    done = {(u.document, u.index) for u in units if not read.rest(u.span)}
    reasons = [
        Missed(desk.books[unit.document].name, unit.index, failure.reason)
        for failure in state["failed"]
        for unit in units
        if unit.document == failure.span.document
        and unit.start < failure.span.end
        and failure.span.start < unit.end
        and (unit.document, unit.index) not in done
    ]
    books = desk.books.values()
    sheets = [page for book in books for page in book.document.pages]
    blank = [number for book in books for number in book.document.pages_without_text()]
    covered = Coverage(
        chunks=len(units),
        read=len(done),
        failed=len({(reason.document, reason.chunk) for reason in reasons}),
        characters=sum(len(book.document.text) for book in books),
        characters_read=sum(read.characters(book.id) for book in books),
        documents_failed=len(unreadable),
        pages=PageCoverage(len(sheets), tuple(blank)) if sheets else None,
        reasons=tuple(reasons),
    )
    listed = [_listed(book.id, units, done, desk, reasons) for book in books]
    # An error begins with the file's name, which stands beside it here.
    listed += [Listed(name, None, False, str(error).removeprefix(f"{name}: ")) for name, error in unreadable]
    return covered, tuple(listed)


def _listed(
    document: str,
    units: Sequence[Chunk | Passage],
    done: set[tuple[str, int]],
    desk: Desk,
    reasons: Sequence[Missed],
) -> Listed:
    book = desk.books[document]
    missing = [u for u in units if u.document == document and (u.document, u.index) not in done]
    blank = book.document.pages_without_text()
    reason = None
    if missing:
        failed = sum(r.document == book.name for r in reasons)
        reason = f"{len(missing)} of its chunks were not read" + (f", {failed} of them failed" if failed else "")
    elif blank:
        reason = f"{len(blank)} pages have no text layer"
    return Listed(book.name, document, not missing, reason)
