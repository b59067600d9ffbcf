"""Running headers and footers: lines that come again at the same place on many sheets, and the page numbers in them.

They stay in the text, divided from it by a blank line, so that no sentence runs into them and none is a heading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EDGE = 3
"""Lines at either end of a sheet that are looked at."""
OFTEN = 3
"""Sheets."""
COUNTED = 5
"""Sheets that a number within a line of words must count: fewer may be `Exhibit 21`, `Exhibit 22`."""
NEAR = 3
"""Sheets from one occurrence to the next at most: left and right pages may differ, a picture may hide one."""
LONGEST = 120
"""Characters of a line."""

_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3}|c{1,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_LONE = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|p\.)\s*)?(?P<prefix>[A-Z]{1,2}[-–. ]?(?=\d))?(?P<number>\d{1,5}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|von|de)\s*\d{1,5})?[-–—|\s]*",
    re.IGNORECASE,
)
_AT_END = re.compile(r"(?:^|[\s|–—-])(?P<prefix>[A-Z]{1,2}-)?(?P<number>\d{1,5})\s*$")
_AT_START = re.compile(r"^(?P<prefix>[A-Z]{1,2}-)?(?P<number>\d{1,5})(?=[\s|–—-])")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Edges:
    """How many of a sheet's first and last lines are running ones."""

    head: int = 0
    foot: int = 0
    label: str | None = None
    """The page number printed there."""


@dataclass(frozen=True, slots=True)
class _Seen:
    sheet: int
    line: str


def find_edges(texts: Sequence[str]) -> list[Edges]:
    """The running lines of every sheet; `texts` have no blank lines. Linear in the number of sheets."""
    places: dict[tuple[int, str], list[_Seen]] = defaultdict(list)
    for sheet, text in enumerate(texts):
        for place, line in _edge_lines(text):
            places[place, _kind(line)].append(_Seen(sheet, line))
    running: dict[int, set[int]] = defaultdict(set)
    labels: dict[int, str] = {}
    for (place, kind), seen in places.items():
        for run in _runs(seen):
            printed = _counting(run) if "#" in kind else {}
            labels |= printed
            again = Counter(item.line for item in run)
            wordy = sum(map(str.isalpha, kind)) >= 3
            for item in run:
                # A number that does not count the sheets is no page number: `Exhibit 21`, the last row of a table.
                if item.sheet in printed or (wordy and again[item.line] >= OFTEN):
                    running[item.sheet].add(place)
    return [_edges(running[sheet], labels.get(sheet)) for sheet in range(len(texts))]


def set_apart(text: str, edges: Edges) -> tuple[str, list[tuple[int, int]]]:
    """`text` with a blank line between running lines and the others, and the spans of the running lines."""
    lines = text.removesuffix("\n").split("\n")
    foot = len(lines) - edges.foot
    head, body, tail = ("\n".join(part) for part in (lines[: edges.head], lines[edges.head : foot], lines[foot:]))
    whole = "\n\n".join(part for part in (head, body, tail) if part)
    spans = [(start, stop) for start, stop in ((0, len(head)), (len(whole) - len(tail), len(whole))) if start < stop]
    return (whole + "\n" if whole else ""), spans


def _edge_lines(text: str) -> Iterable[tuple[int, str]]:
    """The first lines as places 0, 1, … and the last ones as -1, -2, …; none is both."""
    lines = text.rstrip("\n").split("\n") if text else []
    reach = min(EDGE, len(lines) // 2)
    yield from ((at, line) for at, line in enumerate(lines[:reach]) if len(line) <= LONGEST)
    yield from ((at - reach, line) for at, line in enumerate(lines[len(lines) - reach :]) if len(line) <= LONGEST)


def _kind(line: str) -> str:
    """What running lines have in common: all but the page number, which is `#`."""
    if _lone(line):
        return "#"
    words = " ".join(line.split()).casefold()
    return _AT_START.sub("#", _AT_END.sub(" #", words))


def _lone(line: str) -> re.Match[str] | None:
    """A page number that stands alone."""
    found = _LONE.fullmatch(line)
    return found if found and (found["number"].isdigit() or _ROMAN.fullmatch(found["number"])) else None


def _runs(seen: Sequence[_Seen]) -> Iterable[list[_Seen]]:
    """Occurrences close to each other, where there are enough of them."""
    run: list[_Seen] = []
    for item in seen:
        if run and item.sheet - run[-1].sheet > NEAR:
            if len(run) >= OFTEN:
                yield run
            run = []
        run.append(item)
    if len(run) >= OFTEN:
        yield run


def _counting(run: Sequence[_Seen]) -> dict[int, str]:
    """Printed number by sheet, where the numbers of the lines count the sheets."""
    for pattern, enough in ((_lone, OFTEN), (_AT_END.search, COUNTED), (_AT_START.search, COUNTED)):
        numbers = [(item.sheet, match) for item in run if (match := pattern(item.line))]
        by_offset: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        for sheet, match in numbers:
            label = (match["prefix"] or "") + match["number"]
            by_offset[match["prefix"] or "", _value(match["number"]) - sheet][sheet] = label
        counted = {
            sheet: label for group in by_offset.values() if len(group) >= enough for sheet, label in group.items()
        }
        if counted:
            return counted
    return {}


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_VALUES[letter] for letter in number.lower()]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def _edges(places: set[int], label: str | None) -> Edges:
    """The running lines that stand together at either end; never all lines of a sheet."""
    head = next(at for at in range(EDGE + 1) if at not in places)
    foot = next(at for at in range(EDGE + 1) if -at - 1 not in places)
    return Edges(head, foot, label)
