"""`graph`: GraphReader (Li et al., EMNLP 2024 Findings, arXiv 2406.14550).

    plan = planner(question)                                             -- the rational plan
    v_1 … v_5 = explorer(question, plan, names of nodes)                 -- initial node selection
    five walks in parallel from these, each with a notebook of its own and ten actions at most:
        atomic facts of v, part by part   read_chunk: a queue of parts | stop_and_read_neighbor
        the first part of the queue       search_more: the next | read_previous_chunk | read_subsequent_chunk
                                          | termination
        names of the nodes beside v       read_neighbor_node: v = one of them | termination
    answer = manager(question, notebooks of all walks)                   -- answer reasoning

The paper makes nodes and atomic facts with a model call for every part of 2,000 tokens before the first question. Here
that is done only when asked for (`facts="eager"`, in smaller pieces; the replies are in the journal, so the next
question pays nothing for them). Else the graph is built without a model: nodes are key elements that code found, and
their facts are the sentences that hold them.

Ours too: the start is chosen from the 50 nodes nearest to the question (`terrain`; the paper does not say how the names
of all fit its window), a neighbour from the 20 nearest. Actions are numbers from a list that code printed; any other
number is the last on it. A notebook is a list of notes that only grows, where the paper's is rewritten at every step.
No walk goes where one has been, or reads what was read: in its place stands what its reader noted. So prompts need not
list the actions before, as the paper's do, and they ask for no reasons. A termination ends a walk that has noted
something, or comes a second time. All prompts of a question stay within 60,000 tokens, but for those that make facts or
examples, or ask for a reply once more; the paper measured 52,800.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...core.options import FactsForm
from ...core.types import Passage
from ..demonstrator import room_for_examples
from ..desk import Desk
from ..state import Atom, Move, Outcome, State, Task
from ..strategy import Strategy
from .guide import Guide
from .spending import FOR_ANSWER, MOST_TOKENS, for_answer, paid, price
from .terrain import Terrain, told_of_bare
from .walk import Walk, gone_on, in_words

WALKS = 5
ACTIONS = 10
START_FROM = 50
"""Nodes that the start is chosen from."""
EXTRACTED = 1000
"""Tokens of text that are taken apart at once: what comes back is nearly as long."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Where all walks are, the nodes they have been at, and the tokens that were printed."""

    stage: Literal["plan", "start", "walk", "done"] = "plan"
    walks: tuple[Walk, ...] = ()
    visited: tuple[int, ...] = ()
    spent: int = 0
    failed: tuple[int, ...] = ()
    """Parts that could not be read."""
    atoms: tuple[Atom, ...] = ()
    """What a model said that the text says, with `facts="eager"`."""


