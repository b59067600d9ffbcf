"""What embedding took, told apart by the question it was done for: many share one embedder, from several threads.

The bill goes with the context: whatever a question starts, tasks and threads that take its context along, adds to it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ..core.types import Usage


class Bill:
    """A sum that may be added to from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.usage = Usage()

    def add(self, usage: Usage) -> None:
        """Adds `usage`."""
        with self._lock:
            self.usage += usage


_OPEN: ContextVar[Bill | None] = ContextVar("bill", default=None)


@contextmanager
def billed() -> Iterator[Bill]:
    """The bill of all that is embedded within."""
    bill = Bill()
    token = _OPEN.set(bill)
    try:
        yield bill
    finally:
        _OPEN.reset(token)


def whose(otherwise: Bill) -> Bill:
    """The bill of the question that is being asked, `otherwise` where there is none."""
    return _OPEN.get() or otherwise
