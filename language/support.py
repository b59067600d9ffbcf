"""Which hard facts of an answer its passages support.

A fact is supported where it occurs in a passage (`cited`), or where the answer shows the equation that gives it and the
passages hold what goes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arithmetic import Equation, equations
from .cited import Cited
from .facts import answered_in, read, without_marks
from .numerals import Numeral

# What no document states and every calculation uses: halves, quarters, months, days of a year, percent, scale.
_conversions = frozenset(Decimal(n) for n in (1, 2, 4, 12, 52, 60, 100, 360, 365, 366, 1000, 1_000_000))


@dataclass(frozen=True, slots=True)
class FactCheck:
    """The facts of an answer as printed, each once, in order."""

    supported: tuple[str, ...]
    unsupported: tuple[str, ...]


def check_facts(answer: str, passages: Sequence[str]) -> FactCheck:
    """Which facts of `answer` occur in at least one of `passages`, or follow from them by an equation it shows."""
    language = answered_in(answer, passages)
    shelf = [Cited(text, language) for text in passages]
    computed = _computed(answer, shelf)
    supported: dict[str, None] = {}
    unsupported: dict[str, None] = {}
    for fact, value in read(answer, language):
        held = any(passage.holds(value) or passage.prints(fact) for passage in shelf)
        if not held and isinstance(value, Numeral):
            held = value.magnitude in computed or (value.start, value.end) in computed
        (supported if held else unsupported)[fact.text] = None
    return FactCheck(tuple(s for s in supported if s not in unsupported), tuple(unsupported))


def _computed(answer: str, shelf: Sequence[Cited]) -> set[Decimal | tuple[int, int]]:
    """Results of the answer's sound equations: as values, and as places together with their constants' places."""
    known: set[Decimal | tuple[int, int]] = set()
    pending = equations(without_marks(answer))
    while True:
        sound = [e for e in pending if _sound(e, shelf, known)]
        if not sound:
            return known
        for equation in sound:
            known.add(equation.result.magnitude)
            known.update((n.start, n.end) for n, _ in equation.operands)
            pending.remove(equation)


def _sound(equation: Equation, shelf: Sequence[Cited], known: set[Decimal | tuple[int, int]]) -> bool:
    return equation.holds and all(
        number.magnitude in known
        or number.value == 1
        or (is_factor and not number.unit and number.value in _conversions)
        or any(passage.holds(number) for passage in shelf)
        for number, is_factor in equation.operands
    )
