"""What calls to an endpoint took so far, by role and prompt, for plans to reckon with. Figures only, and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

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
    cached: float = 0.0
    """Of the prompt tokens, those that the server told it had in its cache."""

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.calls + other.calls,
            self.counted + other.counted,
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.seconds + other.seconds,
            self.cached + other.cached,
        )


class Rates:
    """The figures of one endpoint."""

    def __init__(self, memo: Memo | None, name: str) -> None:
        self._memo = memo
        self._key = f"rates {name}"
        self._rates = _read(memo.recall(self._key) if memo is not None else None)
        self._unkept = 0

    def add(self, role: Role, prompt: str, counted: int, usage: Usage) -> None:
        """One call, with the prompt of that name, which was counted as `counted` tokens."""
        key = f"{role} {prompt}"
        rate = self._rates.get(key, Rate())
        if rate.calls >= LATEST:
            rate = Rate(**{name: value / 2 for name, value in asdict(rate).items()})
        new = Rate(1, counted, usage.prompt_tokens, usage.completion_tokens, usage.seconds, usage.cached_tokens)
        self._rates[key] = rate + new
        self._unkept += 1
        if self._unkept >= EVERY:
            self.keep()

    def keep(self) -> None:
        """Writes down what was not."""
        if self._memo is not None and self._unkept:
            self._memo.keep(self._key, json.dumps({key: asdict(rate) for key, rate in self._rates.items()}))
            self._unkept = 0

    @property
    def caches(self) -> bool:
        """Whether the server is known to keep the beginnings of prompts."""
        return any(rate.cached for rate in self._rates.values())

    def of(self, role: Role, prompt: str = "") -> Rate | None:
        """The figures of calls with that prompt; where there are none those of the role, of which tokens are told in
        the proportion of all calls; else those of all, and None where those are of a few calls only."""
        exact = self._rates.get(f"{role} {prompt}")
        if exact is not None:
            return exact
        every = sum(self._rates.values(), Rate())
        own = sum((rate for key, rate in self._rates.items() if key.partition(" ")[0] == role), Rate())
        if own.calls and every.counted:
            return replace(own, prompt=own.counted * every.prompt / every.counted)
        return every if every.calls >= FEW else None


def _read(record: str | None) -> dict[str, Rate]:
    try:
        rows: Mapping[str, Mapping[str, float]] = json.loads(record or "{}")
        return {key: Rate(**fields) for key, fields in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
