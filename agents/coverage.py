"""How much of the documents was read: in characters, in sheets, in units of the strategy. Computed in code.

A document that nobody touched is counted without its text being looked at: there may be ten thousand of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from ..core.book import Book
from ..core.errors import ClewError
from ..core.results import Coverage, Listed, Missed, PageCoverage, Unit
from ..core.types import Chunk, Passage, Span
from ..core.wording import counted, share
from ..memory.ledger import Covered
from .desk import Desk
from .state import State
from .units import Passages

Parts = Mapping[str, Sequence[Chunk | Passage]]
"""By document id."""


def coverage(
    state: State, units: Sequence[Chunk | Passage], desk: Desk, unreadable: Sequence[tuple[str, ClewError]]
) -> tuple[Coverage, tuple[Listed, ...]]:
    """The coverage of a run, and each file's share in it.

    Args:
        units: the strategy's chunks, or the passages, tiling the documents.
        unreadable: files of the question's scope that could not be opened.
    """
    parts, read = by_document(units, desk), Covered(state["read"])
    touched = {span.document for span in (*state["read"], *(failure.span for failure in state["failed"]))}
    done = {(u.document, u.index) for document in touched for u in parts[document] if not read.rest(u.span)}
    reasons = [
        Missed(desk.books[unit.document].name, unit.index, failure.reason, _page(desk, unit))
        for failure in state["failed"]
        for unit in parts[failure.span.document]
        if unit.start < failure.span.end and failure.span.start < unit.end and (unit.document, unit.index) not in done
    ]
    unit: Unit = "passage" if isinstance(units, Passages) else "chunk"
    covered = Coverage(
        chunks=len(units),
        read=len(done),
        failed=len({(reason.document, reason.chunk) for reason in reasons}),
        characters=sum(book.extent.characters for book in desk.books.values()),
        characters_read=sum(read.characters(document) for document in touched),
        documents_failed=len(unreadable),
        pages=_pages(desk.books.values(), [desk.books[document] for document in touched], read),
        reasons=tuple(reasons),
        unit=unit,
    )
    whole, failed = Counter(document for document, _ in done), Counter(reason.document for reason in reasons)
    listed = [
        one
        for book in desk.books.values()
        for one in _listed(book, read, len(parts[book.id]) - whole[book.id], failed[book.name], unit)
    ]
    # An error begins with the file's name, which stands beside it here.
    listed += [Listed(name, None, False, str(error).removeprefix(f"{name}: ")) for name, error in unreadable]
    return covered, tuple(listed)


def by_document(units: Sequence[Chunk | Passage], desk: Desk) -> Parts:
    if isinstance(units, Passages):
        return {book.id: Passages([book]) for book in desk.books.values()}
    grouped = {document: list(own) for document, own in groupby(units, lambda unit: unit.document)}
    return defaultdict(list, grouped)


def _page(desk: Desk, unit: Chunk | Passage) -> int | None:
    return desk.books[unit.document].document.page_at(unit.start)


def _pages(books: Collection[Book], touched: Iterable[Book], read: Covered) -> PageCoverage | None:
    """Sheets of all documents, those without text, and how many of the others were opened."""
    total = sum(book.extent.sheets for book in books)
    blank = tuple(number for book in books for number in book.extent.blank)
    opened = sum(
        page.number not in book.extent.blank and read.overlaps(Span(book.id, page.start, page.end))
        for book in touched
        for page in book.document.pages
    )
    return PageCoverage(total, blank, opened) if total else None


def _listed(book: Book, read: Covered, missing: int, failed: int, unit: Unit) -> list[Listed]:
    """A row for each name of a document, of whose units so many were not read to the end, or failed."""
    reason = None
    if missing:
        characters = read.characters(book.id)
        reason = f"{share(characters, book.extent.characters)} of it was read" if characters else "it was not read"
        reason += f", {counted(failed, unit)} failed" if failed else ""
    elif book.extent.blank:
        reason = f"{counted(len(book.extent.blank), 'page')} without a text layer"
    return [Listed(name, book.id, not missing, reason, book.extent.blank) for name in (book.name, *book.also)]
