"""`sweep`: everything read in parallel against one shared memory (PI-Mem, 2608.03048; ExtAgents, 2505.21471).

    M = ∅
    up to three rounds:
        E_i = reader(question, needs, M, c_i)   for every chunk c_i, in parallel
        stop where no reader has news
        M = ledger ∪ E
        for k = 1, 2, 4, 8 …:  answer = manager(question, best k of M), until it is satisfied;
                               M is merged by the memory-writer, group by group, when k outgrows the manager's prompt
        where it is not: its missing things become needs, and the next round begins

The first round reads every chunk that was not read. A later one reads only where it can pay (ours): chunks that had
something, their neighbours, and those that look best for what is missing. N reads, the attempts, and about a third of N
for every later round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Note, Passage, Span
from ...memory.ledger import Covered, digest, ranked
from ..desk import Desk
from ..state import Outcome, State, Task

LOOKED_UP = 8
"""Passages whose chunks are read again for every open need."""


@dataclass(frozen=True, slots=True)
class Round:
    """Where the sweep is: what comes next, which round it is, and how many notes there were when it began."""

    stage: str = "read"
    number: int = 1
    notes: int = 0
    view: tuple[Note, ...] = ()
    """The shared memory M, as readers see it."""
    pool: tuple[Note, ...] = ()
    """What the manager's attempts draw from, best first."""
    attempt: int = 1
    """Notes of the next attempt."""


class Sweep:
    """Parallel reading in rounds.

    Args:
        rounds: at most so many.
    """

    name = "sweep"
    searches = True

    def __init__(self, rounds: int = 3) -> None:
        self._rounds = rounds

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> Round:
        return Round()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        turn: Round = state["slot"]
        needs = tuple(need for need in state["needs"] if need.status != "abandoned")
        match turn.stage:
            case "read":
                return [
                    Task("sweep", "reader", "read", spans, turn.view, needs=needs) for spans in self._spans(state, desk)
                ]
            case "merge":
                return [
                    Task("sweep", "memory_writer", "merge", notes=group, needs=needs)
                    for group in grouped(turn.pool, desk)
                ]
            case "answer":
                return [Task("sweep", "manager", "answer", notes=turn.pool[: turn.attempt], needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Round:
        turn: Round = state["slot"]
        match turn.stage:
            case "read":
                known = Covered(note.span for note in state["notes"][: turn.notes])
                if all(known.overlaps(note.span) for note in state["notes"][turn.notes :]):
                    return replace(turn, stage="done")
                return replace(turn, stage="answer", pool=tuple(ranked(state["notes"])), attempt=1)
            case "merge":
                pool = merged(outcomes)
                shrunk = len(pool) < len(turn.pool) and pool
                stage = self._after(pool[: turn.attempt], desk) if shrunk else "answer"
                return replace(turn, stage=stage, pool=pool or turn.pool)
        return self._judged(state, turn, desk)

    def _after(self, shown: Sequence[Note], desk: Desk) -> str:
        """Whether what the manager is to be shown has outgrown its prompt."""
        return "merge" if sum(map(desk.note_size, shown)) > desk.room("manager").text else "answer"

    def _judged(self, state: State, turn: Round, desk: Desk) -> Round:
        """After an attempt: done, a larger attempt, or another round."""
        ruling = state["ruling"]
        if (ruling and ruling.satisfied) or state["limit"] is not None:
            return replace(turn, stage="done")
        if turn.attempt < len(turn.pool):
            more = 2 * turn.attempt
            return replace(turn, stage=self._after(turn.pool[:more], desk), attempt=more)
        if turn.number >= self._rounds:
            return replace(turn, stage="done")
        view = digest(state["notes"], desk.room("reader").memory, desk.note_size, list(desk.books))
        return replace(turn, stage="read", number=turn.number + 1, notes=len(state["notes"]), view=view)

    def _spans(self, state: State, desk: Desk) -> list[tuple[Span, ...]]:
        """What each reader of this round reads."""
        turn: Round = state["slot"]
        if turn.number == 1:
            return [spans for _, spans in unread(state, desk)]
        return [(chunk.span,) for chunk in self._paying(state, desk)]

    def _paying(self, state: State, desk: Desk) -> list[Chunk]:
        """Chunks that had something, their neighbours, and those that look best for what is still open."""
        news = Covered(note.span for note in state["notes"])
        looked_up = Covered(
            passage.span
            for need in state["needs"]
            if need.status == "open"
            for passage, _ in desk.rank(need.text)[:LOOKED_UP]
        )
        chunks = desk.chunks
        hits = {at for at, chunk in enumerate(chunks) if news.overlaps(chunk.span)}
        near = {at + step for at in hits for step in (-1, 0, 1)}
        return [chunk for at, chunk in enumerate(chunks) if at in near or looked_up.overlaps(chunk.span)]

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return ()


def unread(state: State, desk: Desk) -> list[tuple[Chunk, tuple[Span, ...]]]:
    """Chunks that were not read, each with what is to be read of it.

    That is all of it where most of it is unread: a chunk's prompt is then the same for every question, and a server
    that has read it for one question has it for all.
    """
    read = Covered([*state["read"], *(failure.span for failure in state["failed"])])
    found = []
    for chunk in desk.chunks:
        rest = tuple(read.rest(chunk.span))
        if any(desk.text(span).strip() for span in rest):
            most = 2 * sum(span.end - span.start for span in rest) > chunk.end - chunk.start
            found.append((chunk, (chunk.span,) if most else rest))
    return found


def grouped(notes: Sequence[Note], desk: Desk) -> list[tuple[Note, ...]]:
    """Notes in groups that a memory-writer's prompt has room for, in order."""
    room = desk.room("memory_writer").text
    groups: list[list[Note]] = []
    left = 0
    for note in notes:
        cost = desk.note_size(note) + PER_EXHIBIT
        if not groups or cost > left:
            groups.append([])
            left = room
        left -= cost
        groups[-1].append(note)
    return [tuple(group) for group in groups]


PER_EXHIBIT = 60
"""Tokens of the mark and the source of a piece of evidence."""


def merged(outcomes: Sequence[Outcome]) -> tuple[Note, ...]:
    """What the memory-writers kept, best first; a group whose writer failed is kept whole."""
    kept = [note for outcome in outcomes for at, note in enumerate(outcome.task.notes) if at not in outcome.drop]
    return tuple(ranked(kept))
