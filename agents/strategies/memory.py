"""`memory`: MemAgent (Yu et al. 2025, arXiv 2507.02259), and InfMem's look-back (arXiv 2602.02704) as a choice.

    m_0 = ∅
    for each segment s_t in order:  m_t = writer(question, m_{t-1}, s_t)     -- the whole reply becomes the memory
    answer = manager(question, m_T)

Segments of 5,000 tokens, or what the window has room for; a memory of 1,024 tokens, rewritten in full at every step.
N + 1 calls for N segments, all in sequence.

Ours: beside the new memory the writer returns the numbers of the sentences it used. They go into the ledger, so what an
overwritten memory forgets is not lost: the manager sees the best evidence beside the last memory (`message` "lines"),
or, as in the paper, the memory alone ("prose"), in which case nothing can be cited.

InfMem, before every segment but the first, at most 2 N calls in all:

    enough, query = planner(question, m_{t-1}, earlier queries)
    m_t = writer(question, m_{t-1}, s_t, passages elsewhere in the text that look best for the query)  -- `lookback`
    reading ends when `enough` was said so many times running                                         -- `stops`
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Passage, Span
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..packing import PER_EXCERPT, PER_SENTENCE
from ..state import Outcome, State, Task
from .choices import MessageForm

SEGMENT = 5000
"""Tokens of a segment, where the window has room for them."""
LOOKED_UP = 1000
"""Tokens of passages looked up for one step, and never more than a third of the room for text."""
SHOWN = 8
"""Latest queries that the planner is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the reading is: what comes next, the next segment, and the memory m."""

    stage: str = "write"
    at: int = 0
    memory: str = ""
    queries: tuple[str, ...] = ()
    found: tuple[Span, ...] = ()
    """Passages looked up for the next segment."""
    enough: int = 0
    """How many times running nothing was missing."""


class MemAgent:
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

    def start(self, desk: Desk) -> Step:
        return Step()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        step: Step = state["slot"]
        needs = tuple(state["needs"])
        match self._stage(state, desk):
            case "recall":
                return [Task("memory", "planner", "recall", message=step.memory, needs=needs, tried=step.queries)]
            case "write":
                spans = (self.units(desk)[step.at].span, *step.found)
                return [Task("memory", "memory_writer", "write", spans, message=step.memory, needs=needs)]
            case "answer":
                notes = tuple(ranked(state["notes"])) if self._lines else ()
                return [Task("memory", "manager", "answer", notes=notes, message=step.memory, needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Step:
        step: Step = state["slot"]
        (outcome,) = outcomes
        if outcome.task.role == "manager":
            return replace(step, stage="done")
        if outcome.status == "limit":
            return step
        if outcome.task.role == "planner":
            # A planner that failed has not said that nothing is missing.
            query = outcome.message or ("" if outcome.enough else desk.question)
            found = self._elsewhere(query, step.at, desk) if self._lookback and query else ()
            queries = (*step.queries, query)[-SHOWN:] if query else step.queries
            enough = step.enough + 1 if outcome.enough else 0
            return replace(step, stage="write", queries=queries, found=found, enough=enough)
        memory = outcome.message or step.memory
        return replace(step, stage="recall", at=step.at + 1, memory=memory, found=())

    def _stage(self, state: State, desk: Desk) -> str:
        """What is next: the slot's stage, unless reading has ended or there is nobody to plan it."""
        step: Step = state["slot"]
        if step.stage == "done":
            return "done"
        stopped = self._stops and step.enough >= self._stops
        if stopped or step.at >= len(self.units(desk)) or state["limit"] is not None:
            return "answer" if step.memory or state["notes"] else "done"
        return step.stage if self._lookback or self._stops else "write"

    def _aside(self, desk: Desk) -> int:
        """Tokens kept free for passages looked up."""
        return min(LOOKED_UP, desk.room("memory_writer").text // 3) if self._lookback else 0

    def _elsewhere(self, query: str, at: int, desk: Desk) -> tuple[Span, ...]:
        """The best passages for `query` outside the segment at `at`, in order of rank, up to their room."""
        current, left = Covered([self.units(desk)[at].span]), self._aside(desk)
        count = desk.models["memory_writer"].count
        found: list[Span] = []
        for passage, _ in desk.rank(query):
            if current.overlaps(passage.span):
                continue
            sentences = desk.books[passage.document].sentences_in(passage.span)
            left -= count(desk.text(passage.span)) + PER_SENTENCE * len(sentences) + PER_EXCERPT
            if left < 0:
                break
            found.append(passage.span)
        return tuple(found)

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return ()
