"""OpenDocument text, sheets and slides (.odt, .ods, .odp): headings, lists, tables, notes (OASIS OpenDocument 1.3).

Text that was deleted under change tracking is left out, and so are comments. Numbers that lists and headings are given
by their style are counted for lists only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.errors import DocumentError
from .archive import Archive
from .lines import Lines
from .loaded import Loaded, mistaken
from .odf_sheet import Sheet
from .rows import Row, table_lines
from .sheets import document_of_sheets
from .xmlparse import Target, parse_xml

_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "note-citation", "ruby-text", "forms", "scripts")
)
_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


def load_odf(data: bytes) -> Loaded:
    """The text of an OpenDocument file. Raises DocumentError."""
    archive = Archive(data)
    if "content.xml" not in archive:
        raise mistaken("an OpenDocument file")
    if b"encryption-data" in archive.read_if_there("META-INF/manifest.xml"):
        raise DocumentError("is encrypted", "save it without a password")
    content = archive.read("content.xml")
    if archive.read_if_there("mimetype").startswith(_SHEETS.encode()):
        sheets = _Sheets()
        parse_xml(content, sheets, "content.xml", _SKIPPED)
        return Loaded(document_of_sheets(sheets.found, "odf"))
    numbered = _Numbered()
    for part in (archive.read_if_there("styles.xml"), content):
        if part:
            parse_xml(part, numbered, "its styles")
    body = _Body(numbered.found)
    parse_xml(content, body, "content.xml", _SKIPPED)
    return Loaded(body.lines.document("odf"))


class _Numbered(Target):
    """The list styles that number their items, with the levels that they number."""

    def __init__(self) -> None:
        self.found: set[tuple[str, int]] = set()
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "list-style":
            self._style = attributes.get("name", "")
        elif name == "list-level-style-number" and attributes.get("num-format"):
            self.found.add((self._style, _rank(attributes.get("level", ""))))


@dataclass(slots=True)
class _Paragraph:
    level: int
    """Rank as a heading, 0 for a paragraph."""
    words: list[str] = field(default_factory=list)


class _Body(Target):
    """Writes the text as its parts come. Words go to the innermost open paragraph, its text to the innermost cell."""

    def __init__(self, numbered: set[tuple[str, int]]) -> None:
        self.lines = Lines()
        self._numbered = numbered
        self._lists: list[str] = []
        """Styles of the open lists."""
        self._paragraphs: list[_Paragraph] = []
        self._sinks: list[Lines] = [self.lines]
        self._tables: list[list[list[str]]] = []
        self._due: list[str] = []
        """Notes to be written behind the paragraph or table that refers to them."""
        self._cited = 0
        self._titles = 0
        """Frames of a slide that hold its title."""
        self._frames: list[bool] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"p", "h"}:
            level = _rank(attributes.get("outline-level", "1")) if name == "h" else 1 if self._titles else 0
            self._paragraphs.append(_Paragraph(level))
        elif name in {"s", "tab"}:
            self._add(" ")
        elif name == "line-break":
            self._add("\n")
        elif name == "note":
            self._cited += 1
            self._add(f"[^{self._cited}]")
            self._sinks.append(Lines(flat=True))
        elif name == "frame":
            self._frames.append(attributes.get("class") == "title")
            self._titles += self._frames[-1]
        elif name == "table":
            self._tables.append([])
        elif name == "table-row" and self._tables:
            self._tables[-1].append([])
        elif name in {"table-cell", "covered-table-cell"}:
            self._sinks.append(Lines(flat=True))
        else:
            self._start_in_list(name, attributes)

    def _start_in_list(self, name: str, attributes: Mapping[str, str]) -> None:
        lines = self._sinks[-1]
        if name == "list":
            style = attributes.get("style-name", self._lists[-1] if self._lists else "")
            self._lists.append(style)
            lines.end_line(1 if len(self._lists) > 1 else 2)
            lines.open_list(1 if (style, len(self._lists)) in self._numbered else None)
        elif name == "list-item" and self._lists:
            lines.end_line(1)
            lines.open_item()

    def end(self, name: str) -> None:
        if name in {"p", "h"}:
            self._write(self._paragraphs.pop())
        elif name == "note":
            note = self._sinks.pop().text.strip()
            self._due.append(f"[^{self._cited}]: {note}")
        elif name == "frame":
            self._titles -= self._frames.pop()
        elif name == "list":
            self._lists.pop()
            self._sinks[-1].close_list()
            self._sinks[-1].end_line(1 if self._lists else 2)
        elif name == "list-item":
            self._sinks[-1].close_item()
        elif name in {"table-cell", "covered-table-cell"}:
            words = self._sinks.pop().text
            if self._tables and self._tables[-1]:
                self._tables[-1][-1].append(words)
        elif name == "table":
            self._write_table(self._tables.pop())
        elif name == "page":
            self.lines.end_line(2)

    def text(self, words: str) -> None:
        self._add(words)

    def _add(self, words: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].words.append(words)

    def _write(self, paragraph: _Paragraph) -> None:
        # White space of the file means nothing; line breaks are elements, and come alone.
        words = "".join(word if word == "\n" else word.replace("\n", " ") for word in paragraph.words)
        if words.strip():
            breaks = 1 if self._lists and not paragraph.level else 2
            self._sinks[-1].write_paragraph(words, paragraph.level, breaks=breaks)
        self._write_notes()

    def _write_table(self, rows: list[list[str]]) -> None:
        self._sinks[-1].write_rows(table_lines(rows))
        self._write_notes()

    def _write_notes(self) -> None:
        if len(self._sinks) == 1:
            for note in self._due:
                self.lines.write_paragraph(note)
            self._due.clear()


class _Sheets(Target):
    """Names and rows of the sheets of a workbook."""

    def __init__(self) -> None:
        self.found: list[tuple[str, list[Row]]] = []
        self._sheet: Sheet | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table" and self._sheet is None:
            self._sheet = Sheet()
            self.found.append((attributes.get("name", ""), self._sheet.rows))
        elif self._sheet:
            self._sheet.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._sheet = None
        elif self._sheet:
            self._sheet.end(name)

    def text(self, words: str) -> None:
        if self._sheet:
            self._sheet.text(words)


def _rank(value: str) -> int:
    return int(value) if len(value) == 1 and value in "123456789" else 1
