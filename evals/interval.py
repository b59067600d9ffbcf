"""A mean over questions with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .significance import paired


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean over units, with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    units: int

    def holds(self, value: float) -> bool:
        """Whether the interval holds `value`."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.value:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


def measured(units: Mapping[str, float]) -> Measured:
    """The mean of a value for each unit."""
    one = paired(units, dict.fromkeys(units, 0.0), ("", ""))
    return Measured(one.mean, one.low, one.high, one.units)
