"""Whether an ordering of two ways depends on the parameters: drawn a hundred times from stated ranges.

An ordering is claimed only where it holds in at least ninety of a hundred draws.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from .grid import Reader, Row
from .significance import COMPARISONS
from .simulated import Profile
from .summary import mean, worth

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
