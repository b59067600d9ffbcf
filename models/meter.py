"""Limits on what a run may take: a budget shared by all roles and readers, and the model wrapper that keeps to it.

Calls and tokens are set aside before a call is sent and corrected by what the server reports, so that parallel calls
cannot pass a limit together. It knows nothing about money: servers report tokens, not prices.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..core.errors import LimitReached
from ..core.seams import ChatModel
from ..core.types import Call, Reply, Role, Usage
from .wrapper import Wrapper


@dataclass(frozen=True)
class _Share:
    """A part of the budget."""

    calls: int = 0
    tokens: int = 0
    seconds: float = 0.0


class Budget:
    """What a run may take, and what it has taken. For one event loop.

    Args:
        max_calls: requests, further tries included. None is no limit, here and below.
        max_tokens: prompt and completion tokens together.
        max_seconds: wall time from now on.
        clock: seconds, rising.
    """

    def __init__(
        self,
        max_calls: int | None = None,
        max_tokens: int | None = None,
        max_seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_calls = max_calls
        self._max_tokens = max_tokens
        self._clock = clock
        self._end = None if max_seconds is None else clock() + max_seconds
        self._kept = _Share()
        self._set_aside = 0
        self._waiting: list[asyncio.Future[None]] = []
        self.spent = Usage()
        """What has been taken so far; calls count from the moment they are sent."""

    def reserve(self, calls: int = 0, tokens: int = 0, seconds: float = 0.0) -> None:
        """Keeps so much of each limit for the manager, so that reading leaves room for an answer."""
        self._kept = _Share(calls, tokens, seconds)

    @property
    def counts_tokens(self) -> bool:
        """Whether tokens are limited at all: where they are not, nobody needs to estimate them."""
        return self._max_tokens is not None

    def seconds_left(self, role: Role) -> float | None:
        """Seconds that `role` may still use; None without a limit."""
        kept = 0.0 if role == "manager" else self._kept.seconds
        return None if self._end is None else self._end - self._clock() - kept

    def check(self, role: Role) -> None:
        """Raises LimitReached where `role` may send no further call: no calls are left for it, or no time."""
        kept = 0 if role == "manager" else self._kept.calls
        if self._max_calls is not None and self.spent.calls + kept >= self._max_calls:
            raise LimitReached("calls")
        left = self.seconds_left(role)
        if left is not None and left <= 0:
            raise LimitReached("seconds")

    async def take(self, role: Role, tokens: int) -> None:
        """Counts one call and sets `tokens` aside for it.

        Where the tokens would fit if calls under way need less than was set aside for them, it waits for those: a limit
        is reached when it is really reached. Raises LimitReached; then nothing was taken.
        """
        self.check(role)
        while self._over(role, tokens + self._set_aside):
            if self._over(role, tokens):
                raise LimitReached("tokens")
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
            self.check(role)
        self._set_aside += tokens
        self.spent += Usage(calls=1)

    def again(self, call: Call) -> None:
        """Counts one further try of `call`. Raises LimitReached where there may be none."""
        self.check(call.role)
        self.spent += Usage(calls=1)

    def settle(self, tokens: int, used: Usage, sent: bool = True) -> None:
        """Gives back `tokens` that were set aside and counts what was `used`.

        Its calls have been counted already; that of a call which was never `sent` is given back.
        """
        self._set_aside -= tokens
        self.spent += replace(used, calls=0 if sent else -1)
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if not turn.done():
                turn.set_result(None)

    def _over(self, role: Role, tokens: int) -> bool:
        """Whether `tokens` beside what is spent and kept are too many."""
        if self._max_tokens is None:
            return False
        kept = 0 if role == "manager" else self._kept.tokens
        spent = self.spent.prompt_tokens + self.spent.completion_tokens
        return spent + tokens + kept > self._max_tokens


class Meter(Wrapper):
    """A model that keeps to one or several budgets; several are taken from together, or not at all.

    Estimates are `model.count` of the messages and the call's whole output limit, so tokens stay under the limit unless
    the server counts more than the model's `count`, and then by no more than that difference over the calls under way.
    """

    def __init__(self, model: ChatModel, *budgets: Budget) -> None:
        super().__init__(model)
        self._budgets = budgets

    async def complete(self, call: Call) -> Reply:
        """The reply. Raises LimitReached instead of sending what a limit forbids, and when the time is over."""
        lefts = [left for budget in self._budgets if (left := budget.seconds_left(call.role)) is not None]
        if not lefts:
            return await self._metered(call)
        try:
            async with asyncio.timeout(max(0.0, min(lefts))) as deadline:
                return await self._metered(call)
        except TimeoutError:
            if not deadline.expired():
                raise
        raise LimitReached("seconds")

    async def _metered(self, call: Call) -> Reply:
        counts = any(budget.counts_tokens for budget in self._budgets)
        prompt = sum(self.count(message.content) for message in call.messages) if counts else 0
        tokens = prompt + call.max_tokens if counts else 0
        await self._take(call.role, tokens)
        used = Usage()
        try:
            reply = await self._model.complete(call)
            used = reply.usage
            return reply
        except asyncio.CancelledError:
            used = Usage(prompt_tokens=prompt)  # Cut off under way: the server has probably read the prompt.
            raise
        finally:
            for budget in self._budgets:
                budget.settle(tokens, used)

    async def _take(self, role: Role, tokens: int) -> None:
        taken: list[Budget] = []
        try:
            for budget in self._budgets:
                await budget.take(role, tokens)
                taken.append(budget)
        except BaseException:
            for budget in taken:
                budget.settle(tokens, Usage(), sent=False)
            raise
