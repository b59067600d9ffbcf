"""Who takes the next free place: calls about the same text follow one another.

Servers keep the beginnings of prompts they have read; ten questions about one chunk, sent together, cost it little more
than one. Where questions run side by side, first come first served would lead each through the whole document instead.
"""

from __future__ import annotations

import asyncio
from collections import deque

RECENT = 32
"""Beginnings of prompts that a server is trusted to remember."""
PATIENCE = 256
"""Calls let past before whoever waits longest comes first."""

Turn = asyncio.Future[None]


class Turns:
    """Calls that wait, by what their prompts begin with."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Turn]] = {}
        self._sent: dict[str, None] = {}
        self._let_past = 0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def wait(self, beginning: str) -> Turn:
        """A turn at the end of its line; it is over when `next` hands it out."""
        turn: Turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(beginning, deque()).append(turn)
        return turn

    def next(self) -> Turn:
        """The turn that comes now; there must be one that waits."""
        beginning = self._best()
        line = self._waiting[beginning]
        turn = line.popleft()
        if not line:
            del self._waiting[beginning]
        if not turn.done():  # Else its call was cancelled meanwhile.
            self.sent(beginning)
        return turn

    def sent(self, beginning: str) -> None:
        """Remembers what the server is about to read."""
        self._sent.setdefault(beginning)
        while len(self._sent) > RECENT:
            del self._sent[next(iter(self._sent))]

    def _best(self) -> str:
        """The beginning that was sent first of those a server still has, else the one that has waited longest."""
        longest = next(iter(self._waiting))
        known = next((beginning for beginning in self._sent if beginning in self._waiting), longest)
        self._let_past = 0 if known == longest or self._let_past >= PATIENCE else self._let_past + 1
        return known if self._let_past else longest
