"""`tree`: summaries to find the place by; the place itself is always opened again (a small reconstruction).

    g_i = reader(c_i)                       for every piece c_i of the text, in parallel, whatever the question
    while the summaries outgrow a prompt:   of every 8 neighbours one is made    -- RAPTOR, MemWalker: a tree
    P = planner(question, summaries)        from the root down to pieces, at most 5 at a level
    E = ∪ reader(question, c) over P        -- ReadAgent's parallel look-up
    answer = manager(question, E)           once more with other pieces while it is not satisfied

After ReadAgent (Lee et al. 2024, arXiv 2402.09727), MemWalker (2310.05029) and RAPTOR (2401.18059). They answer from
summaries too; here a summary only points, because it may say what the text does not. Pieces are runs of passages, not
chosen by a model. N calls and an eighth of N to build, once per document: they do not depend on the question, so the
journal has them for the next one. Then, at most twice: a choice at every level, up to five readers, the manager.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Span
from ...memory.ledger import Covered, ranked
from ...prompts import WHOLE
from ..desk import Desk
from ..packing import PER_LINE, shortened
from ..state import Outcome, Point, State, Task
from ..strategy import Strategy

FAN = 8
"""Summaries of which one is made."""
MOST = 5
"""Nodes opened at a level."""
ROUNDS = 2
WORDS = 40
"""Of a summary."""
LONGEST = 90
"""Tokens of a summary as it is printed, at most."""


@dataclass(frozen=True, slots=True)
class Node:
    """A summary, and the nodes of the level below that it sums up; for a leaf the piece."""

    text: str
    first: int
    end: int
    place: Span
    """The first piece under it."""


@dataclass(frozen=True, slots=True)
class Climb:
    """Where the reading is: what comes next, the tree from its leaves up, and what is being chosen from."""

    stage: str = "leaves"
    levels: tuple[tuple[Node, ...], ...] = ()
    depth: int = 0
    """The level whose nodes are chosen from."""
    nodes: tuple[int, ...] = ()
    """Those of them that may be chosen; pieces, once they are to be read."""
    rounds: int = 1


class Tree(Strategy):
    """Reading by summaries."""

    name = "tree"
    searches = False

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.pieces

    def start(self, desk: Desk) -> Climb:
        return Climb()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        climb: Climb = state["slot"]
        needs, units = tuple(state["needs"]), self.units(desk)
        match climb.stage:
            case "leaves":
                return [Task("tree", "reader", "abridge", (unit.span,), words=WORDS) for unit in units]
            case "grow":
                groups = [
                    tuple(Point(node.text, (node.place,)) for node in group) for _, group in siblings(climb.levels[-1])
                ]
                return [Task("tree", "memory_writer", "condense", points=g, words=WORDS, focus=WHOLE) for g in groups]
            case "pick":
                shown = tuple(climb.levels[climb.depth][at].text for at in climb.nodes)
                return [Task("tree", "planner", "pick", choices=shown, most=MOST, needs=needs)] if shown else []
            case "read":
                return [Task("tree", "reader", "read", (units[at].span,), needs=needs) for at in climb.nodes]
            case "answer":
                return [Task("tree", "manager", "answer", notes=tuple(ranked(state["notes"])), needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Climb:
        climb: Climb = state["slot"]
        match climb.stage:
            case "leaves":
                leaves = tuple(Node(self._said(o, desk), at, at + 1, *o.task.spans) for at, o in enumerate(outcomes))
                return self._grown(replace(climb, levels=(leaves,)), state, desk)
            case "grow":
                groups = zip(siblings(climb.levels[-1]), outcomes, strict=True)
                level = tuple(
                    Node(self._said(outcome, desk) or group[0].text, first, first + len(group), group[0].place)
                    for (first, group), outcome in groups
                )
                return self._grown(replace(climb, levels=(*climb.levels, level)), state, desk)
            case "pick":
                return self._down(climb, [climb.nodes[at] for at in outcomes[0].chosen], state, desk)
            case "read":
                return replace(climb, stage="answer") if state["notes"] else self._again(climb, state, desk)
        ruling = state["ruling"]
        return replace(climb, stage="done") if ruling and ruling.satisfied else self._again(climb, state, desk)

    def _said(self, outcome: Outcome, desk: Desk) -> str:
        """A summary on one line, no longer than may be printed; the first words of a piece that has none."""
        room = min(LONGEST, desk.room("planner").text // (MOST * FAN) - PER_LINE)
        said = " ".join(point.text for point in outcome.points)
        said = said or " ".join(" ".join(desk.text(span).split()) for span in outcome.task.spans)
        return shortened(said, room, desk.models["planner"].count)

    def _grown(self, climb: Climb, state: State, desk: Desk) -> Climb:
        """After a level: another above it, or down from it when it fits a prompt."""
        top = climb.levels[-1]
        size = sum(desk.models["planner"].count(node.text) + PER_LINE for node in top)
        if size > desk.room("planner").text and len(top) > 1:
            return replace(climb, stage="grow")
        return self._from_the_top(climb, state, desk)

    def _from_the_top(self, climb: Climb, state: State, desk: Desk) -> Climb:
        depth = len(climb.levels) - 1
        nodes = self._open(climb, depth, range(len(climb.levels[depth])), state, desk)
        return replace(climb, stage="pick", depth=depth, nodes=nodes)

    def _down(self, climb: Climb, chosen: Sequence[int], state: State, desk: Desk) -> Climb:
        """After a choice: the nodes below what was chosen, or the pieces to be read."""
        if not chosen:
            return self._again(climb, state, desk)
        if climb.depth == 0:
            return replace(climb, stage="read", nodes=tuple(sorted(chosen)))
        level = climb.levels[climb.depth]
        below = [at for node in sorted(chosen) for at in range(level[node].first, level[node].end)]
        depth = climb.depth - 1
        return replace(climb, depth=depth, nodes=self._open(climb, depth, below, state, desk))

    def _again(self, climb: Climb, state: State, desk: Desk) -> Climb:
        if climb.rounds >= ROUNDS or state["limit"] is not None:
            return replace(climb, stage="done")
        return self._from_the_top(replace(climb, rounds=climb.rounds + 1), state, desk)

    def _open(self, climb: Climb, depth: int, nodes: Sequence[int], state: State, desk: Desk) -> tuple[int, ...]:
        """Those of `nodes` under which something is still unread."""
        units, read = self.units(desk), Covered(state["read"])

        def unread(depth: int, at: int) -> bool:
            if depth == 0:
                return not read.overlaps(units[at].span)
            node = climb.levels[depth][at]
            return any(unread(depth - 1, below) for below in range(node.first, node.end))

        return tuple(at for at in nodes if unread(depth, at))


def siblings(nodes: Sequence[Node]) -> list[tuple[int, tuple[Node, ...]]]:
    """Nodes of a level in groups of which one node is made, each with the place of its first."""
    return [(at, tuple(nodes[at : at + FAN])) for at in range(0, len(nodes), FAN)]
