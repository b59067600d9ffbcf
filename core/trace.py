"""What is going on, for whoever watches: counts and notices, never text of documents."""

from __future__ import annotations

import time

SLOW = 60.0
"""Seconds from which a stretch of text that was read is told to have been slow."""
MOST_SLOW = 5
"""Slow stretches that are told."""


class Trace:
    """The default watcher keeps the figures and shows nothing; the command line draws them."""

    def __init__(self) -> None:
        self.read = 0
        """Chunks read so far."""
        self.chunks = 0
        """Chunks there are to read."""
        self.stopping = False
        """Whether the person wants the run to end with what it has: calls in flight are finished, none is sent."""
        self._flights: dict[object, int] = {}
        self._news = time.monotonic()
        self._slow = 0
        self.doing = ""
        """What is being done, in a word or two."""
        self.notices: list[str] = []

    def notice(self, text: str) -> None:
        """Something the user should know, one line; said once."""
        if text not in self.notices:
            self.notices.append(text)
            self.on_notice(text)

    def progress(self, doing: str, read: int | None = None, chunks: int | None = None) -> None:
        """What is being done, and how far it is."""
        self.doing = doing
        self.read = self.read if read is None else read
        self.chunks = self.chunks if chunks is None else chunks
        self.on_change()

    @property
    def in_flight(self) -> int:
        """Calls that have been sent and not been answered."""
        return sum(self._flights.values())

    def flight(self, sender: object, calls: int) -> None:
        """How many calls of one sender are in flight now."""
        if not self.in_flight or calls < self._flights.get(sender, 0):
            self._news = time.monotonic()
        self._flights[sender] = calls
        self.on_change()

    @property
    def waited(self) -> float:
        """Seconds since a call came back, or the first was sent; 0 where none is in flight."""
        return time.monotonic() - self._news if self.in_flight else 0.0

    @property
    def waiting_for(self) -> list[str]:
        """Who has not answered yet."""
        return list(dict.fromkeys(str(sender) for sender, calls in self._flights.items() if calls))

    def took(self, where: str, seconds: float) -> None:
        """How long a stretch of text took; the slow ones are told."""
        if seconds >= SLOW and self._slow < MOST_SLOW:
            self._slow += 1
            self.notice(f"{where} took {seconds:.0f} s")

    def on_notice(self, text: str) -> None:
        """For watchers."""

    def on_change(self) -> None:
        """For watchers."""
