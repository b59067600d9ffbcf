"""`access`: LC-Boost (Qian et al. 2024, arXiv 2405.15318): how to get at the text, and what to do with each piece.

    way = planner(question)                                      -- task understanding: look up, or go through
    for each piece x_i on the way:
        action = reader(question, kept, x_i)                     -- one of move | append | merge | answer
        move: nothing is kept of x_i      append: kept ∪= its findings      merge: and lines of kept are dropped
        answer: the way ends here
    answer = manager(question, kept)                             -- or the aggregation, where the way came to its end

A small reconstruction: the paper's code was not to be had, its action names are; their wording, the size of a piece and
the number looked up are ours. So is a guard: "answer" ends the way only when something is kept, or at the second time
running. 2 + the pieces seen, at most 8 where they are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Note, Passage
from ..desk import Desk
from ..pools import within_memory
from ..state import Outcome, State, Task
from ..strategy import Strategy

TRIED = 8
"""Pieces tried where they are looked up."""
WAYS = (
    "look up: read the few pieces that look best for the question",
    "go through: read all pieces in order, where the answer is spread over the text or has to be counted or collected",
)
ACTIONS = (
    "move: this piece does not help; go on to the next one",
    "append: keep what you report of this piece, and go on",
    "merge: keep what you report, drop lines that are wrong or useless now, and go on",
    "answer: what is kept, with what you report, is enough to answer",
)
LOOK_UP, MOVE, MERGE, ANSWER = 0, 0, 2, 3


@dataclass(frozen=True, slots=True)
class Way:
    """Where the reading is: what comes next, the pieces on the way, which is next, and what is kept."""

    stage: str = "approach"
    pieces: tuple[int, ...] = ()
    at: int = 0
    kept: tuple[Note, ...] = ()
    eager: bool = False
    """Whether the last action was to answer, with nothing kept."""


class Access(Strategy):
    """Deciding step by step."""

    name = "access"
    searches = True

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.pieces

    def start(self, desk: Desk) -> Way:
        return Way()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        way: Way = state["slot"]
        needs = tuple(state["needs"])
        ended = way.at >= len(way.pieces) or state["limit"] is not None
        match way.stage:
            case "approach":
                return [Task("access", "planner", "approach", choices=WAYS, needs=needs)]
            case "piece" if not ended:
                spans = (self.units(desk)[way.pieces[way.at]].span,)
                return [Task("access", "reader", "piece", spans, way.kept, choices=ACTIONS, needs=needs)]
            case "piece" | "answer" if way.kept:
                return [Task("access", "manager", "answer", notes=way.kept, needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Way:
        way: Way = state["slot"]
        (outcome,) = outcomes
        if outcome.task.role == "planner":
            through = bool(outcome.chosen) and outcome.chosen[0] != LOOK_UP
            every = tuple(range(len(self.units(desk))))
            return Way("piece", every if through else self._best(desk) or every)
        if outcome.task.role == "manager":
            return replace(way, stage="done")
        if outcome.status == "limit":
            return way
        return self._done(way, outcome, desk)

    def _done(self, way: Way, outcome: Outcome, desk: Desk) -> Way:
        """After an action; without one the piece's findings are kept."""
        action = outcome.chosen[0] if outcome.chosen else None
        kept = way.kept
        if action != MOVE:
            dropped = outcome.drop if action == MERGE else ()
            held = [note for at, note in enumerate(way.kept) if at not in dropped]
            kept = within_memory([*held, *outcome.notes], "reader", desk)
        enough = action == ANSWER and (bool(kept) or way.eager)
        stage = "answer" if enough else "piece"
        return replace(way, stage=stage, at=way.at + 1, kept=kept, eager=action == ANSWER)

    def _best(self, desk: Desk) -> tuple[int, ...]:
        """The pieces that hold the best passages, best first."""
        place = {passage: at for at, (passage, _) in enumerate(desk.rank(desk.question))}
        best: list[tuple[int, int]] = []
        for at, unit in enumerate(self.units(desk)):
            ranks = [place[p] for p in desk.books[unit.document].passages_over(unit.span) if p in place]
            best += [(min(ranks), at)] if ranks else []
        return tuple(at for _, at in sorted(best)[:TRIED])

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return desk.rank(desk.question)
