"""What a table row needs to be understood: its header, its unit and its title, found in the lines above it.

Works on lines of text, however the table came to be one: PDF lines, cells divided by ` | ` or tabs, fixed-width columns.
A row ends in figures or is divided into cells; a header names years or periods, or stands on top of the table; prose
ends the search. The rules are about how tables are printed, not about what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

REACH = 6_000
"""Characters above the row that are looked at."""
HEAD = 8
"""Lines of a table's head at most."""
SENTENCE = 12
"""Words from which on a line without figures is prose."""

Kind = Literal["row", "weak", "header", "label", "prose", "rule", "blank"]

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_PERIOD = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}}\b|,|(?=\s|$))|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}}\b)?|\b{_MONTH}\s+\d{{4}}\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:Q[1-4]|[1-4]Q|H[12]|FY)\s?'?\d{2,4}\b|\b(?:Q[1-4]|H[12])\b"
    r"|(?<![\d.,$€£])\(?(?:19|20)\d\d(?:[/–-]\d{2,4})?[AEP]?\)?(?![\d.,]*\d)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\bin|[$€£¥(]|\bamounts?|\bdollars?|\beuros?|\busd|\beur)\W{0,4}(?:in\s+)?(?:\w+\s+){0,3}"
    r"(?:thousands|millions|billions|percent|%)|^\(?(?:thousands|millions|billions)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[(\[$€£¥+~<>≈–—-]*\d[\d.,]*(?:[)\]%*]|x|bn|m|k|bps|pp|pts)*$|[–—-]{1,2}$|\(?[Nn]/?[AaMm]\)?$")
_SIGN = re.compile(r"[$€£¥%()*†‡]+$|\([a-z0-9]{1,2}\)(?:\([a-z0-9]{1,2}\))*$")
_CELLS = re.compile(r" \| |^\| ?|\t|\S {3,}\S")
_RULE = re.compile(r"[\s|:=_.+*–—-]+$")
_NOTE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """Without white space at the ends."""
    words: str

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def row_context(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of the lines that say what the table row at `start` to `end` means, in order, all before `start`.

    Those are the header with years or names of columns, the line with the unit, the title, and, where the row has
    one, the label of its group (`Deferred:`). Empty where the span is no row of a table. Looks at `REACH` characters
    above at most; give the text of a sheet or section where tables must not reach over its border.
    """
    row = _row_line(text, start, end)
    if row is None:
        return ()
    above = list(_lines_above(text, row.start))
    found = _head(above, row)
    label = _label(above, found)
    spans = {line.span for line in [*found, *label] if line.end <= start}
    return tuple(sorted(spans))
