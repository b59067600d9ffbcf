"""What a cell of a spreadsheet shows: numbers, percentages and dates by the format of the cell (ECMA-376, 18.8).

Amounts are printed as they are stored, without the currency sign or the thousands' commas of their format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from .numerals import whole
from .xmlparse import Target, parse_xml

_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
"""Built-in formats of dates and times."""
_PERCENT = frozenset((9, 10))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Formats(Target):
    """The cell formats in `data`, which is `styles.xml`, or empty. `early` is whether days count from 1904."""

    def __init__(self, data: bytes, *, early: bool = False) -> None:
        self._codes: dict[str, str] = {}
        self._cells: list[str] = []
        """Number format of each cell format."""
        self._in_cells = False
        self._start = datetime(1904, 1, 1) if early else datetime(1899, 12, 30)
        if data:
            parse_xml(data, self, "styles.xml")
        self._kinds = [_kind(number, self._codes.get(number, "")) for number in self._cells]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._cells.append(attributes.get("numFmtId", ""))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def shown(self, value: str, style: str) -> str:
        """A stored number as text; `style` is the index of its cell format. What is no number comes back as it is."""
        try:
            number = float(value)
        except ValueError:
            return value
        at = whole(style, 6) or 0
        kind = self._kinds[at] if at < len(self._kinds) else ""
        if kind == "percent":
            return f"{number * 100:.10g}%"
        if kind == "date":
            return self._date(number) or value
        return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"

    def _date(self, days: float) -> str:
        """Days since the start of the calendar as ISO 8601; empty where no calendar has them."""
        if not 0 <= days < 2_958_466:
            return ""
        moment = self._start + timedelta(seconds=round(days * 86_400))
        if days < 1:
            return f"{moment:%H:%M:%S}".removesuffix(":00")
        if moment.time() == datetime.min.time():
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _kind(number: str, code: str) -> str:
    """`date`, `percent`, or empty, of a format by its number, and its own code where it has one."""
    plain = _QUOTED.sub("", code).lower()
    if "%" in plain:
        return "percent"
    if not code and number.isascii() and number.isdigit():
        known = int(number[:5])
        return "date" if known in _DATES else "percent" if known in _PERCENT else ""
    return "date" if "general" not in plain and re.search(r"[dmyhs]", plain.split(";")[0]) else ""
