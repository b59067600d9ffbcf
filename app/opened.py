"""What came of opening files: books, what is to be said of them, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..core.book import Book
from ..core.errors import DocumentError
from ..core.wording import counted
from .told import Told


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the question's scope that could not be opened."""

    name: str
    error: DocumentError


@dataclass
class Opened:
    """What came of some sources, by their place among them."""

    books: dict[int, Book] = field(default_factory=dict)
    unread: dict[int, Unread] = field(default_factory=dict)
    notices: dict[int, list[str]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    """Ids of versions that no file has any more, whose indexes may go."""


def each_once(opened: Opened, told: Told) -> dict[str, Book]:
    """What was opened by id, in its order, one book for each text; what is to be said of the files is told."""
    books: dict[str, Book] = {}
    for number in sorted(opened.books):
        book = opened.books[number]
        first = books.setdefault(book.id, book)
        if first is not book:
            first.also += (book.name,)
            told.notice(f"{book.name}: the same text as {first.name}, read once")
        for notice in opened.notices[number]:
            told.notice(notice if notice.startswith(book.name) else f"{book.name}: {notice}")
    told.rest("clew library show FILE tells")
    return books


def nothing_read(errors: Sequence[DocumentError]) -> DocumentError:
    """The error for all of them, where no file could be read."""
    if len(errors) == 1:
        return errors[0]
    if not errors:
        return DocumentError("no document", "name a file")
    more = f"; and {counted(len(errors) - 3, 'other')}" if len(errors) > 3 else ""
    return DocumentError("no document could be read: " + "; ".join(map(str, errors[:3])) + more, errors[0].hint)
