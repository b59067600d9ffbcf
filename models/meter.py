"""Limits on what a run may take: a budget shared by all roles and readers, and the model wrapper that keeps to it.

Calls, tokens and money are set aside before a try is sent and corrected by what the server reports, so that parallel
calls cannot pass a limit together. A try that came to nothing counts with its prompt, where the server had that; what
it wrote before it broke off nobody reports. Servers report tokens; what those cost is the person's to say (`prices`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..core.errors import LimitReached, ModelUnavailable
from ..core.seams import ChatModel
from ..core.types import Call, Limit, Reply, Role, Usage
from .prices import Price
from .wrapper import Wrapper

_ROUNDING = 1e-9
"""USD; sums of floats are that far off."""


@dataclass(frozen=True)
class _Share:
    """A part of the budget."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0
    seconds: float = 0.0


class Budget:
    """What a run may take, and what it has taken. For one event loop.

    Args:
        max_calls: requests, further tries included. None is no limit, here and below.
        max_tokens: prompt and completion tokens together.
        max_seconds: wall time from now on.
        max_cost: USD; only calls to models with a price count.
        clock: seconds, rising.
        stopped: whether the person wants no further call to be sent.
    """

    def __init__(
        self,
        max_calls: int | None = None,
        max_tokens: int | None = None,
        max_seconds: float | None = None,
        max_cost: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._max_calls = max_calls
        self._max_tokens = max_tokens
        self._max_cost = max_cost
        self._clock = clock
        self._stopped = stopped
        self._end = None if max_seconds is None else clock() + max_seconds
        self._kept = _Share()
        self._set_aside = _Share()
        self._waiting: list[asyncio.Future[None]] = []
        self.spent = Usage()
        """What has been taken so far; calls count from the moment they are sent."""

    def reserve(self, calls: int = 0, tokens: int = 0, seconds: float = 0.0, cost: float = 0.0) -> None:
        """Keeps so much of each limit for the manager, so that reading leaves room for an answer."""
        self._kept = _Share(calls, tokens, cost, seconds)

    @property
    def estimates(self) -> bool:
        """Whether tokens or money are limited at all: where they are not, nobody needs to estimate them."""
        return self._max_tokens is not None or self._max_cost is not None

    def seconds_left(self, role: Role) -> float | None:
        """Seconds that `role` may still use; None without a limit."""
        kept = 0.0 if role == "manager" else self._kept.seconds
        return None if self._end is None else self._end - self._clock() - kept

    def check(self, role: Role) -> None:
        """Raises LimitReached where `role` may send no further call: no calls are left for it, no time, or no wish."""
        if self._stopped():
            raise LimitReached("interrupt")
        kept = 0 if role == "manager" else self._kept.calls
        if self._max_calls is not None and self.spent.calls + kept >= self._max_calls:
            raise LimitReached("calls")
        left = self.seconds_left(role)
        if left is not None and left <= 0:
            raise LimitReached("seconds")

    async def take(self, role: Role, tokens: int, cost: float = 0.0) -> None:
        """Counts one call and sets `tokens` and `cost` aside for it.

        Where they would fit if calls under way need less than was set aside for them, it waits for those: a limit is
        reached when it is really reached. Raises LimitReached; then nothing was taken.
        """
        self.check(role)
        while self._over(role, tokens + self._set_aside.tokens, cost + self._set_aside.cost):
            limit = self._over(role, tokens, cost)
            if limit is not None:
                raise LimitReached(limit)
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
            self.check(role)
        self._put_aside(tokens, cost)
        self.spent += Usage(calls=1)

    def settle(self, tokens: int, used: Usage, sent: bool = True, cost: float = 0.0) -> None:
        """Gives back `tokens` and `cost` that were set aside and counts what was `used`.

        Its calls have been counted already; that of a call which was never `sent` is given back.
        """
        self._put_aside(-tokens, -cost)
        self.spent += replace(used, calls=0 if sent else -1)
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if not turn.done():
                turn.set_result(None)

    def _put_aside(self, tokens: int, cost: float) -> None:
        aside = self._set_aside
        self._set_aside = replace(aside, tokens=aside.tokens + tokens, cost=aside.cost + cost)

    def _over(self, role: Role, tokens: int, cost: float) -> Limit | None:
        """The limit that `tokens` and `cost` would pass, beside what is spent and kept."""
        kept = _Share() if role == "manager" else self._kept
        spent = self.spent.prompt_tokens + self.spent.completion_tokens
        if self._max_tokens is not None and spent + tokens + kept.tokens > self._max_tokens:
            return "tokens"
        if self._max_cost is not None and (self.spent.cost or 0.0) + cost + kept.cost > self._max_cost + _ROUNDING:
            return "cost"
        return None


class Meter(Wrapper):
    """A model that keeps to one or several budgets; several are taken from together, or not at all.

    It stands within the `Limiter`: each try is a call of its own, and nothing is set aside for one that waits.
    Estimates are a call's `tokens` and its whole output limit, so tokens stay under the limit unless the server counts
    more than the model did, and then by no more than that difference over the calls under way.
    With a `price`, replies carry what they cost.
    """

    def __init__(self, model: ChatModel, *budgets: Budget, price: Price | None = None) -> None:
        super().__init__(model)
        self._budgets = budgets
        self._price = price

    async def complete(self, call: Call) -> Reply:
        """The reply. Raises LimitReached instead of sending what a limit forbids."""
        counts = any(budget.estimates for budget in self._budgets)
        tokens = call.tokens + call.max_tokens if counts else 0
        cost = self._cost(Usage(prompt_tokens=call.tokens, completion_tokens=call.max_tokens)) or 0.0
        await self._take(call.role, tokens, cost)
        used = Usage()
        try:
            reply = await self._model.complete(call)
            used = self._priced(reply.usage)
            return replace(reply, usage=used)
        except asyncio.CancelledError:
            used = self._priced(Usage(prompt_tokens=call.tokens))  # Under way: the server has probably read the prompt.
            raise
        except ModelUnavailable as error:
            if error.reached:
                used = self._priced(Usage(prompt_tokens=call.tokens))
            raise
        finally:
            for budget in self._budgets:
                budget.settle(tokens, used, cost=cost)

    def _priced(self, usage: Usage) -> Usage:
        return replace(usage, cost=self._cost(usage))

    def _cost(self, usage: Usage) -> float | None:
        return None if self._price is None else self._price.of(usage)

    async def _take(self, role: Role, tokens: int, cost: float) -> None:
        taken: list[Budget] = []
        try:
            for budget in self._budgets:
                await budget.take(role, tokens, cost)
                taken.append(budget)
        except BaseException:
            for budget in taken:
                budget.settle(tokens, Usage(), sent=False, cost=cost)
            raise
