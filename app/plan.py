"""What questions would take, in calls, tokens, money and minutes, by role."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..core.options import Options
from ..core.types import Limit, Role


@dataclass(frozen=True, slots=True)
class Share:
    """What one role would take."""

    role: Role
    calls: int
    prompt_tokens: int
    cached_tokens: int
    """Of the prompt tokens, those that the server will have read before."""
    completion_tokens: int
    cost: float | None
    """USD; None where the price is unknown."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What questions would take in one case."""

    shares: tuple[Share, ...]
    minutes: float | None
    """At the speed measured so far; None where a server was not measured."""

    @property
    def calls(self) -> int:
        return sum(share.calls for share in self.shares)

    @property
    def tokens(self) -> int:
        return sum(share.prompt_tokens + share.completion_tokens for share in self.shares)

    @property
    def cost(self) -> float | None:
        costs = [share.cost for share in self.shares]
        return None if None in costs else sum(cost for cost in costs if cost is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one question would take, or several together."""

    strategy: str
    model: str
    likely: Estimate
    """Where the manager is content with what is found."""
    most: Estimate
    """Where it is not, and all that the strategy has is tried."""
    served: bool = True
    """Whether a server is asked, whose speed can be measured."""
    steered: bool = False
    """Whether the model would choose what is read: then neither case says how much that is."""
    embedder: str | None = None
    """Who would make vectors beside this, where that is not done on this machine; what it takes is not reckoned."""

    def beyond(self, options: Options) -> list[Limit]:
        """The limits of `options` that would be reached."""
        case = self.likely
        seconds = None if case.minutes is None else case.minutes * 60
        needed: tuple[tuple[Limit, float | None, float | None], ...] = (
            ("calls", case.calls, options.max_calls),
            ("tokens", case.tokens, options.max_tokens),
            ("cost", case.cost, options.max_cost),
            ("seconds", seconds, options.max_seconds),
        )
        return [limit for limit, need, most in needed if need is not None and most is not None and need > most]

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.plan/1`."""
        cases = {
            name: {
                "calls": case.calls,
                "tokens": case.tokens,
                "cost": case.cost,
                "minutes": case.minutes,
                "roles": [asdict(share) for share in case.shares],
            }
            for name, case in (("likely", self.likely), ("most", self.most))
        }
        head = {"schema": "clew.plan/1", "strategy": self.strategy, "model": self.model}
        return {**head, "steered": self.steered, "embedder": self.embedder, **cases}
