"""`memory`: MemAgent (Yu et al. 2025, arXiv 2507.02259), and InfMem's look-back (arXiv 2602.02704) as a choice.

    m_0 = ∅
    for each segment s_t in order:  m_t = writer(question, m_{t-1}, s_t)     -- the whole reply becomes the memory
    answer = manager(question, m_T)

Segments of 5,000 tokens, or what the window has room for; a memory of at most 1,024 tokens and an eighth of the window,
rewritten in full at every step. N + 1 calls for N segments, all in sequence.

Ours: segments are runs of whole passages, which stand first in the prompt, and nothing is left out of a text however
long (the published code drops the middle). Beside the new memory the writer returns the numbers of the sentences it
used. They go into the ledger, so what an overwritten memory forgets is not lost: the manager sees the best evidence
beside the last memory (`message` "lines"), or, as in the paper, the memory alone ("prose"), in which case nothing can
be cited. The paper trains its model to keep such a memory; ours is as it comes.

InfMem, before every segment but the first, at most 2 N calls in all:

    enough, query = planner(question, m_{t-1}, earlier queries)
    m_t = writer(question, m_{t-1}, s_t, passages elsewhere in the text that look best for the query)  -- `lookback`
    reading ends when `enough` was said so many times running; in the paper three                     -- `stops`

Its passages are ranked as all searches here are and taken up to 1,000 tokens, where the paper ranks pieces of 500 by
words alone. A planner that failed looks up the question, and has not said `enough`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.options import MessageForm
from ...core.types import Chunk, Span
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..packing import printed_size
from ..state import Outcome, State, Task
from ..strategy import Strategy

SEGMENT = 5000
"""Tokens of a segment, where the window has room for them."""
LOOKED_UP = 1000
"""Tokens of passages looked up for one segment, and never more than a third of the room for text."""
SHOWN = 8
"""Latest queries that the planner is shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where the reading is: what comes next, the next segment, and the memory m."""

    stage: str = "write"
    at: int = 0
    memory: str = ""
    queries: tuple[str, ...] = ()
    found: tuple[Span, ...] = ()
    """Passages looked up for the next segment."""
    enough: int = 0
    """How many times running nothing was missing."""


class MemAgent(Strategy):
    """Sequential reading with one overwritten memory.

    Args:
        message: "lines" shows the manager the ledger's best evidence beside the memory; "prose" the memory alone.
        lookback: whether passages elsewhere are looked up before a segment is read.
        stops: times running that nothing may be missing before reading ends; 0 reads everything.
        segment: tokens of a segment, where the window has room for them.
    """

    name = "memory"

    def __init__(
        self, message: MessageForm = "lines", lookback: bool = False, stops: int = 0, segment: int = SEGMENT
    ) -> None:
        self.searches = self._lookback = lookback
        self._lines = message == "lines"
        self._stops = stops
        self._segment = segment

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.cut(min(self._segment, desk.room("memory_writer").text - self._aside(desk)))

    def start(self, desk: Desk) -> Reading:
        return Reading()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        reading: Reading = state["slot"]
        needs = tuple(state["needs"])
        match self._stage(state, desk):
            case "recall":
                return [Task("memory", "planner", "recall", message=reading.memory, needs=needs, tried=reading.queries)]
            case "write":
                spans = (self.units(desk)[reading.at].span, *reading.found)
                return [Task("memory", "memory_writer", "write", spans, message=reading.memory, needs=needs)]
            case "answer":
                notes = tuple(ranked(state["notes"])) if self._lines else ()
                return [Task("memory", "manager", "answer", notes=notes, message=reading.memory, needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Reading:
        reading: Reading = state["slot"]
        (outcome,) = outcomes
        if outcome.task.role == "manager":
            return replace(reading, stage="done")
        if outcome.status == "limit":
            return reading
        if outcome.task.role == "planner":
            # A planner that failed has not said that nothing is missing.
            query = outcome.message or ("" if outcome.enough else desk.question)
            found = self._elsewhere(query, reading.at, desk) if self._lookback and query else ()
            queries = (*reading.queries, query)[-SHOWN:] if query else reading.queries
            enough = reading.enough + 1 if outcome.enough else 0
            return replace(reading, stage="write", queries=queries, found=found, enough=enough)
        memory = outcome.message or reading.memory
        return replace(reading, stage="recall", at=reading.at + 1, memory=memory, found=())

    def _stage(self, state: State, desk: Desk) -> str:
        """What is next: the slot's stage, unless reading has ended or there is nobody to plan it."""
        reading: Reading = state["slot"]
        if reading.stage == "done":
            return "done"
        stopped = self._stops and reading.enough >= self._stops
        if stopped or reading.at >= len(self.units(desk)) or state["limit"] is not None:
            return "answer" if reading.memory or state["notes"] else "done"
        return reading.stage if self._lookback or self._stops else "write"

    def _aside(self, desk: Desk) -> int:
        """Tokens kept free for passages looked up."""
        return min(LOOKED_UP, desk.room("memory_writer").text // 3) if self._lookback else 0

    def _elsewhere(self, query: str, at: int, desk: Desk) -> tuple[Span, ...]:
        """The best passages for `query` outside the segment at `at`, in order of rank, up to their room."""
        current, left = Covered([self.units(desk)[at].span]), self._aside(desk)
        found: list[Span] = []
        for passage, _ in desk.rank(query):
            if current.overlaps(passage.span):
                continue
            left -= printed_size(passage.span, "memory_writer", desk)
            if left < 0:
                break
            found.append(passage.span)
        return tuple(found)
