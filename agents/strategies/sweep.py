"""`sweep`: everything read in parallel against one shared memory (PI-Mem, 2608.03048; ExtAgents, 2505.21471).

    M = ∅
    up to three rounds:
        E_i = reader(question, needs, M, c_i)   for every chunk c_i, in parallel
        M = ledger ∪ E
        on to the next round while a need has no evidence and a reader had news  (ours)
        for k = 8, 16, 32 …:  answer = manager(question, best k of M, the best for each need first), until it is
                              satisfied and these k hold evidence for every need (ours);
                              M is merged by the memory-writer, group by group, when k outgrows the manager's prompt
        where it is not: its missing things become needs, and the next round begins

The first round reads every chunk that was not read. A later one reads only where it can pay (ours): chunks that had
something, their neighbours, and those that look best for what is missing. N reads, the attempts, and about a third of N
for every later round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Note, Span
from ...memory.ledger import Covered
from ..desk import Desk
from ..needs import rewritten, unmet
from ..pools import covering, evidence_size, merged, note_groups, view
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .hop import queries

FIRST = 8
"""Notes of the first attempt, where there are no more needs: sentences, so that they take a few hundred tokens."""
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
    judged: int = 0
    """Notes that the manager has ruled on."""
    pool: tuple[Note, ...] = ()
    """What the manager's attempts draw from, best first."""
    attempt: int = FIRST
    """Notes of the next attempt."""


class Sweep(Strategy):
    """Parallel reading in rounds.

    Args:
        rounds: at most so many.
        at_once: whether the manager is shown all evidence together, as a question about the whole needs it.
    """

    name = "sweep"
    searches = True

    def __init__(self, rounds: int = 3, at_once: bool = False) -> None:
        self._rounds = rounds
        self._at_once = at_once

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> Round:
        return Round()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        turn: Round = state["slot"]
        needs = rewritten(state["needs"], state["notes"])
        match turn.stage:
            case "read":
                return [
                    Task("sweep", "reader", "read", spans, turn.view, needs=needs) for spans in self._spans(state, desk)
                ]
            case "merge":
                return [
                    Task("sweep", "memory_writer", "merge", notes=group, needs=needs)
                    for group in note_groups(turn.pool, desk)
                ]
            case "answer":
                return [Task("sweep", "manager", "answer", notes=turn.pool[: turn.attempt], needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Round:
        turn: Round = state["slot"]
        match turn.stage:
            case "read":
                return self._after_reading(state, turn, desk)
            case "merge":
                pool = covering(merged(outcomes))
                shrunk = len(pool) < len(turn.pool) and pool
                stage = self._after(pool[: turn.attempt], desk) if shrunk else "answer"
                return replace(turn, stage=stage, pool=pool or turn.pool)
        return self._judged(state, turn, desk)

    def _after_reading(self, state: State, turn: Round, desk: Desk) -> Round:
        """To the next round while a need has no evidence and this one brought news; then to the manager."""
        known = Covered(note.span for note in state["notes"][: turn.notes])
        news = not all(known.overlaps(note.span) for note in state["notes"][turn.notes :])
        if news and turn.number < self._rounds and unmet(state["needs"], state["notes"]) and state["limit"] is None:
            return self._next(state, turn, desk)
        if len(state["notes"]) == turn.judged or (not news and state["ruling"]):
            return replace(turn, stage="done")
        pool = covering(state["notes"])
        first = len(pool) if self._at_once else max(FIRST, len(state["needs"]))
        return replace(turn, stage=self._after(pool[:first], desk), pool=pool, attempt=first)

    def _next(self, state: State, turn: Round, desk: Desk) -> Round:
        known = len(state["notes"])
        return replace(turn, stage="read", number=turn.number + 1, notes=known, view=view(state, desk))

    def _after(self, shown: Sequence[Note], desk: Desk) -> str:
        """Whether what the manager is to be shown has outgrown its prompt."""
        size = sum(evidence_size(note, desk) for note in shown)
        return "merge" if size > desk.room("manager").text else "answer"

    def _judged(self, state: State, turn: Round, desk: Desk) -> Round:
        """After an attempt: done, a larger attempt, or another round."""
        ruling = state["ruling"]
        whole = ruling and ruling.satisfied and not unmet(state["needs"], turn.pool[: turn.attempt])
        if whole or state["limit"] is not None:
            return replace(turn, stage="done")
        if turn.attempt < len(turn.pool):
            more = 2 * turn.attempt
            return replace(turn, stage=self._after(turn.pool[:more], desk), attempt=more)
        turn = replace(turn, judged=len(state["notes"]))
        return self._next(state, turn, desk) if turn.number < self._rounds else replace(turn, stage="done")

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
            passage.span for query in queries(state, desk) for passage, _ in desk.rank(query)[:LOOKED_UP]
        )
        chunks = desk.chunks
        hits = [chunk for chunk in chunks if news.overlaps(chunk.span)]
        near = {(chunk.document, chunk.index + step) for chunk in hits for step in (-1, 0, 1)}
        return [chunk for chunk in chunks if (chunk.document, chunk.index) in near or looked_up.overlaps(chunk.span)]


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
