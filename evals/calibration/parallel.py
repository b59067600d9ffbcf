"""Two published ways of reading in parallel, as plain as they were published, to calibrate with and to compare with.

`Blind`    Chain-of-Agents' baseline "Merge" (arXiv 2406.02818, section 5): every chunk is asked the question by
           itself, one of the answers is taken. Ours is taken by the weight of its evidence, theirs by votes.
`Rounds`   PI-Mem (arXiv 2608.03048): every chunk is read in every round, with a memory that all share; reading
           ends with a round that brings no news, and one answer is given at the very end. `sweep` is this with
           attempts at an answer after each round, and with later rounds only where they can pay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...agents.desk import Desk
from ...agents.state import Outcome, Ruling, State, Task
from ...agents.strategy import Strategy
from ...core.types import Chunk, Note
from ...memory.ledger import Covered, digest, ranked


class Blind(Strategy):
    """An answer from each chunk alone."""

    name = "blind"
    searches = False

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> tuple[Ruling, ...] | None:
        """What the chunks said; None before they are asked, nothing when one of them was taken."""
        return None

    def choose(self, state: State, desk: Desk) -> list[Task]:
        said: tuple[Ruling, ...] | None = state["slot"]
        if said is None:
            return [Task("blind", "manager", "whole", (chunk.span,)) for chunk in desk.chunks]
        return [Task("blind", "manager", "select", rulings=said)] if said else []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> tuple[Ruling, ...]:
        if state["slot"] is not None:
            return ()
        return tuple(outcome.ruling for outcome in outcomes if outcome.ruling is not None)


@dataclass(frozen=True, slots=True)
class Pass:
    """Which round it is, how many notes there were when it began, and the memory that its readers see."""

    number: int = 1
    notes: int = 0
    view: tuple[Note, ...] = ()
    stage: str = "read"


class Rounds(Strategy):
    """PI-Mem's loop.

    Args:
        most: rounds.
    """

    name = "rounds"
    searches = False

    def __init__(self, most: int = 3) -> None:
        self._most = most

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> Pass:
        return Pass()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        turn: Pass = state["slot"]
        needs = tuple(state["needs"])
        match turn.stage:
            case "read":
                return [Task("rounds", "reader", "read", (one.span,), turn.view, needs=needs) for one in desk.chunks]
            case "answer":
                return [Task("rounds", "manager", "answer", notes=tuple(ranked(state["notes"])), needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Pass:
        turn: Pass = state["slot"]
        if turn.stage == "answer":
            return replace(turn, stage="done")
        known = Covered(note.span for note in state["notes"][: turn.notes])
        news = any(not known.overlaps(note.span) for note in state["notes"][turn.notes :])
        if not news or turn.number >= self._most:
            return replace(turn, stage="answer")
        view = digest(state["notes"], desk.room("reader").memory, desk.note_size, list(desk.books))
        return Pass(turn.number + 1, len(state["notes"]), view)
