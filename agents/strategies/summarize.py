"""`summarize`: everything read in parallel, then condensed until it is short enough (map-reduce with a token budget).

    P = ∪ reader(focus, c_i) over all chunks                  -- points, each with its places
    while P does not fit one prompt:  P = ∪ memory_writer(focus, group) over groups of P
    summary = manager(focus, P)                               -- sentences, each with the places of its points

N calls for N chunks, a few for the groups, one for the summary. A part that could not be read is named in the coverage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.types import Chunk
from ..desk import Desk
from ..packing import PER_LINE, packed
from ..state import Outcome, Point, State, Task
from ..strategy import Strategy
from .sweep import unread

LEAST = 60
"""Words of a part's points at least."""
MOST = 150
"""And at most."""


@dataclass(frozen=True, slots=True)
class Heap:
    """The points so far, in the order of the text, and what becomes of them."""

    stage: str = "read"
    points: tuple[Point, ...] = ()


class Summarize(Strategy):
    """A summary of everything.

    Args:
        length: words of the summary.
    """

    name = "summarize"
    searches = False

    def __init__(self, length: int) -> None:
        self._length = length

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> Heap:
        return Heap()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        heap: Heap = state["slot"]
        if heap.stage == "read":
            parts = unread(state, desk)
            words = self._share(len(parts))
            return [Task("summary", "reader", "gist", spans, words=words) for _, spans in parts]
        groups = point_groups(heap.points, desk) if heap.stage == "condense" else []
        if len(groups) == 1:
            return [Task("summary", "manager", "condense", points=groups[0], words=self._length)]
        words = self._share(len(groups))
        return [Task("summary", "memory_writer", "condense", points=group, words=words) for group in groups]

    def _share(self, parts: int) -> int:
        """Words of each of so many parts: twice the summary in all, within reason."""
        return min(MOST, max(LEAST, 2 * self._length // max(1, parts)))

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Heap:
        heap: Heap = state["slot"]
        points = tuple(point for outcome in outcomes for point in outcome.points)
        over = outcomes[0].task.role == "manager" or not points
        # A model that does not shorten would go round for ever.
        stuck = heap.stage == "condense" and len(points) >= len(heap.points)
        return Heap("done" if over or stuck else "condense", points)


def point_groups(points: Sequence[Point], desk: Desk) -> list[tuple[Point, ...]]:
    """Points in order, in groups that one prompt has room for."""
    room = min(desk.room("memory_writer").text, desk.room("manager").text)
    return packed(points, (desk.models["manager"].count(point.text) + PER_LINE for point in points), room)
