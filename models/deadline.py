"""The end of the time that a run may take: it ends every call, whether that is under way or waits."""

from __future__ import annotations

import asyncio

from ..core.errors import LimitReached
from ..core.seams import ChatModel
from ..core.types import Call, Reply
from .meter import Budget
from .wrapper import Wrapper


class Deadline(Wrapper):
    """A model that keeps to the seconds of one or several budgets. Stands around the `Limiter`, whose pauses count."""

    def __init__(self, model: ChatModel, *budgets: Budget) -> None:
        super().__init__(model)
        self._budgets = budgets

    async def complete(self, call: Call) -> Reply:
        """The reply. Raises LimitReached when the time is over."""
        lefts = [left for budget in self._budgets if (left := budget.seconds_left(call.role)) is not None]
        if not lefts:
            return await self._model.complete(call)
        try:
            async with asyncio.timeout(max(0.0, min(lefts))) as deadline:
                return await self._model.complete(call)
        except TimeoutError:
            if not deadline.expired():
                raise
        raise LimitReached("seconds")
