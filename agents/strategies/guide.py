"""What walks through a concept graph do next, each from where it is: a part, a node's facts, the nodes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...core.types import Note, Span
from ..desk import Desk
from ..pools import within_memory
from ..state import Move, State, Task
from .terrain import Terrain
from .walk import END, Walk, in_words, moves_from

NEIGHBOURS = 20
"""Nodes that a neighbour is chosen from."""


class Guide:
    """Makes the tasks of one turn.

    Args:
        visited: nodes that walks were at.
        failed: parts that could not be read.
        opens: whether parts are read in full, or their facts alone.
    """

    def __init__(
        self, state: State, desk: Desk, terrain: Terrain, visited: Sequence[int], failed: Sequence[int], opens: bool
    ) -> None:
        self._state = state
        self._desk = desk
        self._terrain = terrain
        self._visited = visited
        self._opens = opens
        self._closed = set(failed)
        self.close(state["read"])

    def close(self, spans: Iterable[Span]) -> None:
        """No other walk is sent to the parts that `spans` begin in."""
        self._closed |= {self._terrain.part_at(span) for span in spans}

    def step(self, lane: str, walk: Walk) -> Task | None:
        """What a walk does next; None where it is over or there is nowhere to go."""
        if walk.stage == "over":
            return None
        task = self._part(lane, walk) or self._facts(lane, walk) or self._neighbours(lane, walk)
        return task and replace(task, choices=in_words(task.moves, self._terrain), needs=tuple(self._state["needs"]))

    def _part(self, lane: str, walk: Walk) -> Task | None:
        """The first part of the queue that nobody read, in full."""
        queue = [part for part in walk.queue if part not in self._closed] if walk.stage == "part" else []
        if not queue:
            return None
        spans = (self._terrain.parts[queue[0]].span,)
        moves = moves_from(queue, self._terrain, self._closed)
        return Task(lane, "explorer", "explore", spans, self._notebook(walk), moves=moves)

    def _facts(self, lane: str, walk: Walk) -> Task | None:
        """What the text says of the node, in parts that nobody read; those read stand for themselves by their notes."""
        facts = self._terrain.told_of(walk.node, self._closed) if walk.stage == "facts" else []
        if not facts:
            return None
        read = self._terrain.holds(walk.node) & self._closed
        noted = [note for note in self._state["notes"] if self._terrain.part_at(note.span) in read] if read else []
        moves = (*(Move("part", part) for part, _ in facts if self._opens), Move("leave"))
        node, told = self._terrain.graph.label(walk.node), tuple(points for _, points in facts)
        return Task(lane, "explorer", "facts", notes=self._notebook(walk, noted), node=node, facts=told, moves=moves)

    def _neighbours(self, lane: str, walk: Walk) -> Task | None:
        """The nodes beside this one that nobody was at."""
        nodes = self._terrain.neighbours(walk.node, self._visited, NEIGHBOURS)
        if not nodes:
            return None
        moves, node = (*(Move("node", node) for node in nodes), END), self._terrain.graph.label(walk.node)
        return Task(lane, "explorer", "neighbours", notes=self._notebook(walk), node=node, moves=moves)

    def _notebook(self, walk: Walk, others: Sequence[Note] = ()) -> tuple[Note, ...]:
        """What the walk noted, and `others`, as far as there is room."""
        return within_memory([*walk.notebook, *others], "explorer", self._desk)
