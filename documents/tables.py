"""Rows of an HTML table as lines of cells; columns that only make space are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

WIDEST = 200
"""Columns; a larger `colspan` is a mistake or an attack."""

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


def table_lines(table: LexborNode, text_of: Callable[[LexborNode], str]) -> list[str]:
    """One line per row, cells divided by " | "; a caption is a line of its own."""
    lines: list[str] = []
    rows: list[dict[int, str]] = []
    column = 0
    for node in _inside(table):
        if node.tag == "caption":
            lines.append(text_of(node))
        elif node.tag == "tr":
            rows.append({})
            column = 0
        elif node.tag in {"td", "th"} and rows:
            rows[-1][column] = text_of(node)
            column += _columns(node)
    used = {column for row in rows for column, words in row.items() if words}
    for row in rows:
        cells = _signs_joined([words for column, words in sorted(row.items()) if column in used])
        if any(cells):
            lines.append(" | ".join(cells).strip())
    return [line for line in lines if line]


def _columns(cell: LexborNode) -> int:
    span = cell.attributes.get("colspan") or "1"
    return min(WIDEST, max(1, int(span))) if span.isascii() and span.isdigit() and len(span) < 6 else 1


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
