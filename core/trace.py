"""What is going on, for whoever watches: counts and notices, never text of documents."""

from __future__ import annotations


class Trace:
    """The default watcher keeps the figures and shows nothing; the command line draws them."""

    def __init__(self) -> None:
        self.read = 0
        """Chunks read so far."""
        self.chunks = 0
        """Chunks there are to read."""
        self._flights: dict[object, int] = {}
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
        self._flights[sender] = calls
        self.on_change()

    def on_notice(self, text: str) -> None:
        """For watchers."""

    def on_change(self) -> None:
        """For watchers."""
