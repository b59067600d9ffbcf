"""Rows of an HTML table as lines of cells; columns that only make space are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .numerals import whole
from .rows import LABEL

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

WIDEST = 200
"""Columns or rows; a larger `colspan` or `rowspan` is a mistake or an attack."""

_STRUCTURE = frozenset(("table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "form"))
_SIGNS_BEFORE = frozenset(("$", "€", "£", "¥", "(", "$ (", "$("))
_SIGNS_AFTER = frozenset((")", "%", ")%", "%)"))


def is_data_table(table: LexborNode) -> bool:
    """Whether `table` holds data: at least two cells side by side, and no headings, lists or tables within."""
    cells_in_row = widest = 0
    for node in _inside(table):
        if node.tag in _STRUCTURE:
            return False
        if node.tag == "tr":
            cells_in_row = 0
        elif node.tag in {"td", "th"}:
            cells_in_row += 1
            widest = max(widest, cells_in_row)
    return widest > 1


def lines_of(table: LexborNode, text_of: Callable[[LexborNode], str]) -> list[str]:
    """One line per row, cells divided by " | "; a caption is a line of its own.

    A label that stands beside several rows is written in each, for a row is quoted alone.
    """
    lines: list[str] = []
    rows: list[_Row] = []
    for node in _inside(table):
        if node.tag == "caption":
            lines.append(text_of(node))
        elif node.tag == "tr":
            rows.append(_Row(rows[-1].below() if rows else {}))
        elif node.tag in {"td", "th"} and rows:
            rows[-1].add(text_of(node), _span(node, "colspan"), _span(node, "rowspan"))
    used = {column for row in rows for column, words in row.words().items() if words}
    for row in rows:
        cells = _signs_joined([words for column, words in sorted(row.words().items()) if column in used])
        if any(cells):
            lines.append(" | ".join(cells).strip())
    return [line for line in lines if line]


@dataclass(slots=True)
class _Cell:
    words: str
    width: int
    """Columns."""
    rows: int
    """In which it stands, from this one down."""


class _Row:
    """The cells of a row by column, `above` being those that reach into it (HTML, 4.9.12.1)."""

    def __init__(self, above: dict[int, _Cell]) -> None:
        self._above = above
        self._own: dict[int, _Cell] = {}
        self._column = 0

    def add(self, words: str, width: int, rows: int) -> None:
        while self._column in self._above:
            self._column += self._above[self._column].width
        self._own[self._column] = _Cell(words, width, rows)
        self._column += width

    def words(self) -> dict[int, str]:
        """By column; of what reaches into the row only what may be a label, and nothing into a blank row."""
        own = {column: cell.words for column, cell in self._own.items()}
        if not any(own.values()):
            return own
        return {column: cell.words if len(cell.words) <= LABEL else "" for column, cell in self._above.items()} | own

    def below(self) -> dict[int, _Cell]:
        """What reaches into the next row."""
        cells = {**self._above, **self._own}
        return {at: _Cell(cell.words, cell.width, cell.rows - 1) for at, cell in cells.items() if cell.rows > 1}


def _span(cell: LexborNode, name: str) -> int:
    """Columns or rows of a cell."""
    return min(WIDEST, max(1, whole(cell.attributes.get(name) or "", 5) or 1))


def _signs_joined(cells: list[str]) -> list[str]:
    """Filings put currency signs and closing brackets in cells of their own; they go with their figure."""
    joined: list[str] = []
    before = ""
    for cell in cells:
        if cell in _SIGNS_BEFORE:
            before += cell
        elif cell in _SIGNS_AFTER and joined and joined[-1]:
            joined[-1] += cell
        else:
            joined.append(before + cell)
            before = ""
    return [*joined, before] if before else joined


def _inside(table: LexborNode) -> Iterator[LexborNode]:
    """The elements within `table` in document order, without recursion."""
    pending = [table.child]
    while pending:
        node = pending.pop()
        if node is not None:
            pending += (node.next, node.child)
            if node.tag and node.tag[0] != "-":
                yield node
