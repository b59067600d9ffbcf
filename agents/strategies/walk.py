"""One walk through the concept graph: where it is, what it may do next, and what becomes of it. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...core.types import Note
from ..state import Move, Outcome
from .terrain import Terrain

END = Move("end")
SAYS = {
    "next": "read the next part in the queue",
    "before": "read the part before this one",
    "after": "read the part after this one",
    "leave": "go on to the neighbouring nodes",
    "end": "end this walk",
}
"""Actions in words."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a walk is. Its notebook is a view of the ledger."""

    node: int
    stage: Literal["facts", "part", "neighbours", "over"] = "facts"
    queue: tuple[int, ...] = ()
    """Parts to be read, the next first."""
    notebook: tuple[Note, ...] = ()
    actions: int = 0
    ends: int = 0
    """Times that the walk was to end with nothing noted."""


def moves_from(queue: Sequence[int], terrain: Terrain, closed: Collection[int]) -> tuple[Move, ...]:
    """What may be done after the first part of the queue was read."""
    here, rest = queue[0], queue[1:]
    moves = [Move("next", rest[0]) if rest else Move("leave")]
    for kind, step in (("before", -1), ("after", 1)):
        part = terrain.beside(here, step)
        if part is not None and part not in closed:
            moves.append(Move("before" if kind == "before" else "after", part))
    return (*moves, END)


def in_words(moves: Sequence[Move], terrain: Terrain) -> tuple[str, ...]:
    """The moves as they are printed; the part that the n-th of them reads is the n-th that is shown."""
    said = {"node": lambda at, move: terrain.graph.label(move.to), "part": lambda at, move: f"read part {at} in full"}
    return tuple(said[m.kind](at, m) if m.kind in said else SAYS[m.kind] for at, m in enumerate(moves, 1))


def gone_on(walk: Walk, outcome: Outcome, visited: Collection[int]) -> Walk:
    """`walk` after the step that `outcome` tells of."""
    walk = replace(walk, actions=walk.actions + 1, notebook=(*walk.notebook, *outcome.notes))
    match outcome.task.form:
        case "facts":
            return _after_facts(walk, outcome)
        case "explore":
            return _after_part(walk, outcome)
    return _after_neighbours(walk, outcome, visited)


def _after_facts(walk: Walk, outcome: Outcome) -> Walk:
    """To the parts that were chosen, or on to the neighbours."""
    moves = [outcome.task.moves[at] for at in outcome.chosen]
    if outcome.status == "failed":
        # The explorer could not be asked: the nearest part is read.
        moves = [outcome.task.moves[0]]
    queue = tuple(move.to for move in moves if move.kind == "part")
    return replace(walk, stage="part" if queue else "neighbours", queue=queue)


def _after_part(walk: Walk, outcome: Outcome) -> Walk:
    """To the next part of the queue, which may be the one before or after; else to the neighbours, or to the end."""
    move = outcome.task.moves[outcome.chosen[0] if outcome.status == "done" else 0]
    queue = walk.queue[1:]
    if move.kind in ("before", "after"):
        queue = (move.to, *queue)
    if move.kind == "end":
        if walk.notebook or walk.ends:
            return replace(walk, stage="over")
        walk = replace(walk, ends=walk.ends + 1)
    return replace(walk, stage="part" if queue else "neighbours", queue=queue)


def _after_neighbours(walk: Walk, outcome: Outcome, visited: Collection[int]) -> Walk:
    """To the facts of the node that was chosen, or to the end."""
    moves = outcome.task.moves
    move = moves[outcome.chosen[0]] if outcome.status == "done" else END
    if move == END and outcome.status == "done" and not walk.notebook and not walk.ends:
        walk, move = replace(walk, ends=walk.ends + 1), moves[0]
    if move.kind == "node" and move.to in visited:
        # Another walk went there at the same time.
        move = next((other for other in moves if other.kind == "node" and other.to not in visited), END)
    return replace(walk, stage="over") if move == END else replace(walk, stage="facts", node=move.to)
