"""Footnotes, endnotes and page headers of a Word document: short texts that stand in parts of their own."""

from __future__ import annotations

from collections.abc import Mapping

from .lines import Lines
from .xmlparse import Target, parse_xml

SKIPPED = frozenset(
    # `Fallback` repeats what stands in another form before it; `...Change` holds properties as they were.
    ("Fallback", "del", "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange")
    + ("tabs", "instrText", "sectPr", "rt", "numberingChange")
)
"""Elements whose content is no text of the document, in all its parts."""


def read_notes(data: bytes) -> dict[str, str]:
    """The words of each note, on one line, by its id; of a page header all under an empty id. Raises DocumentError."""
    target = _Notes()
    if data:
        parse_xml(data, target, "the notes", SKIPPED)
    return {key: words for key, lines in target.found.items() if (words := lines.text.strip())}


class _Notes(Target):
    """Collects them."""

    def __init__(self) -> None:
        self.found: dict[str, Lines] = {}
        self._key = ""
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"footnote", "endnote"}:
            self._key = attributes.get("id", "")
        self._in_text = name == "t"
        if name in {"p", "tab", "br"}:
            self._words().write(" ")

    def end(self, name: str) -> None:
        self._in_text = False

    def text(self, words: str) -> None:
        if self._in_text:
            self._words().write(words)

    def _words(self) -> Lines:
        return self.found.setdefault(self._key, Lines(flat=True))
