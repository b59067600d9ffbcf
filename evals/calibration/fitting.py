"""Fitting b, rho and w of a profile, and nothing else, to three published numbers, on a coarse grid.

    w          from needles of one sentence: they depend on nothing, so that b has no say, and each is read once, so
               that rho has none
    b and rho  together, with that w: the least sum of squared distances of the two other numbers

Every value of a parameter is tried on the same texts, questions and seeds, and draws are hashes of what they are about:
a draw comes out alike for all values but where the value itself turns it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import log2
from statistics import fmean

from ..grid import Job, Reader, Row, jobs
from ..interval import Measured, measured
from ..simulated import Profile
from ..summary import right
from .targets import MEMORY, ONE_ROUND, ORDER, ORDERS, OVERWRITTEN, PRINTED, ROUNDS, THREE_ROUNDS
from .texts import Texts

Run = Callable[[Sequence[Job]], Sequence[Row]]
WINDOW = 8192


@dataclass(frozen=True)
class Grid:
    """Values that are tried, and how often each question is asked."""

    b: tuple[float, ...] = (0.5, 0.65, 0.8, 0.9)
    rho: tuple[float, ...] = (0.1, 0.3, 0.5, 0.7, 0.9)
    w: tuple[float, ...] = (0.005, 0.01, 0.015, 0.02)
    seeds: int = 1
    needle_seeds: int = 3
    """There are few needles, so that each is asked for more often."""


@dataclass(frozen=True, slots=True)
class Point:
    """One pair of b and rho, and what it comes to."""

    b: float
    rho: float
    rounds: Measured
    orders: Measured

    @property
    def loss(self) -> float:
        return (self.rounds.value - ROUNDS.value) ** 2 + (self.orders.value - ORDER.value) ** 2

    @property
    def possible(self) -> bool:
        """Whether both intervals hold what was published."""
        return self.rounds.holds(ROUNDS.value) and self.orders.holds(ORDER.value)


@dataclass(frozen=True)
class Fit:
    """The grid as it was measured."""

    base: Profile
    memory: Mapping[float, Measured]
    """By w."""
    points: tuple[Point, ...]
    steps: float
    """Calls of a memory's question, the last of them the manager's."""

    @property
    def w(self) -> float:
        return min(self.memory, key=lambda w: abs(self.memory[w].value - MEMORY.value))

    @property
    def best(self) -> Point:
        return min(self.points, key=lambda point: point.loss)

    @property
    def profile(self) -> Profile:
        """The profile that was fitted."""
        return replace(self.base, b=self.best.b, rho=self.best.rho, w=self.w)


def fit(texts: Texts, base: Profile, grid: Grid, run: Run) -> Fit:
    """Fits `base`, first w, then b and rho with it."""
    rows = run(jobs(texts.needles(), list(readers(far(base), grid.needle_seeds, w=grid.w)), [OVERWRITTEN]))
    memory = {w: measured(per_question(rows_of(rows, w=w), voted)) for w in grid.w}
    calls = fmean(row.trial.calls for row in rows)
    first = Fit(base, memory, (), calls)
    pairs = list(readers(replace(base, w=first.w), grid.seeds, b=grid.b, rho=grid.rho))
    rounds = run(jobs(texts.haystacks("hotpotqa", 7_000, "fit"), pairs, [ONE_ROUND, THREE_ROUNDS]))
    orders = run(jobs(texts.haystacks("musique", 16_000, "fit"), pairs, ORDERS))
    points = [
        Point(
            b,
            rho,
            measured(per_question(rows_of(rounds, b=b, rho=rho), gained)),
            measured(per_question(rows_of(orders, b=b, rho=rho), unused)),
        )
        for b, rho in product(grid.b, grid.rho)
    ]
    return replace(first, points=tuple(points))


def far(base: Profile) -> Profile:
    """`base` as it reads segments of the published length where shorter ones stand for them."""
    return replace(base, p0=min(1.0, base.p0 + base.p1 * log2(PRINTED / 2000)))


def readers(base: Profile, seeds: int, **values: Sequence[float]) -> Sequence[Reader]:
    """A reader for every combination of values and every seed."""
    combined = [dict(zip(values, held, strict=True)) for held in product(*values.values())]
    return [Reader(label(**one), replace(base, **one), seed, WINDOW) for one in combined for seed in range(seeds)]


def label(**values: float) -> str:
    return " ".join(f"{name}={value:g}" for name, value in values.items())


def rows_of(rows: Sequence[Row], **values: float) -> list[Row]:
    """The rows of the readers with these values."""
    return [row for row in rows if row.reader == label(**values)]


def per_question(rows: Sequence[Row], value: Callable[[Mapping[str, Row]], float]) -> dict[str, float]:
    """For each unit the mean over seeds of a value of its rows, by way."""
    tried: defaultdict[tuple[str, int, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        tried[row.unit, row.seed, row.order][row.way] = row
    units: defaultdict[str, list[float]] = defaultdict(list)
    for (unit, _, _), ways in tried.items():
        units[unit].append(value(ways))
    return {unit: fmean(held) for unit, held in units.items()}


def gained(ways: Mapping[str, Row]) -> float:
    """Whether three rounds are right, less whether one is."""
    return right(ways[THREE_ROUNDS]) - right(ways[ONE_ROUND])


def unused(ways: Mapping[str, Row]) -> float:
    """Whether any order is right, less whether their vote is."""
    return max(map(right, ways.values())) - voted(ways)


def voted(ways: Mapping[str, Row]) -> float:
    """Whether most say what is right; of a tie the first is given.

    Saying nothing is a vote too: the published systems always answer, and their silence picks no winner.
    """
    said = [row.trial.verdict for row in ways.values()]
    return float(max(said, key=said.count) == "right")
