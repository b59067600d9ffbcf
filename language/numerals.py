"""Numbers in running text, in digits or English words, with the value and the unit of scale that stands behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .words import plain_digits

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ODD_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
_SHORT_SCALES = {"k": "thousand", "mn": "million", "bn": "billion"}
_PERCENT = r"%|％|per\s?cent\b|percent(?:age\s+points?)?\b"

_CARDINALS = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: value + 10 for value, word in enumerate(_TEENS)},
    **{word: 10 * value + 20 for value, word in enumerate(_TENS)},
    **SCALES,
}
_ORDINALS = {
    **{(w[:-1] + "ieth" if w.endswith("y") else w + "th"): v for w, v in _CARDINALS.items() if v},
    **_ODD_ORDINALS,
}
_POINT = r"\d{1,3}(?:[,\u202f\u00a0'’]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A point and then a comma is told without knowing the language; one of them alone is not.
_BOTH = r"\d{1,3}(?:\.\d{3})+,\d+"
_COMMA = r"\d{1,3}(?:[. \u202f\u00a0'’]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_form = (
    r"(?<![A-Za-z0-9_])(?<!\d[.,:/])(?P<number>{})"
    r"(?P<ordinal>st|nd|rd|th)?"
    rf"(?:(?P<short>k|mn|bn)(?![A-Za-z])|\s?(?P<percent>{_PERCENT})|[\s-]?(?P<scale>thousand|million|billion|trillion)\b)?"
    r"(?![A-Za-z0-9_]|[.:/]\d|,\d{{3}}(?!\d))"
)
_with_point = re.compile(_form.format(f"(?P<both>{_BOTH})|{_POINT}"), re.IGNORECASE)
_with_comma = re.compile(_form.format(f"(?P<both>{_COMMA})"), re.IGNORECASE)
_WORD = "|".join(sorted({*_CARDINALS, *_ORDINALS}, key=len, reverse=True))
_word_run = re.compile(
    rf"(?<![A-Za-z])(?:an?\s+(?=hundred|thousand|million|billion))?"
    rf"(?:{_WORD})(?:(?:\s+and\s+|\s*-\s*|\s+)(?:{_WORD}))*(?![A-Za-z])(?:\s(?P<percent>{_PERCENT}))?",
    re.IGNORECASE,
)
_word = re.compile(r"[A-Za-z]+")
_SWAPPED = str.maketrans(".,", ",.")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text."""

    start: int
    end: int
    value: Decimal
    """As printed, before its scale: 1.5 for `1.5 million`; a number all in words is its full value."""
    unit: str
    """`%`, a word of scale such as `million`, or empty."""
    places: int
    """Digits shown after the decimal point."""
    in_words: bool = False
    ordinal: bool = False

    @property
    def magnitude(self) -> Decimal:
        """The value with its scale; percentages as printed."""
        return self.value * SCALES.get(self.unit, 1)


def numerals(text: str, comma: bool = False) -> list[Numeral]:
    """The numbers of `text` in order of place, those in digits and those in words.

    `comma`: whether a comma stands before decimals, as in most of Europe, and points and spaces divide thousands.
    """
    text = plain_digits(text)
    found = [_from_digits(match) for match in (_with_comma if comma else _with_point).finditer(text)]
    taken = {place for numeral in found for place in range(numeral.start, numeral.end)}
    for match in _word_run.finditer(text):
        found.extend(n for n in _from_words(match) if n.start not in taken)
    return sorted(found, key=lambda n: n.start)


def _from_digits(match: re.Match[str]) -> Numeral:
    printed = match["number"].translate(_SWAPPED) if match["both"] else match["number"]
    printed = re.sub(r"[^\d.]", "", printed)
    scale = (match["scale"] or _SHORT_SCALES.get((match["short"] or "").lower(), "")).lower()
    unit = "%" if match["percent"] else scale
    places = len(printed.partition(".")[2])
    return Numeral(match.start(), match.end(), Decimal(printed), unit, places, ordinal=bool(match["ordinal"]))


def _from_words(match: re.Match[str]) -> list[Numeral]:
    """The numbers of a run of number words: one, unless the words cannot be read as one (`twenty thirty`)."""
    found: list[Numeral] = []
    reading = _Reading()
    start = end = match.start()
    last = match.end() if match["percent"] is None else match.start("percent")
    for word in _word.finditer(match.string, match.start(), last):
        token = word[0].lower()
        if token in {"and", "a", "an"}:
            continue
        value = _CARDINALS.get(token, _ORDINALS.get(token, 0))
        if not reading.takes(value):
            found.append(Numeral(start, end, Decimal(reading.value), "", 0, True, reading.ordinal))
            reading, start = _Reading(), word.start()
            reading.takes(value)
        reading.ordinal = token not in _CARDINALS
        end = word.end()
    if match["percent"]:
        end = match.end()
    found.append(Numeral(start, end, Decimal(reading.value), "%" if match["percent"] else "", 0, True, reading.ordinal))
    return found


class _Reading:
    """A number being read from words, most significant first."""

    def __init__(self) -> None:
        self._done = 0
        self._group = 0
        self._begun = self.ordinal = False

    @property
    def value(self) -> int:
        return self._done + self._group

    def takes(self, value: int) -> bool:
        """Adds the next word's value; False where it cannot follow what was read."""
        if self.ordinal or (self._begun and value == 0):
            return False
        if value >= 1000:
            if self._begun and (self._group == 0 or 0 < self._done < value):
                return False
            self._done += (self._group or 1) * value
            self._group = 0
        elif value == 100:
            if self._group >= 100 or (self._begun and self._group == 0):
                return False
            self._group = (self._group or 1) * 100
        else:
            rest = self._group % 100
            if self._begun and rest and not (rest >= 20 and rest % 10 == 0 and 0 < value < 10):
                return False
            self._group += value
        self._begun = True
        return True
