"""What calls to an endpoint took so far, by role: what a plan reckons with. Figures only, kept between runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ..core.seams import Memo
from ..core.types import Role, Usage

LATEST = 400
"""Calls after which older ones begin to count less."""
FEW = 4
"""Calls that say something about other roles than their own."""
EVERY = 32
"""Calls after which the figures are kept, beside the end."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Sums over calls."""

    calls: float = 0.0
    counted: float = 0.0
    """Prompt tokens, as they were counted before they were sent."""
    prompt: float = 0.0
    """The same, as the server told."""
    completion: float = 0.0
    seconds: float = 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(**{name: value + asdict(other)[name] for name, value in asdict(self).items()})


class Rates:
    """The figures of one endpoint."""

    def __init__(self, memo: Memo | None, name: str) -> None:
        self._memo = memo
        self._key = f"rates {name}"
        self._by_role = _read(memo.recall(self._key) if memo is not None else None)
        self._unkept = 0

    def add(self, role: Role, counted: int, usage: Usage) -> None:
        """One call, whose prompt was counted as `counted` tokens."""
        rate = self._by_role.get(role, Rate())
        if rate.calls >= LATEST:
            rate = Rate(**{name: value / 2 for name, value in asdict(rate).items()})
        new = Rate(1, counted, usage.prompt_tokens, usage.completion_tokens, usage.seconds)
        self._by_role[role] = rate + new
        self._unkept += 1
        if self._unkept >= EVERY:
            self.keep()

    def keep(self) -> None:
        """Writes down what was not."""
        if self._memo is not None and self._unkept:
            self._memo.keep(self._key, json.dumps({role: asdict(rate) for role, rate in self._by_role.items()}))
            self._unkept = 0

    def of(self, role: Role) -> Rate | None:
        """The figures of `role`; where it has none those of all roles, and None where those are of a few calls only."""
        if role in self._by_role:
            return self._by_role[role]
        every = sum(self._by_role.values(), Rate())
        return every if every.calls >= FEW else None


def _read(record: str | None) -> dict[str, Rate]:
    try:
        rows: Mapping[str, Mapping[str, float]] = json.loads(record or "{}")
        return {role: Rate(**fields) for role, fields in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
