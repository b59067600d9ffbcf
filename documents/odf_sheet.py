"""The rows of one sheet of an OpenDocument workbook: repeated cells and rows are written out where they hold words, and
the words of a merged cell stand in all its rows and columns.
"""

from __future__ import annotations

from collections.abc import Mapping

from .numerals import whole
from .rows import LABEL, Row, tidy
from .xmlparse import Target

COLUMNS = 16_384
"""Columns of a sheet, as most programs bound them."""
REPEATED = 1_000
"""Times that a row or cell with words is written out; more are fill, not data."""


class Sheet(Target):
    """Told of the elements within `table:table`, it collects the rows."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._row: dict[int, str] = {}
        self._column = 0
        self._repeated_row = self._repeated = 1
        self._spanned = (1, 1)
        """Columns and rows of the present cell."""
        self._reaching: dict[int, tuple[int, str]] = {}
        """Merged cells by the columns they cover: rows that are left, words."""
        self._covered: dict[int, str] = {}
        """Words of merged cells in the present row."""
        self._words: list[str] = []
        self._in_words = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table-row":
            self._row, self._column = {}, 0
            self._repeated_row = _times(attributes.get("number-rows-repeated", ""))
        elif name in {"table-cell", "covered-table-cell"}:
            self._repeated = _times(attributes.get("number-columns-repeated", ""))
            columns, rows = (_times(attributes.get(f"number-{way}-spanned", "")) for way in ("columns", "rows"))
            self._spanned = (min(columns, REPEATED), rows)
            self._words = []
        elif name == "p":
            self._in_words += 1
            self._words.append(" ")
        elif name in {"s", "tab", "line-break"}:
            self._words.append(" ")

    def end(self, name: str) -> None:
        if name == "p":
            self._in_words -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell(tidy("".join(self._words)), covered=name != "table-cell")
            self._column += self._repeated
        elif name == "table-row":
            left = {at: (rows - self._repeated_row, words) for at, (rows, words) in self._reaching.items()}
            self._reaching = {at: held for at, held in left.items() if held[0] > 0}
            if set(self._row.values()) - set(self._covered.values()):  # A row of one wide cell is a title.
                self._row = self._covered | self._row
            self._covered = {}
            self.rows += [self._row] * (min(self._repeated_row, REPEATED) if self._row else 1)

    def _end_cell(self, words: str, *, covered: bool) -> None:
        places = range(self._column, min(self._column + min(self._repeated, REPEATED), COLUMNS))
        if covered:
            self._covered |= {at: self._reaching[at][1] for at in places if at in self._reaching}
            places = range(0) if self._covered.keys() & set(places) else places
        elif self._spanned != (1, 1) and len(words) <= LABEL:
            columns, rows = self._spanned
            self._reaching |= dict.fromkeys(range(self._column, self._column + columns), (rows, words))
        if words:
            self._row |= dict.fromkeys(places, words)

    def text(self, words: str) -> None:
        if self._in_words > 0:
            self._words.append(words)


def _times(value: str) -> int:
    return max(1, whole(value, 8) or 1)
