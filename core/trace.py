"""What is going on, for whoever watches: counts and notices, never text of documents."""

from __future__ import annotations

import time
from collections.abc import Hashable
from dataclasses import dataclass, replace

SLOW = 60.0
"""Seconds from which a reply is told to have been slow."""
MOST_SLOW = 5
"""Slow replies that are told: the slowest."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done now, and how far it is. `done` never exceeds `total`."""

    doing: str = ""
    """In a word or two."""
    done: int = 0
    total: int = 0
    """Parts that it consists of; 0 where that is not known."""
    share: float | None = None
    """Of the text, that was read so far; where the parts say nothing."""
    whole: bool = False
    """Whether all of the text is going to be read, so that its share tells how far it is."""

    @property
    def fraction(self) -> float | None:
        """How far it is, from 0 to 1; None where nobody knows."""
        if self.total > 1:
            return self.done / self.total
        return self.share if self.whole else None


class Trace:
    """The default watcher keeps the figures and shows nothing; the command line draws them."""

    def __init__(self) -> None:
        self.alone = Stage()
        """What is done outside of runs."""
        self.stages: dict[Hashable, Stage] = {}
        """By run, where runs are under way."""
        self.stopping = False
        """Whether the person wants the run to end with what it has: calls in flight are finished, none is sent."""
        self._flights: dict[object, int] = {}
        self._news = time.monotonic()
        self._slow: list[tuple[float, str]] = []
        self.notices: list[str] = []
        """What concerns all runs."""

    def notice(self, text: str) -> None:
        """Something the user should know, one line; said once."""
        if text not in self.notices:
            self.notices.append(text)
            self.on_notice(text)

    def passing(self, text: str) -> None:
        """Something that is so now, one line: told every time, and kept nowhere."""
        self.on_notice(text)

    def run_notice(self, text: str, notices: list[str]) -> None:
        """The same about one run, among whose own `notices` it is kept: it is no business of a run beside it."""
        if text not in notices:
            notices.append(text)
            self.on_run_notice(text)

    def progress(self, doing: str, done: int = 0, total: int = 0) -> None:
        """What is being done outside of runs, and how far it is."""
        self.alone = Stage(doing, min(done, total), total)
        self.on_change()

    def enter(self, run: Hashable, stage: Stage) -> None:
        """A run begins a stage."""
        self.stages[run] = stage
        self.on_change()

    def step(self, run: Hashable) -> None:
        """A run has done one more part of its stage."""
        stage = self.stages.get(run)
        if stage is not None:
            self.enter(run, replace(stage, done=min(stage.done + 1, stage.total)))

    def leave(self, run: Hashable) -> None:
        """A run is over."""
        self.stages.pop(run, None)
        self.on_change()

    @property
    def stage(self) -> Stage:
        """What is being done: by the one run, by all runs together, or outside of them."""
        stages = list(self.stages.values())
        if len(stages) < 2:
            return stages[0] if stages else self.alone
        doing = " and ".join(dict.fromkeys(stage.doing for stage in stages))
        return Stage(doing, sum(stage.done for stage in stages), sum(stage.total for stage in stages))

    @property
    def in_flight(self) -> int:
        """Calls that have been sent and not been answered."""
        return sum(self._flights.values())

    def flight(self, sender: object, calls: int) -> None:
        """How many calls of one sender are in flight now."""
        if not self.in_flight or calls < self._flights.get(sender, 0):
            self._news = time.monotonic()
        if calls:
            self._flights[sender] = calls
        else:
            # Every run has senders of its own: a long job would gather them.
            self._flights.pop(sender, None)
        self.on_change()

    @property
    def waited(self) -> float:
        """Seconds since a call came back, or the first was sent; 0 where none is in flight."""
        return time.monotonic() - self._news if self.in_flight else 0.0

    @property
    def waiting_for(self) -> list[str]:
        """Who has not answered yet."""
        return list(dict.fromkeys(map(str, list(self._flights))))

    def took(self, what: str, seconds: float) -> None:
        """How long a reply took; the slowest are remembered."""
        if seconds >= SLOW:
            self._slow = sorted([*self._slow, (seconds, what)], reverse=True)[:MOST_SLOW]

    @property
    def slow(self) -> list[str]:
        """The slowest replies, in words; none where all were quick."""
        return [f"{what} took {seconds:.0f} s" for seconds, what in self._slow]

    def on_notice(self, text: str) -> None:
        """For watchers."""

    def on_run_notice(self, text: str) -> None:
        """For watchers that tell runs apart."""
        self.on_notice(text)

    def on_change(self) -> None:
        """For watchers."""
