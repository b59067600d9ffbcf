"""Shares with their intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95
"""Of every interval of a probe."""
_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured figure; without a value there is a reason."""

    value: float | None
    low: float | None
    high: float | None
    """Ends of the 95 % interval."""
    of: int
    """Observations that it rests on."""
    reason: str | None = None


def nothing(of: int, reason: str) -> Estimate:
    """A figure that could not be had."""
    return Estimate(None, None, None, of, reason)


def share(seen: Iterable[bool], reason: str = "there was nothing to count") -> Estimate:
    """The share of true ones, with Wilson's score interval (1927); `reason` tells why there is none."""
    values = list(seen)
    n = len(values)
    if not n:
        return nothing(0, reason)
    p = sum(values) / n
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return Estimate(round(p, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4), n)
