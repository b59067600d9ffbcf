"""What a line of a printed table is by itself: row, header with years, label, prose. Neighbours are for `rows`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

SENTENCE = 12
"""Words from which on a line without figures is prose."""
LONGEST = 500
"""Characters; a longer line is prose unless bars or tabs divide it."""
CELL = 24
"""Characters of the cells between wide gaps, on average; where they are longer, the gaps are chance."""

Kind = Literal["row", "weak", "header", "label", "prose", "rule", "blank"]
"""`weak`: ends in one figure, as rows do and sentences may. `label`: no figures, no sentence. `rule`: signs only."""

_MARK = "\x01"
"""Stands for a year or period."""
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_RANGE = r"(?<![\d.,$€£])1\d{3}\s?[/–-]\s?\d{2,4}(?![\d.,]*\d)"
_YEAR = r"(?<![\d.,$€£])\(?(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?[AEP]?\)?(?![\d.,]*\d)"
_PERIOD = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}}\b|,|(?=\s|$))|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}}\b)?"
    rf"|\b{_MONTH}\s+\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
    rf"|\b(?:Q[1-4]|[1-4]Q|H[12]|FY)\s?'?\d{{2,4}}\b|\b(?:Q[1-4]|H[12])\b|{_RANGE}|{_YEAR}",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\bin|[$€£¥(]|\bamounts?|\bdollars?|\beuros?|\busd|\beur)\W{0,4}(?:in\s+)?(?:\w+\s+){0,3}"
    r"(?:thousands|millions|billions|percent|%)|^\(?(?:thousands|millions|billions)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[($€£¥+~<>≈–—-]*(?:\d(?:[\d.,]*\d)?|\.\d+)(?:[)%*]|x|bn|m|k|bps|pp|pts)*$|[–—-]{1,2}$|\(?[Nn]/?[AaMm]\)?$"
)
_SIGN = re.compile(r"[$€£¥%()*†‡#]+$|\([a-z0-9]{1,2}\)(?:\([a-z0-9]{1,2}\))*$")
_NOTES = re.compile(r"(?:\([a-z0-9]{1,2}\)[\s,]*)+$")
_GAP = re.compile(r" {3,}")
_NOTE = re.compile(r"\([^()]*\)")
_PART = re.compile(
    r"(?:note|item|part|exhibit|article|section|chapter|book|volume|schedule|annex|table)\s", re.IGNORECASE
)
_AROUND = frozenset(
    """
    a after and as at before by change compared each during end ended ending fiscal for from in months of on quarter
    quarters since the three six nine to twelve unaudited versus vs week weeks with year years
    """.split()
)


@dataclass(frozen=True)
class Line:
    """A line of a text, without the white space at its ends."""

    start: int
    end: int
    words: str

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @cached_property
    def barred(self) -> bool:
        """Bars or tabs divide it into cells."""
        return " | " in self.words or "\t" in self.words or self.words.startswith("|")

    @cached_property
    def divided(self) -> bool:
        """Bars, tabs or several wide gaps divide it into cells."""
        if self.barred or "   " not in self.words or len(self.words) > LONGEST:
            return self.barred
        cells = _GAP.split(self.words)
        return len(cells) > 2 and sum(map(len, cells)) <= CELL * len(cells)

    @cached_property
    def unit(self) -> bool:
        """It says what figures are counted in: `(in millions)`."""
        return len(self.words) <= LONGEST and bool(_UNIT.search(self.words))

    @cached_property
    def periods(self) -> int:
        """How many years or periods it names."""
        return self._bare.count(_MARK)

    @cached_property
    def values(self) -> int:
        """Figures at its end, signs and notes between them left out; in a divided line all figures."""
        tokens = self._bare.replace("|", " ").split()
        if self.divided:
            return sum(bool(_VALUE.match(token)) for token in tokens)
        values = 0
        for token in reversed(tokens):
            if _VALUE.match(token):
                values += 1
            elif not (_SIGN.match(token) or token == _MARK):
                break
        return values if values > 1 or any(map(str.isdigit, self._bare)) else 0

    @cached_property
    def kind(self) -> Kind:
        words = self.words
        if not any(map(str.isalnum, words)):
            return "blank" if not words else "rule" if len(words) > 1 else "label"
        if _NOTES.match(words):
            return "rule"
        if len(words) > LONGEST and not self.barred:
            return "prose"
        if self.values > 1 or (self.values and (self.divided or self._is_mixed())):
            return "row"
        if not self.values and self._is_header():
            return "header"
        if not self.divided and self._is_prose():
            return "prose"
        return "weak" if self.values and not _PART.match(words) else "label"

    @cached_property
    def _bare(self) -> str:
        return _PERIOD.sub(f" {_MARK} ", self.words)

    def _is_mixed(self) -> bool:
        """Whether words and figures take turns, as in a row with words in some of its cells."""
        tokens = self._bare.split()
        values = [token for token in tokens if _VALUE.match(token)]
        amounts = any(sum(map(str.isdigit, value)) > 1 for value in values)
        return amounts and len(values) >= 3 and 4 * len(values) >= len(tokens) and not self.words[0].islower()

    def _is_header(self) -> bool:
        """Whether it has years or periods and hardly any other words, notes in brackets aside."""
        bare = _NOTE.sub(" ", self._bare)
        rest = [word for word in bare.split() if word != _MARK]
        if _MARK not in bare or self.words[-1] == "." or any(map(str.isdigit, "".join(rest))):
            return False
        lower = [word for word in rest if word[0].islower() and word.strip(".,:") not in _AROUND]
        return len(lower) <= 1 and len(rest) <= SENTENCE

    def _is_prose(self) -> bool:
        words = self.words.split()
        lower = sum(word[0].islower() for word in words)
        ended = self.words[-1] in ".;" and (len(words) > 1 or lower > 0)
        return ended or (len(words) >= SENTENCE and 2 * lower >= len(words))


def line_at(text: str, offset: int) -> Line:
    """The line that holds `offset`."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return _trimmed(text, start, len(text) if end < 0 else end)


def line_below(text: str, line: Line) -> Line | None:
    """The next line; None at the end of the text."""
    after = text.find("\n", line.end)
    return line_at(text, after + 1) if 0 <= after < len(text) - 1 else None


def lines_above(text: str, offset: int, reach: int) -> Iterator[Line]:
    """The lines above the one that holds `offset`, nearest first, as far as they lie within `reach` characters."""
    limit = max(0, offset - reach)
    stop = text.rfind("\n", limit, offset)
    while stop >= 0:
        before = text.rfind("\n", limit, stop)
        if before < 0 and limit:
            return  # the rest is part of a line
        yield _trimmed(text, before + 1, stop)
        stop = before


def _trimmed(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    words = raw.strip()
    start += len(raw) - len(raw.lstrip())
    return Line(start, start + len(words), words)
