"""One event loop in a thread of its own, so that asynchronous work can be called from anywhere, notebooks included.

What asynchronous work shares, connections and turns among them, belongs to the loop it was first used on. So all of it
is done on this one, whichever thread or other loop it is wanted from.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from .errors import StoreError

T = TypeVar("T")


class Loop:
    """Runs coroutines to their end. The thread starts on first use; any thread may use it, until `close`."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._process = os.getpid()
        self._closed = False

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`. Ctrl-C cancels it. Raises StoreError where it cannot be begun, or `close` ended it."""
        future = self._begun(work)
        try:
            return future.result()
        except CancelledError:
            if self._closed:
                raise _closed() from None
            raise
        except BaseException:
            future.cancel()
            raise

    async def bring(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which is done on this loop, for whichever loop waits for it. Raises what `run` does."""
        if asyncio.get_running_loop() is self._loop:
            return await work
        future = self._begun(work)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if self._closed and future.cancelled():
                raise _closed() from None
            raise

    def _begun(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        try:
            with self._starting:
                return asyncio.run_coroutine_threadsafe(work, self._started())
        except StoreError:
            work.close()
            raise

    def _started(self) -> asyncio.AbstractEventLoop:
        if self.foreign:
            raise StoreError("this Clew was made by another process", "make one in every process: with Clew(…) as clew")
        if self._closed:
            raise _closed()
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="clew", daemon=True)
            self._thread.start()
        return self._loop

    @property
    def foreign(self) -> bool:
        """Whether this process is a fork of the one that made it: then the thread is not here."""
        return self._process != os.getpid()

    def close(self) -> None:
        """Cancels what still runs and ends the thread. Nothing is run from then on."""
        if self.foreign:
            return
        with self._starting:
            self._closed = True
            loop, self._loop = self._loop, None
        if loop is None or self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(_cancel_others(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join()
        loop.close()


def _closed() -> StoreError:
    return StoreError("this Clew was closed", "ask inside `with Clew(…) as clew:`, or before `close`")


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
