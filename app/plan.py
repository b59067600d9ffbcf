"""What a question would take, before anything is sent: its strategy is carried out with stand-ins for its models.

Prompts are the real ones, so calls and prompt tokens are counted, not guessed; replies that the journal holds cost
nothing. What the models will say is not known: how much a manager asks for is told as a range.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from ..agents.desk import Desk
from ..agents.state import State, Task
from ..agents.strategy import Strategy
from ..core.book import Book
from ..core.trace import Trace
from ..core.types import Role, Usage
from ..models.imagined import Imagined, Tally
from .session import checked, label

if TYPE_CHECKING:
    from .clew import Clew


@dataclass(frozen=True, slots=True)
class Share:
    """What one role would take."""

    role: Role
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    """USD; None where the price is unknown."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a question would take in one case."""

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
    """What a question would take."""

    strategy: str
    model: str
    likely: Estimate
    """Where the manager is content with what is found."""
    most: Estimate
    """Where it is not, and all that the strategy has is tried."""
    served: bool = True
    """Whether a server is asked, whose speed can be measured."""

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
        return {"schema": "clew.plan/1", "strategy": self.strategy, "model": self.model, **cases}


async def plan(
    clew: Clew, books: Mapping[str, Book], question: str, make: Callable[[], Strategy], *, fresh: bool
) -> Plan:
    """What `question` would take. Servers are asked for their window, and nothing else is sent.

    Args:
        make: gives the strategy, anew for every case.
        fresh: whether replies of earlier runs are not to be used.

    Raises what asking raises before the first call.
    """
    from ..models.endpoint import Endpoint

    models = await clew.engine.connect()
    question = checked(question, models["reader"])
    likely = await _estimate(clew, books, question, make(), fresh, satisfied=True)
    most = await _estimate(clew, books, question, make(), fresh, satisfied=False)
    if most.tokens < likely.tokens:
        most = likely
    return Plan(make().name, label(models), likely, most, any(isinstance(model, Endpoint) for model in models.values()))


async def _estimate(
    clew: Clew, books: Mapping[str, Book], question: str, strategy: Strategy, fresh: bool, *, satisfied: bool
) -> Estimate:
    from ..agents.graph import run

    engine = clew.engine
    models = await engine.connect()
    tally = Tally(engine.concurrency)
    stand_ins = {
        id(model): engine.unsent(Imagined(model, engine.rates(model), tally, satisfied=satisfied), fresh=fresh)
        for model in models.values()
    }
    desk = Desk(
        question,
        books,
        {role: stand_ins[id(model)] for role, model in models.items()},
        lambda: clew.search(list(books.values())),
        Trace(),
        connect=clew.concepts,
    )
    if strategy.searches:
        await asyncio.to_thread(lambda: desk.rank)
    await run(cast(Strategy, _InTurns(strategy, tally)), desk)
    tally.turn()
    shares = tuple(_share(role, usage, clew) for role, usage in tally.by_role.items())
    return Estimate(shares, tally.seconds / 60 if tally.measured else None)


def _share(role: Role, usage: Usage, clew: Clew) -> Share:
    price = clew.engine.price(role)
    cost = None if price is None else price.of(usage)
    return Share(role, usage.calls, usage.prompt_tokens, usage.completion_tokens, cost)


class _InTurns:
    """A strategy that tells the tally when a turn is over."""

    def __init__(self, strategy: Strategy, tally: Tally) -> None:
        self._strategy = strategy
        self._tally = tally

    def __getattr__(self, name: str) -> Any:
        return getattr(self._strategy, name)

    def choose(self, state: State, desk: Desk) -> list[Task]:
        self._tally.turn()
        return self._strategy.choose(state, desk)
