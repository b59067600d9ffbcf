"""`find`: every place that concerns something. Each chunk is read once, in parallel; nothing is answered or merged.

    places = ∪ reader(what, c_i) over all chunks, in the order of the text

N calls for N chunks. What it does not list was read and found to be something else, or is named as unread. Words in
quotation marks are looked up by code, everywhere they stand, and take no call.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.types import Chunk
from ..desk import Desk
from ..said import quoted
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .sweep import unread


class Find(Strategy):
    """Every place, once.

    Args:
        what: is looked for.
    """

    name = "find"
    answers = False

    def __init__(self, what: str) -> None:
        self._said = quoted(what) is not None
        self.searches = not self._said
        """The search settles what readers are in doubt about."""

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> bool:
        """Whether everything was sent to readers."""
        return False

    def choose(self, state: State, desk: Desk) -> list[Task]:
        if state["slot"]:
            return []
        return [Task("find", "reader", "said" if self._said else "places", spans) for _, spans in unread(state, desk)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> bool:
        return True
