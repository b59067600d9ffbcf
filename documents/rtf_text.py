"""Paragraphs, cells and notes of an RTF file, put together from words as they come."""

from __future__ import annotations

from ..core.types import Document
from .lines import Lines
from .rows import table_lines


class RtfText:
    """Collects words until a paragraph, a cell or a row ends."""

    def __init__(self) -> None:
        self.level = 0
        """Rank of the present paragraph as a heading, 0 for none."""
        self.in_table = False
        self._lines = Lines()
        self._words: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._outer: list[list[str]] = []
        """Words around the notes that are open."""
        self._due: list[str] = []
        """Notes to be written behind the present paragraph."""
        self._below: list[str] = []
        """Notes to be written behind the present table."""
        self._cited = 0

    def add(self, words: str) -> None:
        """Words, or a line end within the paragraph."""
        self._words.append(words)

    def open_note(self) -> None:
        self._outer.append(self._words)
        self._words = []

    def close_note(self) -> None:
        note = " ".join(self._taken().split())
        self._words = self._outer.pop()
        if note:
            self._cited += 1
            self._words.append(f"[^{self._cited}]")
            self._due.append(f"[^{self._cited}]: {note}")

    def end_paragraph(self) -> None:
        if self._outer or self.in_table:
            self._words.append(" ")
            return
        words = self._taken()
        if words.strip():
            self._end_table()
            self._lines.write_paragraph(words, self.level)
            self._write_notes(self._due)

    def end_cell(self) -> None:
        self._cells.append(self._taken())

    def end_row(self) -> None:
        self._rows.append(self._cells)
        self._cells = []
        self.in_table = False
        self._below += self._due
        self._due = []

    def document(self) -> Document:
        """The text with its headings."""
        while self._outer:
            self.close_note()
        self.in_table = False
        if self._cells:
            self.end_row()
        self.end_paragraph()
        self._end_table()
        return self._lines.document("rtf")

    def _taken(self) -> str:
        words = "".join(self._words)
        self._words = []
        # Characters beyond 65,535 come as two halves.
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _end_table(self) -> None:
        self._lines.write_rows(table_lines(self._rows))
        self._rows = []
        self._write_notes(self._below)

    def _write_notes(self, notes: list[str]) -> None:
        for note in notes:
            self._lines.write_paragraph(note)
        notes.clear()
