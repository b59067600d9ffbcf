"""An event loop whose clock jumps: sleeping takes no time, so that a simulated server can be simulated for hours."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from typing import Any


class VirtualLoop(asyncio.SelectorEventLoop):
    """When nothing is left to do but to wait, the clock goes on to the next event. Threads are waited for really."""

    def __init__(self) -> None:
        self._now = 0.0
        self._threads = 0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        return self._now

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        self._threads += 1
        future = super().run_in_executor(executor, func, *arguments)
        future.add_done_callback(self._ended)
        return future

    def _ended(self, _: object) -> None:
        self._threads -= 1

    def jump(self, seconds: float | None) -> bool:
        """Goes on by `seconds`, unless a thread is at work or nothing will ever happen by itself."""
        if self._threads or not seconds or seconds < 0:
            return False
        self._now += seconds
        return True


class _Jumping(selectors.DefaultSelector):
    """Waits for nothing but threads."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        jumped = self._loop.jump(timeout)
        return super().select(0 if jumped else timeout)
