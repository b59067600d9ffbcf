"""Spreadsheets (.xlsx): each sheet under a heading with its name, each row printed with its headers (ECMA-376, 18).

Formulas are read as the value that was stored with them; nothing is computed. Hidden sheets, rows and columns are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..core.wording import counted
from .archive import Archive
from .loaded import Loaded, mistaken
from .numerals import whole
from .relations import main_part, relations
from .rows import LABEL, Row, tidy
from .sheets import document_of_sheets
from .xlsx_cells import Formats
from .xmlparse import Target, parse_xml

COLUMNS = 16_384
"""Columns of a sheet, which is Excel's own bound."""

MERGED = 200
"""Rows or columns of a merged cell in which its words are written."""

_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_RANGE = re.compile(r"([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})")


def load_xlsx(data: bytes) -> Loaded:
    """A workbook's text. Raises DocumentError."""
    archive = Archive(data)
    main = main_part(archive, "xl/workbook.xml", "Excel")
    parts = relations(archive, main)
    by_kind = {relation.kind: relation.target for relation in parts.values()}
    book = _Workbook()
    parse_xml(archive.read(main), book, main)
    if not book.sheets:
        raise mistaken("an Excel file")
    strings = _Strings()
    if shared := archive.read_if_there(by_kind.get("sharedStrings", "")):
        parse_xml(shared, strings, "the shared strings", frozenset(("rPh", "rPr")))
    formats = Formats(archive.read_if_there(by_kind.get("styles", "")), early=book.early)
    sheets: list[tuple[str, Sequence[Row]]] = []
    uncomputed = 0
    # Each part once, however often it is listed; others are charts and dialogues.
    listed = {parts[key].target: name for name, key in book.sheets if key in parts and parts[key].kind == "worksheet"}
    for part, name in listed.items():
        sheet = _Sheet(strings.found, formats)
        parse_xml(archive.read(part), sheet, part, frozenset(("rPh", "rPr")))
        uncomputed += sheet.uncomputed
        sheets.append((name, sheet.rows))
    notices = (f"{counted(uncomputed, 'formula')} without a stored value",) if uncomputed else ()
    return Loaded(document_of_sheets(sheets, "xlsx"), notices)


class _Workbook(Target):
    """Names of the sheets and ids of their parts, in order; how days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.early = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.early = attributes.get("date1904", "0") in {"1", "true"}


class _Strings(Target):
    """The table of strings that cells refer to by index."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] = []
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._words = []
        self._in_text = name == "t"

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "si":
            self.found.append(tidy("".join(self._words)))

    def text(self, words: str) -> None:
        if self._in_text:
            self._words.append(words)


class _Sheet(Target):
    """The rows of a sheet; a row that is left out of the file is blank."""

    def __init__(self, strings: Sequence[str], formats: Formats) -> None:
        self.rows: list[dict[int, str]] = []
        self.uncomputed = 0
        """Cells with a formula and no value."""
        self._numbered: dict[int, dict[int, str]] = {}
        self._strings = strings
        self._formats = formats
        self._number = 0
        self._kind = self._style = ""
        self._column = 0
        self._formula = False
        self._value: list[str] = []
        self._in_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            stated = whole(attributes.get("r", ""), 7)
            given = self._number + 1 if stated is None else stated
            if given > self._number + 1 and self.rows:
                self.rows.append({})
            self._number, self._column = given, -1
            self.rows.append({})
            self._numbered[given] = self.rows[-1]
        elif name == "c":
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._value, self._formula = [], False
        elif name == "mergeCell":
            self._spread(attributes.get("ref", ""))
        else:
            self._in_value = name in {"v", "t"}
            self._formula = self._formula or name == "f"

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c" and self.rows:
            value = "".join(self._value)
            self.uncomputed += self._formula and not value
            if words := self._shown(value):
                self.rows[-1][self._column] = words

    def text(self, words: str) -> None:
        if self._in_value:
            self._value.append(words)

    def _spread(self, reference: str) -> None:
        """Writes a merged cell's words in all its rows and columns, but none into a row that has nothing else."""
        merged = _RANGE.fullmatch(reference)
        if not merged:
            return
        left, top, right, bottom = _column(merged[1], 0), int(merged[2]), _column(merged[3], 0), int(merged[4])
        words = self._numbered.get(top, {}).get(left, "")
        for number in range(top, min(bottom, top + MERGED) + 1) if 0 < len(words) <= LABEL else ():
            row = self._numbered.get(number, {})
            for column in range(left, min(right, left + MERGED) + 1) if row.keys() - {left} else ():
                row.setdefault(column, words)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            at = whole(value, 8)
            return self._strings[at] if at is not None and at < len(self._strings) else ""
        if self._kind == "b":
            return "TRUE" if value == "1" else "FALSE" if value == "0" else value
        if self._kind in {"", "n"} and value:
            return self._formats.shown(value.strip(), self._style)
        return tidy(value)


def _column(reference: str, following: int) -> int:
    """Column of a cell, from 0, by its reference such as `AB12`; `following` where it has none."""
    letters = _COLUMN.match(reference)
    if not letters:
        return min(following, COLUMNS - 1)
    number = 0
    for letter in letters[1].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number, COLUMNS) - 1
