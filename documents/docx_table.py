"""A table of a Word document while it is read: its rows, and which cells go on from row to row (ECMA-376, 17.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .rows import LABEL


@dataclass(slots=True)
class Table:
    columns: int = 0
    rows: list[list[str]] = field(default_factory=list)
    column: int = 0
    """Of the present cell, from 0."""
    width: int = 1
    """Columns of the present cell."""
    goes_on: bool = False
    """The present cell is part of the one above it."""
    above: dict[int, str] = field(default_factory=dict)
    """Words of the last cell that began in a column."""

    @property
    def in_cells(self) -> bool:
        """Whether cells are collected: a table of one column is a box around text."""
        return bool(self.rows) and self.columns != 1

    def begin(self, name: str, value: str) -> None:
        """A row or a cell begins, or says how far it reaches (17.4.17, 17.4.84)."""
        if name == "tr":
            self.rows.append([])
            self.column = 0
        elif name == "tc":
            self.width, self.goes_on = 1, False
        elif name == "gridSpan":
            self.width = int(value) if re.fullmatch(r"[1-9]\d?", value) else 1
        else:
            self.goes_on = value != "restart"

    def end_cell(self, words: str) -> None:
        """A label beside several rows is written in each."""
        if self.goes_on and not words and len(self.above.get(self.column, "")) <= LABEL:
            words = self.above.get(self.column, "")
        elif not self.goes_on:
            self.above[self.column] = words
        self.rows[-1].append(words)
        self.column += self.width
