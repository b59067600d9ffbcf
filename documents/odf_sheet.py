"""The rows of one sheet of an OpenDocument workbook, repeated cells and rows written out where they hold words."""

from __future__ import annotations

from collections.abc import Mapping

from .rows import Row, tidy

COLUMNS = 16_384
"""Columns of a sheet, as most programs bound them."""
REPEATED = 1_000
"""Times that a row or cell with words is written out; more are fill, not data."""


class Sheet:
    """Told of the elements within `table:table`, it collects the rows."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._row: dict[int, str] = {}
        self._column = 0
        self._repeated_row = self._repeated = 1
        self._words: list[str] = []
        self._in_words = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table-row":
            self._row, self._column = {}, 0
            self._repeated_row = _times(attributes.get("number-rows-repeated", ""))
        elif name in {"table-cell", "covered-table-cell"}:
            self._repeated = _times(attributes.get("number-columns-repeated", ""))
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
            words = tidy("".join(self._words))
            for at in range(min(self._repeated, REPEATED) if words else 0):
                if self._column + at < COLUMNS:
                    self._row[self._column + at] = words
            self._column += self._repeated
        elif name == "table-row":
            self.rows += [self._row] * (min(self._repeated_row, REPEATED) if self._row else 1)

    def text(self, words: str) -> None:
        if self._in_words > 0:
            self._words.append(words)


def _times(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else 1
