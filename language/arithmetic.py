"""Equations that a text shows, such as `1,577 / 32,765 = 4.8%`: read by a small parser and worked out exactly.

Nothing is evaluated but + - * / (also x, ×, ·, ÷, –, −) and parentheses over numbers that are printed there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .numerals import SCALES, Numeral, numerals

_MAX_PARTS = 200
_MAX_DEPTH = 20
_operator = re.compile(r"[-+*/×·÷–−()=≈]|(?<=[\s\d%)])[xX](?=[\s\d$€£(])")
_SAME = {"×": "*", "·": "*", "x": "*", "X": "*", "÷": "/", "–": "-", "−": "-", "≈": "="}
# Between a number and the next sign there may stand a currency sign, or a unit of one or two words.
_filling = re.compile(r"\s*[$€£¥]?\s*|\s+[a-z]+(?:\s+[a-z]+)?\s*|\s*(?:USD|EUR|GBP)\s*")


@dataclass(frozen=True, slots=True)
class Equation:
    """One `left = result`."""

    operands: tuple[tuple[Numeral, bool], ...]
    """The numbers of the left side, and whether each is a factor or divisor."""
    result: Numeral
    holds: bool
    """The left side gives the result, rounded to the digits shown."""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    sign: str
    """The operator, or empty for a number."""
    number: Numeral | None


def equations(text: str) -> list[Equation]:
    """The equations of `text` in order. `a = b = c` is two of them. What cannot be read as one is left out."""
    parts = _parts(text)
    found = []
    for at, part in enumerate(parts):
        if part.sign != "=":
            continue
        right = _result(text, parts, at)
        if right is None:
            continue
        left = _left(text, parts, at)
        if left is not None:
            value, operands = left
            percents = any(number.unit == "%" for number, _ in operands)
            found.append(Equation(tuple(operands), right[0], _equal(value, right[0], right[1], percents)))
    return found


def _parts(text: str) -> list[_Part]:
    known = [_Part(n.start, n.end, "", n) for n in numerals(text) if not n.in_words and not n.ordinal]
    taken = {place for part in known for place in range(part.start, part.end)}
    for match in _operator.finditer(text):
        if match.start() not in taken:
            known.append(_Part(match.start(), match.end(), _SAME.get(match[0], match[0]), None))
    return sorted(known, key=lambda p: p.start)


def _joined(text: str, left: _Part, right: _Part) -> bool:
    return _filling.fullmatch(text, left.end, right.start) is not None


def _result(text: str, parts: list[_Part], equals: int) -> tuple[Numeral, bool] | None:
    """The number behind the sign at `equals`, and whether a minus stands before it."""
    at, end = equals + 1, len(parts)
    negative = at < end and parts[at].sign == "-" and _joined(text, parts[equals], parts[at])
    at += negative
    if at >= end or not _joined(text, parts[at - 1], parts[at]):
        return None
    number = parts[at].number
    goes_on = at + 1 < end and parts[at + 1].sign in ("+", "-", "*", "/") and _joined(text, parts[at], parts[at + 1])
    return None if number is None or goes_on else (number, negative)


def _left(text: str, parts: list[_Part], equals: int) -> tuple[Fraction, list[tuple[Numeral, bool]]] | None:
    """Value and operands of the longest expression that ends at the sign at `equals`."""
    first = equals
    while first > 0 and equals - first < _MAX_PARTS and parts[first - 1].sign != "=":
        if not _joined(text, parts[first - 1], parts[first]):
            break
        first -= 1
    for start in range(first, equals - 2):
        reader = _Expression(parts[start:equals])
        try:
            value = reader.read()
        except (ValueError, ZeroDivisionError):
            continue
        return value, reader.operands
    return None


def _equal(value: Fraction, result: Numeral, negative: bool, percents: bool) -> bool:
    shown = Fraction(result.value) * (-1 if negative else 1)
    half_unit = Fraction(1, 2 * 10**result.places)
    if result.unit != "%":
        scale = Fraction(SCALES.get(result.unit, 1))
        # 24.6% - 21.6% = 3.0 counts in points.
        values = [value / scale, value * 100] if percents else [value / scale]
    else:
        # 3 / 12 = 25% and 3 / 12 * 100 = 25% are both how people write it.
        values = [value * 100, value]
    return any(abs(candidate - shown) <= half_unit for candidate in values)


class _Expression:
    """Recursive descent over sums, products, signs and parentheses."""

    def __init__(self, parts: list[_Part]) -> None:
        self._parts = parts
        self._at = 0
        self.operands: list[tuple[Numeral, bool]] = []

    def read(self) -> Fraction:
        """Raises ValueError where the parts are no expression, ZeroDivisionError."""
        value = self._sum(0)
        if self._at != len(self._parts):
            raise ValueError("something is left over")
        return value

    def _next(self) -> str:
        return self._parts[self._at].sign if self._at < len(self._parts) else "end"

    def _sum(self, depth: int) -> Fraction:
        value = self._product(depth)
        while self._next() in ("+", "-"):
            sign = self._next()
            self._at += 1
            term = self._product(depth)
            value = value + term if sign == "+" else value - term
        return value

    def _product(self, depth: int) -> Fraction:
        first = len(self.operands)
        value = self._factor(depth)
        while self._next() in ("*", "/"):
            sign = self._next()
            self._at += 1
            self._mark_factor(first)
            first = len(self.operands)
            factor = self._factor(depth)
            self._mark_factor(first)
            value = value * factor if sign == "*" else value / factor
        return value

    def _mark_factor(self, first: int) -> None:
        """A number that alone is one side of a product is a factor."""
        if len(self.operands) == first + 1:
            self.operands[first] = (self.operands[first][0], True)

    def _factor(self, depth: int) -> Fraction:
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deeply")
        sign = self._next()
        if sign == "end":
            raise ValueError("a number is missing")
        part = self._parts[self._at]
        self._at += 1
        if part.number:
            self.operands.append((part.number, False))
            scale = Fraction(1, 100) if part.number.unit == "%" else SCALES.get(part.number.unit, 1)
            return Fraction(part.number.value) * scale
        if sign in "+-":
            value = self._factor(depth + 1)
            return -value if sign == "-" else value
        if sign != "(":
            raise ValueError("a number is missing")
        value = self._sum(depth + 1)
        if self._next() != ")":
            raise ValueError("a parenthesis is open")
        self._at += 1
        return value
