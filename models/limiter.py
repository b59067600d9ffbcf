"""Patience: how long a call may take, and which failures are tried again; how many are under way is `places`' matter.

The only layer that retries. It tries again only what its model calls passing; what is wrong for good is told at once.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from ..core.errors import ModelUnavailable
from ..core.seams import ChatModel
from ..core.types import Call, Reply, Usage
from .outages import Outage
from .places import Places
from .wrapper import Wrapper

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
BEGINNING = 1000
"""Characters of a message that tell which text it is about: prompts put the text first."""


@dataclass(frozen=True)
class Patience:
    """How failures that pass are tried again."""

    tries: int = 3
    busy_tries: int = 10
    """How often a server is asked that says it is busy: it works, and will have time."""
    away_tries: int = 8
    """How often a server is asked that was there before and is not: about three quarters of a minute, in which many
    have started again."""
    longest: float = 600.0
    """Seconds that a try may take; a server that asks for a longer pause is not waited for."""
    sleep: Sleep = asyncio.sleep
    draw: Callable[[], float] = random.random
    """A number in [0, 1), for the jitter."""
    outage: Outage | None = None
    """What tells the person that a server is waited for."""

    async def retry(self, attempt: Callable[[int], Awaitable[T]]) -> T:
        """The result of `attempt(number)`, numbers from 1, tried again while it raises a passing ModelUnavailable.

        Waits half a second doubling to thirty, up to half of it left off at random so that calls that failed together
        do not return together ("equal jitter", Brooker 2015); as long as the server asks instead (`retry_after`), and
        the random half beside it.
        """
        number = 1
        while True:
            try:
                result = await attempt(number)
            except ModelUnavailable as error:
                asked = error.retry_after
                tries = self.busy_tries if error.busy else self.away_tries if error.away else self.tries
                if not error.passing or number >= tries or (asked or 0) > self.longest:
                    _count_tries(number, error)
                    raise
                pause = self._wait(number, asked)
                if self.outage is not None:
                    left = pause + sum(_full(later) + (asked or 0) for later in range(number + 1, tries))
                    self.outage.failed(error, pause, left, tries - number)
            else:
                if self.outage is not None:
                    self.outage.answered()
                return result
            await self.sleep(pause)
            number += 1

    def _wait(self, number: int, asked: float | None) -> float:
        full = _full(number)
        random_half = full * self.draw() / 2
        return full / 2 + random_half if asked is None else asked + random_half


def _full(number: int) -> float:
    """Seconds, at most, that are waited after a try of this number."""
    return min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (number - 1))


class Limiter(Wrapper):
    """A model with a bounded number of calls under way, a deadline for each, and retries.

    Args:
        model: the model to be called.
        places: calls under way at once, or room that limiters share. A call that waits before another try keeps its
            place: a server in trouble is not sent other calls instead. Where the server is only sent too much, the call
            gives its place back, the room shrinks, and no call is sent until the first of those refused is tried again.
        patience: how long a try may take, and how failures are tried again.
        on_change: told the number of calls under way through this limiter whenever it changes.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        places: Places | int = 8,
        patience: Patience | None = None,
        on_change: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(model)
        self._places = Places(places) if isinstance(places, int) else places
        self._patience = patience or Patience()
        self._on_change = on_change
        self.in_flight = 0
        """Calls under way."""

    async def complete(self, call: Call) -> Reply:
        """The reply; `usage.calls` is the number of tries. Raises ModelUnavailable, saying how often it was tried."""
        place: int | None = None
        refused = False

        async def attempt(number: int) -> Reply:
            nonlocal place, refused
            if refused:
                self._places.open()
                refused = False
            if place is None:
                place = await self._places.take(beginning(call))
                self._changed(1)
            try:
                reply = await self._in_time(call)
            except ModelUnavailable as error:
                if error.busy:
                    self._places.refused(place)
                    self._leave()
                    place, refused = None, True
                raise
            self._places.served()
            return replace(reply, usage=reply.usage + Usage(calls=number - 1))

        try:
            return await self._patience.retry(attempt)
        finally:
            if refused:
                self._places.open()
            if place is not None:
                self._leave()

    def _leave(self) -> None:
        self._places.give()
        self._changed(-1)

    async def _in_time(self, call: Call) -> Reply:
        try:
            async with asyncio.timeout(self._patience.longest) as deadline:
                return await self._model.complete(call)
        except TimeoutError:
            if not deadline.expired():
                raise
        raise ModelUnavailable(
            f"{self.name} gave no reply within {self._patience.longest:g} s",
            "the server may be overloaded: fewer calls at once, or a longer deadline",
        )

    def _changed(self, by: int) -> None:
        self.in_flight += by
        if self._on_change:
            self._on_change(self.in_flight)


def _count_tries(number: int, error: ModelUnavailable) -> None:
    """Has `error` say how often it was tried."""
    if number > 1:
        error.args = (f"{error} (tried {number} times)",)


def beginning(call: Call) -> str:
    """What a call's messages begin with: it tells one text from another, and is the same for all questions about it."""
    return "\n".join(message.content[:BEGINNING] for message in call.messages)
