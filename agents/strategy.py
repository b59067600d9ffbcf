"""What a way of reading is: two pure functions over the state, and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ..core.types import Chunk, Passage
from .desk import Desk
from .state import Outcome, State, Task


class Strategy(Protocol):
    """A way of reading. Deterministic: equal states give equal tasks. What has a body here is inherited."""

    name: str
    searches: bool
    """Whether it needs the documents indexed."""
    answers: bool = True
    """Whether a manager is asked in the end, for whom a call is kept."""

    def units(self, desk: Desk) -> Sequence[Chunk | Passage]:
        """What its coverage counts, tiling the documents. Raises SettingsError where it cannot be used."""

    def start(self, desk: Desk) -> Any:
        """The strategy's slot at the beginning. Its annotation says of what type the slot is: a checkpoint holds it."""

    def choose(self, state: State, desk: Desk) -> list[Task]:
        """What to do next, in parallel; nothing when there is nothing left to do."""

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Any:
        """The slot after a turn. Notes, failures and counts are folded in by the graph."""

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        """Passages by rank where it retrieves, best first; empty where it does not."""
        return ()

    def route(self, state: State, desk: Desk) -> str | None:
        """Which way it went and why, for people; None where its name says it."""
        return None
