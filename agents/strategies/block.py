"""Several questions read for together: the first round of `sweep`, with one prompt a chunk for all of them.

    E_i = reader(q_1 … q_B, c_i)   for every chunk c_i, in parallel

What a reader found for a question goes to that one alone; from there on each goes its own way, as if the round had
been its own. One reading of the text in place of B; what it misses more often is what `clew probe` measures as `pq`.

Questions are numbered from 2. A finding that names none of them (a need left out is taken for need 1) is not lost: its
sentences go to every question, without its claim and without confidence, so that each reads there once more by itself.
Sentence numbers that were never printed count once: with the question they were given for, or else with the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.types import Chunk, Need, Note
from ..desk import Desk
from ..folding import after, beginning, fold
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .sweep import unread

FIRST = 2
"""Number of the first question."""


class Block(Strategy):
    """One reading of everything for several questions; its last slot is what came of it, chunk by chunk."""

    name = "block"
    searches = False
    answers = False

    def __init__(self, questions: Sequence[str]) -> None:
        self._needs = tuple(Need(number, text, "planner") for number, text in enumerate(questions, FIRST))

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> tuple[Outcome, ...]:
        return ()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        if state["turn"]:
            return []
        return [Task("sweep", "reader", "several", spans, needs=self._needs) for _, spans in unread(state, desk)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> tuple[Outcome, ...]:
        return tuple(outcomes)


def share(outcomes: Sequence[Outcome], at: int, question: str) -> list[Outcome]:
    """What a block's outcomes are for its question number `at`, from 0, as if it had been asked alone."""
    needs = (Need(1, question),)
    return [
        replace(
            outcome,
            task=replace(outcome.task, form="read", needs=needs),
            notes=tuple(_own(note) for note in outcome.notes if note.need in (FIRST + at, 1)),
            rejected=_rejected(outcome, at),
            astray=(),
        )
        for outcome in outcomes
    ]


def _rejected(outcome: Outcome, at: int) -> int:
    """How many references to nothing were made for question number `at`, or for the first for none of them."""
    asked = {need.number for need in outcome.task.needs}
    own = outcome.astray.count(FIRST + at)
    named = sum(number in asked for number in outcome.astray)
    return own if at else own + outcome.rejected - named


def _own(note: Note) -> Note:
    """A note as it stands in the ledger of a question it was made for, or may have been."""
    return replace(note, need=1) if note.need != 1 else replace(note, claim="", confidence=0.0)


def begun(strategy: Strategy, outcomes: Sequence[Outcome], desk: Desk) -> State:
    """The state of a strategy whose first turn came to `outcomes`."""
    before: State = {**beginning(desk.question, strategy.start(desk)), "turn": 1}
    folded = after(before, fold(before, list(outcomes)))
    return {**folded, "slot": strategy.remember(folded, outcomes, desk)}
