"""What a table row stands under: its header, unit and title, wherever a citation or a prompt shows the row."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.book import Book
from ..core.types import Span
from ..language.rowlines import Line, line_at, lines_above
from ..language.rows import row_context

ABOVE = 4000
"""Characters above a table row in which its column names are looked for."""
FOOT = 6
"""Lines under a table that a sheet may end with: its number, a running foot."""


def columns(book: Book, span: Span) -> tuple[str, ...]:
    """The lines above a table row that say what it means, from top to bottom, each on one line. Empty for prose.

    A table that goes on at the top of a sheet without its header has that of the sheet before.
    """
    first = _sheet(book, span.start)
    lines = _context(book, first, span)
    if not lines and first > 0 and _opens_with_rows(book, first, span):
        before = next(_rows_at_the_end(book, _sheet(book, first - 1), first), None)
        return _context(book, _sheet(book, first - 1), before) if before else ()
    return lines


def _sheet(book: Book, offset: int) -> int:
    """Where the sheet that holds `offset` begins; 0 without sheets."""
    number = book.document.page_at(offset)
    return 0 if number is None else next(page.start for page in book.document.pages if page.number == number)


def _context(book: Book, first: int, span: Span) -> tuple[str, ...]:
    first = max(first, span.start - ABOVE)
    text = book.document.text[first : span.end]
    above = row_context(text, span.start - first, span.end - first)
    return tuple(" ".join(text[start:end].split()) for start, end in above)


def _opens_with_rows(book: Book, first: int, span: Span) -> bool:
    """Whether the span is a row, and nothing but rows and their labels stand above it on its sheet."""
    text = book.document.text
    if line_at(text, span.start).kind != "row" or span.start - first > ABOVE:
        return False
    above = lines_above(text[first : span.end], span.start - first, ABOVE)
    return all(line.kind in ("row", "weak", "label", "blank", "rule") for line in above)


def _rows_at_the_end(book: Book, first: int, end: int) -> Iterator[Span]:
    """The rows among the last lines of a sheet, the last first."""
    text = book.document.text[first:end]
    lines: list[Line] = [line for line in lines_above(text, len(text), ABOVE) if line.words]
    for line in lines[:FOOT]:
        if line.kind == "row":
            yield Span(book.id, first + line.start, first + line.end)
