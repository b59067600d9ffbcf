"""Reading order of a sheet set in two columns whose file holds the words row by row, across both columns.

Geometry only: words with their boxes in, lines of words out. Most files hold a column after the other, and nothing is
changed there; nor where the sheet may be a table, since torn rows cost more than columns read across.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

GUTTER = 8
"""Points; narrower gaps are spaces between words."""
FEWEST = 8
"""Lines of a column."""
MIDDLE = (0.35, 0.65)
"""Where the gutter may stand, as shares of the text's width."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space, and where they stand in points; `bottom` is the same for all words of a line."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class _Line:
    words: list[Word]
    """From left to right."""

    @property
    def bottom(self) -> float:
        return self.words[0].bottom

    @property
    def width(self) -> float:
        return self.words[-1].right - self.words[0].left

    @property
    def begins(self) -> bool:
        """Whether a sentence or cell may begin here: the line does not go on in lower case."""
        return not self.words[0].text[0].islower()


def in_columns(words: Sequence[Word]) -> list[list[Word]] | None:
    """Lines in reading order; None where the order of `words` stands: one column, a table, or columns in turn already.

    Linear in the number of words but for sorting. Full-width lines divide the sheet into bands; in each the left
    column comes first.
    """
    gutter = _gutter(words) if len(words) >= 8 * FEWEST else None
    if gutter is None:
        return None
    tolerance = 0.4 * median(word.top - word.bottom for word in words)
    sides = [_side(word, gutter) for word in words]
    if not _read_across(sides):
        return None
    whole = _lines([word for word, side in zip(words, sides, strict=True) if side == 0], tolerance)
    stray, (left, right) = _divided(words, sides, whole, tolerance)
    if not (_is_prose(left) and _is_prose(right)) or _is_table(left, right, tolerance):
        return None
    if len(whole) > 0.5 * (len(left) + len(right)):
        return None
    return _in_bands(_lines(stray, tolerance), left, right)


def _gutter(words: Sequence[Word]) -> tuple[float, float] | None:
    """The strip in the middle of the sheet that the fewest words cross, where those are few."""
    first = min(word.left for word in words)
    width = int(max(word.right for word in words) - first) + 1
    if not 10 * GUTTER < width < 20_000:
        return None
    steps = [0] * (width + 2)
    for word in words:
        steps[max(0, int(word.left - first))] += 1
        steps[min(width, int(word.right - first)) + 1] -= 1
    covered, over = [], 0
    for step in steps:
        over += step
        covered.append(over)
    low, high = (int(share * width) for share in MIDDLE)
    crossed = {x: max(covered[x : x + GUTTER + 1]) for x in range(low, high - GUTTER + 1)}
    least = min(crossed.values())
    if least > 0.2 * median(covered):
        return None
    begin = min(crossed, key=lambda x: crossed[x])
    end = next(x for x in range(begin, width + 2) if x == width + 1 or covered[x] > least) - 1
    return first + begin, first + end


def _side(word: Word, gutter: tuple[float, float]) -> int:
    """-1 left of the gutter, 1 right of it, 0 across."""
    if word.right <= gutter[0] + 2:
        return -1
    return 1 if word.left >= gutter[1] - 2 else 0


def _read_across(sides: Sequence[int]) -> bool:
    """Whether the file's order changes sides all the time."""
    kept = [side for side in sides if side]
    changes = sum(first != second for first, second in pairwise(kept))
    return changes >= FEWEST and changes * 25 >= len(kept)


def _lines(words: Sequence[Word], tolerance: float) -> list[_Line]:
    """Words by baseline, from the top of the sheet down."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.bottom):
        if found and found[-1][0].bottom - word.bottom <= tolerance:
            found[-1].append(word)
        else:
            found.append([word])
    return [_Line(sorted(line, key=lambda word: word.left)) for line in found]


def _divided(
    words: Sequence[Word], sides: Sequence[int], whole: Sequence[_Line], tolerance: float
) -> tuple[list[Word], tuple[list[_Line], list[_Line]]]:
    """The words of full-width lines, and the lines of either column."""
    across = sorted(line.bottom for line in whole)
    stray: list[Word] = []
    columns: tuple[list[Word], list[Word]] = ([], [])
    for word, side in zip(words, sides, strict=True):
        if side == 0 or _near(word.bottom, across, tolerance):
            stray.append(word)
        else:
            columns[side > 0].append(word)
    return stray, (_lines(columns[0], tolerance), _lines(columns[1], tolerance))


def _near(value: float, places: Sequence[float], tolerance: float) -> bool:
    at = bisect_left(places, value - tolerance)
    return at < len(places) and places[at] <= value + tolerance


def _is_prose(column: Sequence[_Line]) -> bool:
    """Full lines of words that run on from line to line."""
    if len(column) < FEWEST:
        return False
    words = [word.text for line in column for word in line.words]
    width = max(line.words[-1].right for line in column) - min(line.words[0].left for line in column)
    full = median(line.width for line in column) >= 0.6 * width
    figures = sum(any(map(str.isdigit, word)) for word in words)
    goes_on = sum(not line.begins for line in column)
    return full and len(words) >= 4 * len(column) and 5 * figures <= len(words) and 3 * goes_on >= len(column)


def _is_table(left: Sequence[_Line], right: Sequence[_Line], tolerance: float) -> bool:
    """Whether what begins on the left mostly begins in the same row on the right: cells side by side."""
    ours, theirs = ([line.bottom for line in column if line.begins] for column in (left, right))
    fewer, more = sorted((ours, theirs), key=len)
    places = sorted(more)
    shared = sum(_near(bottom, places, tolerance) for bottom in fewer)
    return shared >= 3 and shared >= 0.6 * len(fewer)


def _in_bands(whole: Sequence[_Line], left: Sequence[_Line], right: Sequence[_Line]) -> list[list[Word]]:
    """Between two full-width lines the left column, then the right."""
    found: list[list[Word]] = []
    above = float("inf")
    for line in [*whole, None]:
        below = line.bottom if line else float("-inf")
        for column in (left, right):
            found += [item.words for item in column if above > item.bottom > below]
        if line:
            found.append(line.words)
        above = below
    return found
