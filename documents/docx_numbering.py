"""Numbers that Word gives to paragraphs: they are not in the text, and clauses are cited by them (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.errors import DocumentError
from .loaded import SAVE_AGAIN
from .numerals import written
from .xmlparse import Target, parse_xml

LEVELS = 9
LONGEST = 40
"""Characters of a label; longer ones are mistakes."""

_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    first: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    """All numbers in the label are decimal."""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    """Present number of each level, None where it has not begun; shared by all instances of the list."""


@dataclass(slots=True)
class _Instance:
    shared: str
    """Id of its list."""
    restarts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew with the first paragraph of this instance."""


class Numbering(Target):
    """The numbers of a document's paragraphs, asked for in the order of the text.

    Args:
        data: `numbering.xml`; empty where there is none.
    """

    def __init__(self, data: bytes) -> None:
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, _Instance] = {}
        self._open: _List | None = None
        self._instance: _Instance | None = None
        self._level = _Level()
        self._override = 0
        if data:
            parse_xml(data, self, "numbering.xml")

    def label(self, instance: str, depth: int) -> str:
        """The next label of that list at `depth` (0 the outermost), such as `(a)` or `1.2`; `-` for a bullet.

        Empty where the paragraph has none.
        """
        known = self._instances.get(instance)
        shared = self._lists.get(known.shared) if known else None
        if known is None or shared is None or not 0 <= depth < LEVELS:
            return ""
        level = shared.levels.get(depth, _Level())
        before = shared.counts[depth]
        if depth in known.restarts:
            before = known.restarts.pop(depth) - 1
        shared.counts[depth] = level.first if before is None else before + 1
        shared.counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.style == "bullet":
            return "-"
        label = _PLACE.sub(lambda match: self._number(shared, int(match[1]) - 1, level), level.text[:LONGEST])
        return label if level.style != "none" or any(map(str.isalnum, label)) else ""

    def _number(self, shared: _List, depth: int, asking: _Level) -> str:
        level = shared.levels.get(depth, _Level())
        count = shared.counts[depth]
        return written(level.first if count is None else count, "decimal" if asking.legal else level.style)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._open = self._lists.setdefault(attributes.get("abstractNumId", ""), _List())
        elif name == "num":
            self._instance = _Instance("")
            self._instances[attributes.get("numId", "")] = self._instance
        elif name == "abstractNumId" and self._instance:
            self._instance.shared = value
        elif name == "lvlOverride":
            self._override = _whole(attributes.get("ilvl", ""))
        elif name == "startOverride" and self._instance:
            self._instance.restarts[self._override] = _whole(value)
        elif name == "lvl":
            self._level = _Level()
            if self._open:
                self._open.levels[_whole(attributes.get("ilvl", ""))] = self._level
        elif name == "start":
            self._level.first = _whole(value)
        elif name == "numFmt":
            self._level.style = value
        elif name == "lvlText":
            self._level.text = value
        elif name == "isLgl":
            self._level.legal = value not in {"0", "false"}

    def end(self, name: str) -> None:
        if name == "abstractNum":
            self._open = None
        elif name == "num":
            self._instance = None


def _whole(value: str) -> int:
    """A number from 0 to 32,767, which are Word's own bounds."""
    if not value:
        return 0
    if not re.fullmatch(r"-?[0-9]{1,9}", value):
        raise DocumentError("is damaged: numbering.xml counts with no numbers", SAVE_AGAIN)
    return min(32_767, max(0, int(value)))
