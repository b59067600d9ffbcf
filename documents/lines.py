"""Writes text line by line as a page would show it: white space collapsed, blank lines between paragraphs, list marks.

Knows nothing of where the words come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core.types import Document, Heading
from .numerals import written

_SPACE = re.compile(r"[ \t\n\r\f\xa0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(r"[\xad\u200b-\u200d\u2060\ufeff]")


class Lines:
    """Collects words; `flat` keeps everything on one line."""

    def __init__(self, *, flat: bool = False) -> None:
        self.flat = flat
        self._parts: list[str] = []
        self._length = 0
        self._breaks = 0
        """Line ends due before the next word."""
        self._space = False
        """A space is due before the next word."""
        self._lists: list[tuple[int | None, str]] = []
        """The open lists: the next number, None for bullets, and how it is written."""
        self._mark = ""
        """A list mark due before the next word."""
        self._headings: list[Heading] = []
        self._level: int | None = None
        self._heading_start: int | None = None

    @property
    def in_list(self) -> bool:
        return bool(self._lists)

    def write(self, words: str, *, verbatim: bool = False) -> None:
        """Adds words to the current line; `verbatim` keeps their white space."""
        words = _INVISIBLE.sub("", words)
        if verbatim and not self.flat:
            if words:
                self._begin()
                self._add(words.replace("\xa0", " "))
            return
        words = _SPACE.sub(" ", words)
        body = words.strip(" ")
        self._space = self._space or words.startswith(" ")
        if body:
            self._begin()
            self._add(body)
            self._space = words.endswith(" ")

    def end_line(self, breaks: int) -> None:
        """Ends the line: 2 leaves a blank line, 1 does not. Nothing is added where nothing stands."""
        if self.flat:
            self._space = True
        elif self._length and not self._mark:
            self._breaks = max(self._breaks, breaks)

    def open_heading(self, level: int) -> None:
        if not self.flat:
            self._level, self._heading_start = level, None

    def close_heading(self) -> None:
        if self._level is not None and self._heading_start is not None:
            self._headings.append(Heading(self._level, self._heading_start, self._length))
        self._level = self._heading_start = None

    def open_list(self, first: int | None, style: str = "decimal") -> None:
        """`first` is the number of the first item, None for bullets; `style` as in `numerals`."""
        self._lists.append((first, style))

    def close_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def open_item(self, stated: int | None = None) -> None:
        """`stated` is the number that the item itself has."""
        if self.flat:
            return
        depth = min(8, max(0, len(self._lists) - 1))
        number, style = self._lists[-1] if self._lists else (None, "")
        if number is not None:
            number = number if stated is None else stated
            self._lists[-1] = (number + 1, style)
        self._mark = "  " * depth + ("- " if number is None else f"{written(number, style)}. ")

    def open_marked(self, mark: str) -> None:
        """The same for an item whose mark is known, with the space behind it."""
        self._mark = "" if self.flat else mark

    def close_item(self) -> None:
        """An item without words leaves no mark."""
        self._mark = ""

    def write_paragraph(self, words: str, level: int = 0, *, breaks: int = 2, label: str = "") -> None:
        """A paragraph, whose line ends are kept; or a heading of rank `level`, on one line. `label` is its number."""
        self.end_line(breaks)
        if level:
            self.open_heading(level)
        if label:
            self.write(f"{label} ")
        for at, line in enumerate(words.split("\n")):
            if at and not level:
                self.end_line(1)
            self.write(line + " " * bool(level))
        self.close_heading()
        self.end_line(breaks)

    def write_rows(self, rows: Iterable[str], *, verbatim: bool = False) -> None:
        """The rows of a table, each on a line."""
        self.end_line(2)
        for row in rows:
            self.write(row, verbatim=verbatim)
            self.end_line(1)
        self.end_line(2)

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._parts)

    def document(self, loader: str) -> Document:
        """The text, ending with a line end where there is any, with its headings."""
        text = self.text
        return Document(text + "\n" * (text[-1:] not in ("", "\n")), (), tuple(self._headings), loader)

    def _begin(self) -> None:
        """Writes what is due before a word."""
        if self._breaks and self._length:
            self._add("\n" * self._breaks)
        elif self._space and self._length and not self._mark:
            self._add(" ")
        if self._mark:
            self._add(self._mark)
        self._breaks, self._space, self._mark = 0, False, ""
        if self._level is not None and self._heading_start is None:
            self._heading_start = self._length

    def _add(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)
