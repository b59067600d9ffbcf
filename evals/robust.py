"""Whether an ordering of two ways depends on the parameters: drawn a hundred times from stated ranges.

An ordering is claimed only where it holds in at least ninety of a hundred draws.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from .grid import Reader, Row
from .significance import COMPARISONS, paired
from .simulated import Profile
from .summary import false_answer, mean, of, worth

ENOUGH = 0.9
RANGES: Mapping[str, tuple[float, float]] = {
    "p0": (0.02, 0.35),
    "p1": (0.0, 0.06),
    "pq": (0.0, 0.04),
    "d": (0.0, 0.6),
    "rho": (0.2, 0.8),
    "b": (0.1, 0.6),
    "h": (0.0, 0.2),
    "s": (0.0, 0.06),
    "v": (0.0, 0.02),
    "m": (0.0, 0.04),
    "i": (0.1, 0.7),
    "w": (0.0, 0.06),
    "r": (0.0, 0.4),
    "a": (0.7, 1.0),
    "e": (0.0, 0.06),
    "c": (0.0, 0.04),
    "g": (0.05, 0.5),
}
"""From which each parameter is drawn, evenly and by itself."""


def drawn(count: int, window: int = 8192, seed: int = 0) -> Iterator[Reader]:
    """So many readers with parameters of their own."""
    for number in range(count):
        draw = random.Random(f"{seed} {number}")
        values = {name: round(draw.uniform(low, high), 4) for name, (low, high) in RANGES.items()}
        yield Reader(f"draw-{number}", Profile(**values), number, window)


def orderings(rows: Sequence[Row]) -> Iterator[str]:
    """For each listed pair of ways, in how many draws the first has the higher worth, and whether that is claimed."""
    by_draw: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        by_draw.setdefault(row.reader, {}).setdefault(row.way, []).append(worth(row))
    for first, second in COMPARISONS:
        leads = [
            mean(ways[first]) - mean(ways[second]) for ways in by_draw.values() if first in ways and second in ways
        ]
        if leads:
            above, below = sum(lead > 0 for lead in leads), sum(lead < 0 for lead in leads)
            counted = f"{first} above {second} in {above} of {len(leads)} draws, below in {below}"
            yield f"{counted}: {_claim(above, below, len(leads))}"


def _claim(above: int, below: int, draws: int) -> str:
    if max(above, below) < ENOUGH * draws:
        return "no ordering is claimed"
    return "claimed" if above > below else "the reverse is claimed"


STANDING = (
    f"{'way':20}{'complete':>9}{'twin':>7}{'prompt':>9} | of the draws, the first way: completes as many, surely more, "
    "twins no more; tokens ×"
)


def standing(rows: Sequence[Row], first: str) -> Iterator[str]:
    """How one way stands to every other, a line each: means over all draws, then shares of the draws.

    Completed is a question whose gold is all in the ledger; surely more are completed where the 95 % interval of the
    paired differences lies above 0; a twin counts where it was answered; tokens are those of prompts, the first way's
    over the other's.
    """
    draws = [[row for row in rows if row.reader == reader] for reader in dict.fromkeys(row.reader for row in rows)]
    yield STANDING
    for way in dict.fromkeys(row.way for row in rows):
        plain, twins = (of([row for row in rows if row.way == way], kind) for kind in ("plain", "twin"))
        complete, false = mean(map(completed, plain)), mean(map(false_answer, twins))
        tokens = mean(row.trial.prompt_tokens for row in plain)
        told = f"{way:20}{complete:9.3f}{false:7.3f}{tokens:9,.0f} |"
        if way != first:
            told += "".join(
                f"{mean(column):8.2f}" for column in zip(*(_beside(draw, first, way) for draw in draws), strict=True)
            )
        yield told


def _beside(rows: Sequence[Row], first: str, second: str) -> tuple[float, ...]:
    """For one draw: whether the first completes as many, surely more, answers no more twins; and tokens over tokens."""

    def by_unit(way: str, kind: str, value: Callable[[Row], float]) -> dict[str, float]:
        return {f"{row.dataset} {row.unit}": value(row) for row in of(rows, kind) if row.way == way}

    done, false, tokens = (
        [by_unit(way, kind, value) for way in (first, second)]
        for kind, value in (("plain", completed), ("twin", false_answer), ("plain", prompt_tokens))
    )
    lead = paired(done[0], done[1], (first, second))
    no_more = mean(false[0].values()) <= mean(false[1].values())
    return lead.mean >= 0, lead.low > 0, no_more, mean(tokens[0].values()) / mean(tokens[1].values())


def prompt_tokens(row: Row) -> float:
    """Tokens of all prompts of a question."""
    return row.trial.prompt_tokens


def completed(row: Row) -> float:
    """Whether the ledger holds all gold evidence of a question."""
    return float(row.trial.complete)
