"""Word documents (.docx): paragraphs, headings by their styles, numbers of clauses, tables, notes (ECMA-376, 17).

Text that was deleted under change tracking is left out, what was inserted is read; comments are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .archive import Archive
from .docx_notes import SKIPPED, read_notes
from .docx_numbering import Numbering
from .docx_styles import Styles, list_depth, outline_level
from .docx_table import Table
from .lines import Lines
from .loaded import Loaded
from .relations import Relation, main_part, relations
from .rows import table_lines
from .xmlparse import Target, parse_xml

_OFF = frozenset(("0", "false", "off"))


def load_docx(data: bytes) -> Loaded:
    """A Word document's text. Raises DocumentError."""
    archive = Archive(data)
    main = main_part(archive, "word/document.xml", "Word")
    parts: dict[str, list[str]] = {}
    for relation in relations(archive, main).values():
        _add_part(parts, relation, archive)

    def read(kind: str) -> bytes:
        return archive.read(parts[kind][0]) if kind in parts else b""

    notes = {
        f"{kind[:-1]}{key}": words
        for kind in ("footnotes", "endnotes")
        for key, words in read_notes(read(kind)).items()
    }
    body = _Body(Styles(read("styles")), Numbering(read("numbering")), notes)
    parse_xml(archive.read(main), body, main, SKIPPED)
    body.write_running(_running(archive, parts))
    unread = ("comments are not read",) if "comments" in parts else ()
    return Loaded(body.lines.document("docx"), unread)


def _add_part(parts: dict[str, list[str]], relation: Relation, archive: Archive) -> None:
    if relation.target in archive and relation.target not in parts.setdefault(relation.kind, []):
        parts[relation.kind].append(relation.target)


def _running(archive: Archive, parts: Mapping[str, list[str]]) -> dict[str, str]:
    """What page headers and footers say, each text once."""
    found: dict[str, str] = {}
    for kind in ("header", "footer"):
        for part in parts.get(kind, []):
            for words in read_notes(archive.read(part)).values():
                if any(map(str.isalpha, words)):
                    found.setdefault(words, kind)
    return found


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    level: int | None = None
    """Rank as a heading that the paragraph itself states; 0 is none."""
    numbers: str | None = None
    depth: int | None = None
    runs: int = 0
    """Runs that are open: outside of them stand properties."""
    words: list[str] = field(default_factory=list)


class _Body(Target):
    """Writes the document's text as its parts come."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[str, str]) -> None:
        self.lines = Lines()
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._due: list[str] = []
        """Notes to be written behind the paragraph or table that refers to them."""
        self._cited: dict[str, int] = {}
        """Number of each note that was referred to."""
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[Table] = []
        self._cells: list[Lines] = []
        self._hidden = self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "t":
            self._in_text = True
        elif name == "tbl":
            self._tables.append(Table())
        elif name in {"gridCol", "tr", "tc", "gridSpan", "vMerge"}:
            self._start_in_table(name, attributes.get("val", ""))
        elif self._paragraphs:
            paragraph = self._paragraphs[-1]
            if name == "r":
                paragraph.runs += 1
                self._hidden = False
            elif paragraph.runs:
                self._start_in_run(name, attributes)
            else:
                self._property(paragraph, name, attributes.get("val", ""))

    def _start_in_table(self, name: str, value: str) -> None:
        table = self._tables[-1] if self._tables else Table()
        if name == "gridCol":
            table.columns += not table.rows
            return
        table.begin(name, value)
        if name == "tc" and table.in_cells:
            self._cells.append(Lines(flat=True))

    def _start_in_run(self, name: str, attributes: Mapping[str, str]) -> None:
        words = self._paragraphs[-1].words
        if name in {"vanish", "webHidden"}:
            self._hidden = attributes.get("val", "") not in _OFF
        elif self._hidden:
            return
        elif name in {"tab", "ptab"}:
            words.append(" ")
        elif name in {"br", "cr"}:
            words.append("\n")
        elif name == "noBreakHyphen":
            words.append("-")
        elif name in {"footnoteReference", "endnoteReference"}:
            self._cite(name.removesuffix("Reference") + attributes.get("id", ""), words)

    def _cite(self, key: str, words: list[str]) -> None:
        """Marks a note where it is referred to; its own words are due once."""
        if note := self._notes.get(key):
            if key not in self._cited:
                self._cited[key] = len(self._cited) + 1
                self._due.append(f"[^{self._cited[key]}]: {note}")
            words.append(f"[^{self._cited[key]}]")

    def _property(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name == "pStyle":
            paragraph.style = value
        elif name == "outlineLvl":
            paragraph.level = outline_level(value)
        elif name == "numId":
            paragraph.numbers = value
        elif name == "ilvl":
            paragraph.depth = list_depth(value)

    def end(self, name: str) -> None:
        if name == "p" and self._paragraphs:
            self._write_paragraph(self._paragraphs.pop())
        elif name == "r" and self._paragraphs:
            self._paragraphs[-1].runs -= 1
        elif name == "t":
            self._in_text = False
        elif name == "tc" and self._tables and self._tables[-1].in_cells and self._cells:
            self._tables[-1].end_cell(self._cells.pop().text)
        elif name == "tbl":
            self._write_table(self._tables.pop())

    def text(self, words: str) -> None:
        if self._in_text and self._paragraphs and not self._hidden:
            self._paragraphs[-1].words.append(words.replace("\n", " "))  # a line end is an element

    def _write_paragraph(self, paragraph: _Paragraph) -> None:
        style = self._styles.of(paragraph.style)
        level = style.level if paragraph.level is None else paragraph.level
        numbers = style.numbers if paragraph.numbers is None else paragraph.numbers
        depth = paragraph.depth if paragraph.depth is not None else style.depth or 0
        label = self._numbering.label(numbers, depth) if numbers else ""
        words = "".join(paragraph.words)
        lines = self._cells[-1] if self._cells else self.lines
        if words.strip():
            breaks = 1 if label == "-" else 2
            if label == "-" and not level:
                lines.end_line(1)
                lines.open_marked("  " * depth + "- ")
                label = ""
            lines.write_paragraph(words, level or 0, breaks=breaks, label=label)
        if not self._cells:
            self._write_notes()

    def _write_table(self, table: Table) -> None:
        lines = self._cells[-1] if self._cells else self.lines
        lines.write_rows(table_lines(table.rows))
        if not self._cells:
            self._write_notes()

    def _write_notes(self) -> None:
        for note in self._due:
            self.lines.write_paragraph(note)
        self._due.clear()

    def write_running(self, running: Mapping[str, str]) -> None:
        """What stands on every page, once, at the end."""
        for words, kind in running.items():
            self.lines.write_paragraph(f"Page {kind}: {words}")
