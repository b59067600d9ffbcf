"""Which styles of a Word document are headings or numbered: by their built-in names, which no translation changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .xmlparse import Target, parse_xml

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """What of a style matters for the text; None where it says nothing."""

    level: int | None = None
    """Rank as a heading, from 1; 0 for a style that is none."""
    numbers: str | None = None
    """Id of the list that numbers it."""
    depth: int | None = None
    """Level of that list, from 0."""

    def over(self, base: Style) -> Style:
        """What it says, and where it says nothing what `base` does."""
        return Style(
            base.level if self.level is None else self.level,
            base.numbers if self.numbers is None else self.numbers,
            base.depth if self.depth is None else self.depth,
        )


class Styles(Target):
    """The paragraph styles in `data`, which is `styles.xml`, or empty."""

    def __init__(self, data: bytes) -> None:
        self._own: dict[str, Style] = {}
        self._parents: dict[str, str] = {}
        self._whole: dict[str, Style] = {}
        self._id = ""
        if data:
            parse_xml(data, self, "styles.xml", skip=frozenset(("docDefaults", "rPr", "tblStylePr", "pPrChange")))

    def of(self, style: str) -> Style:
        """The style called `style` with what it has from those it is based on. Each is put together once."""
        chain: dict[str, None] = {}
        while style in self._own and style not in chain and style not in self._whole:
            chain[style] = None
            style = self._parents.get(style, "")
        found = self._whole.get(style, Style())
        for key in reversed(chain):
            found = self._whole[key] = self._own[key].over(found)
        return found

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._id = attributes.get("styleId", "")
            self._own[self._id] = Style()
            return
        own = self._own.get(self._id)
        if own is None:
            return
        if name == "name":
            heading = _HEADING.fullmatch(value)
            own.level = int(heading[1]) if heading else 1 if value.lower() == "title" else None
        elif name == "basedOn":
            self._parents[self._id] = value
        elif name == "outlineLvl" and own.level is None:
            own.level = outline_level(value)
        elif name == "numId":
            own.numbers = value
        elif name == "ilvl":
            own.depth = list_depth(value)

    def end(self, name: str) -> None:
        if name == "style":
            self._id = ""


def outline_level(value: str) -> int:
    """Rank of a heading from Word's outline level, which counts from 0; 9 is body text, and gives 0."""
    return int(value) + 1 if re.fullmatch(r"[0-8]", value) else 0


def list_depth(value: str) -> int:
    """A level of a list, from 0."""
    return int(value) if re.fullmatch(r"[0-8]", value) else 0
