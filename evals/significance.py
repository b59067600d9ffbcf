"""Whether a difference is one: paired bootstrap over units, and Holm's correction over what was listed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .grid import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 10_000
COMPARISONS = (
    ("sweep", "chain"),
    ("sweep", "sweep@1"),
    ("sweep", "memory"),
    ("sweep", "auto"),
    ("auto", "retrieve"),
    ("chain", "chain:order=right"),
    ("chain", "memory"),
)
"""Listed before anything was run: each pair of ways is compared in the share of right answers."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of the first less that of the second, over units."""

    first: str
    second: str
    mean: float
    low: float
    high: float
    """95 % interval."""
    p: float
    """Two-sided; after Holm's correction where `compared` made it."""
    units: int


def per_unit(rows: Iterable[Row], value: Callable[[Row], float]) -> dict[str, dict[str, float]]:
    """For each way the mean value of each unit, seeds and all else averaged inside."""
    sums: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        sums.setdefault(row.way, {}).setdefault(row.unit, []).append(value(row))
    return {way: {unit: sum(held) / len(held) for unit, held in units.items()} for way, units in sums.items()}


def paired(first: Mapping[str, float], second: Mapping[str, float], names: tuple[str, str]) -> Difference:
    """The difference of two ways over the units both have, with its bootstrap interval and p."""
    import numpy as np

    units = sorted(first.keys() & second.keys())
    apart = np.array([first[unit] - second[unit] for unit in units])
    draws = np.random.default_rng(0).integers(0, len(units), (RESAMPLES, len(units)))
    means: NDArray[np.float64] = apart[draws].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    tail = min((means <= 0).sum(), (means >= 0).sum())
    p = min(1.0, 2 * (int(tail) + 1) / (RESAMPLES + 1))
    return Difference(*names, float(apart.mean()), float(low), float(high), p, len(units))


def holm(ps: Sequence[float]) -> list[float]:
    """Holm's step-down correction (1979), in the order given."""
    corrected = [0.0] * len(ps)
    highest = 0.0
    for rank, at in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        highest = max(highest, min(1.0, ps[at] * (len(ps) - rank)))
        corrected[at] = highest
    return corrected


def compared(rows: Sequence[Row], value: Callable[[Row], float]) -> list[Difference]:
    """The listed comparisons whose ways were run, corrected for their number."""
    units = per_unit(rows, value)
    found = [paired(units[a], units[b], (a, b)) for a, b in COMPARISONS if a in units and b in units]
    return [replace(one, p=p) for one, p in zip(found, holm([one.p for one in found]), strict=True)]
