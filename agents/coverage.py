"""How much of the documents was read: in chunks of the strategy, in characters, in sheets. Computed in code.

A document that nobody touched is counted without its text being looked at: there may be ten thousand of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from ..core.book import Book
from ..core.errors import ClewError
from ..core.results import Coverage, Listed, Missed, PageCoverage
from ..core.types import Chunk, Passage
from ..core.wording import counted
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
        units: the strategy's chunks, tiling the documents.
        unreadable: files of the question's scope that could not be opened.
    """
    parts, read = by_document(units, desk), Covered(state["read"])
    touched = {span.document for span in (*state["read"], *(failure.span for failure in state["failed"]))}
    done = {(u.document, u.index) for document in touched for u in parts[document] if not read.rest(u.span)}
    reasons = [
        Missed(desk.books[unit.document].name, unit.index, failure.reason)
        for failure in state["failed"]
        for unit in parts[failure.span.document]
        if unit.start < failure.span.end and failure.span.start < unit.end and (unit.document, unit.index) not in done
    ]
    books = desk.books.values()
    sheets = sum(book.extent.sheets for book in books)
    covered = Coverage(
        chunks=len(units),
        read=len(done),
        failed=len({(reason.document, reason.chunk) for reason in reasons}),
        characters=sum(book.extent.characters for book in books),
        characters_read=sum(read.characters(document) for document in touched),
        documents_failed=len(unreadable),
        pages=PageCoverage(sheets, tuple(n for book in books for n in book.extent.blank)) if sheets else None,
        reasons=tuple(reasons),
    )
    whole, failed = Counter(document for document, _ in done), Counter(reason.document for reason in reasons)
    listed = [one for book in books for one in _listed(book, len(parts[book.id]) - whole[book.id], failed[book.name])]
    # An error begins with the file's name, which stands beside it here.
    listed += [Listed(name, None, False, str(error).removeprefix(f"{name}: ")) for name, error in unreadable]
    return covered, tuple(listed)


def by_document(units: Sequence[Chunk | Passage], desk: Desk) -> Parts:
    if isinstance(units, Passages):
        return {book.id: Passages([book]) for book in desk.books.values()}
    grouped = {document: list(own) for document, own in groupby(units, lambda unit: unit.document)}
    return defaultdict(list, grouped)


def _listed(book: Book, missing: int, failed: int) -> list[Listed]:
    """A row for each name of a document."""
    reason = None
    if missing:
        reason = f"{missing:,} of its chunks {'was' if missing == 1 else 'were'} not read"
        reason += f", {failed:,} of them failed" if failed else ""
    elif book.extent.blank:
        reason = f"{counted(len(book.extent.blank), 'page')} without a text layer"
    return [Listed(name, book.id, not missing, reason, book.extent.blank) for name in (book.name, *book.also)]