class Graph(Strategy):
    """GraphReader.

    Args:
        facts: `lazy`, those that code finds, or `eager`, those that a model makes of the whole text.
        opens: whether parts are read in full, or their facts alone.
        scattered: seed of random start nodes, in place of chosen ones.
        examples: whether prompts have examples beside what is priced here.
    """

    name = "graph"
    searches = True

    def __init__(
        self, facts: FactsForm = "lazy", opens: bool = True, scattered: int | None = None, examples: bool = False
    ) -> None:
        self._eager = facts == "eager"
        self._opens = opens
        self._scattered = scattered
        self._examples = examples

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Journey:
        return Journey()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        journey: Journey = state["slot"]
        needs, going_on = tuple(state["needs"]), state["limit"] is None
        match journey.stage:
            case "plan":
                return [Task("plan", "planner", "plan", needs=needs), *(self._extractions(desk) if self._eager else ())]
            case "start" if going_on:
                terrain = surveyed(journey, state, desk)
                moves = tuple(Move("node", node) for node in terrain.nearest(START_FROM))
                choices = in_words(moves, terrain)
                return [Task("start", "explorer", "start", needs=needs, choices=choices, moves=moves)]
            case "walk" if going_on and (steps := self._steps(state, desk)):
                return steps
            case "start" | "walk" if state["notes"]:
                return [Task("answer", "manager", "answer", notes=for_answer(state["notes"], desk), needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Journey:
        journey: Journey = state["slot"]
        # Facts are made once for all questions: they are not this question's to pay.
        spent = sum(paid(outcome, desk) for outcome in outcomes if outcome.task.form != "atoms")
        journey = replace(journey, spent=journey.spent + spent)
        match outcomes[0].task.form:
            case "plan":
                atoms = tuple(atom for outcome in outcomes for atom in outcome.atoms)
                told_of_bare(outcomes, desk)
                return self._planned(replace(journey, atoms=atoms), state, desk)
            case "start":
                return _started(journey, outcomes[0])
            case "answer":
                return replace(journey, stage="done")
        return _walked(journey, outcomes, surveyed(journey, state, desk))

    def _extractions(self, desk: Desk) -> list[Task]:
        """The whole text, to be taken apart into atomic facts."""
        room = desk.room("explorer")
        chunks = desk.near.cut(min(EXTRACTED, room.reply, room.text))
        return [Task("facts", "explorer", "atoms", (chunk.span,)) for chunk in chunks]

    def _planned(self, journey: Journey, state: State, desk: Desk) -> Journey:
        """To the choice of nodes; a text without any that can be told apart is read where it looks best."""
        terrain = surveyed(journey, state, desk)
        if self._scattered is not None:
            names = range(len(terrain.graph))
            drawn = random.Random(f"{self._scattered} {desk.question}").sample(names, min(WALKS, len(names)))
            return _from_nodes(journey, drawn)
        if terrain.nearest(1):
            return replace(journey, stage="start")
        walks = tuple(Walk(-1, "part", (part,)) for part in terrain.best(WALKS))
        return replace(journey, stage="walk", walks=walks)

    def _steps(self, state: State, desk: Desk) -> list[Task]:
        """The next step of every walk that goes on, as far as the tokens reach."""
        journey: Journey = state["slot"]
        terrain = surveyed(journey, state, desk)
        guide = Guide(state, desk, terrain, journey.visited, journey.failed, self._opens)
        left = MOST_TOKENS - FOR_ANSWER - journey.spent
        beside = room_for_examples(desk) if self._examples else 0
        tasks = []
        for number, walk in enumerate(journey.walks):
            task = guide.step(str(number), walk) if walk.actions < ACTIONS else None
            if task and (tokens := price(task, desk) + beside) <= left:
                left -= tokens
                tasks.append(task)
                guide.close(task.spans)
        return tasks

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return surveyed(state["slot"], state, desk).ranking()


def surveyed(journey: Journey, state: State, desk: Desk) -> Terrain:
    """The graph as the question and its plan see it."""
    asked = (desk.question, *(need.text for need in state["needs"] if need.origin == "planner"))
    return desk.once((Terrain, asked, len(journey.atoms)), lambda: Terrain(desk, asked, journey.atoms))


def _started(journey: Journey, outcome: Outcome) -> Journey:
    """Walks from the nodes that were chosen; from the nearest where none was."""
    moves = outcome.task.moves
    chosen = outcome.chosen if outcome.status == "done" else ()
    return _from_nodes(journey, [moves[at].to for at in (chosen or range(len(moves)))][:WALKS])


def _from_nodes(journey: Journey, nodes: Sequence[int]) -> Journey:
    return replace(journey, stage="walk", walks=tuple(map(Walk, nodes)), visited=tuple(nodes))


def _walked(journey: Journey, outcomes: Sequence[Outcome], terrain: Terrain) -> Journey:
    """`journey` after a step of its walks, one after the other: none goes to a node that another has just chosen."""
    for outcome in outcomes:
        if outcome.status == "limit":
            continue
        at = int(outcome.task.lane)
        walk = gone_on(journey.walks[at], outcome, journey.visited)
        walks = (*journey.walks[:at], walk, *journey.walks[at + 1 :])
        journey = replace(journey, walks=walks, visited=tuple(dict.fromkeys((*journey.visited, walk.node))))
    lost = [span for outcome in outcomes if outcome.status == "failed" for span in outcome.task.spans]
    return replace(journey, failed=(*journey.failed, *map(terrain.part_at, lost)))
