"""`graph`: GraphReader (Li et al., EMNLP 2024 Findings, arXiv 2406.14550).

    plan = planner(question)
    v_1 … v_5 = explorer(question, plan, names of the nodes nearest to the question)
    five walks in parallel, each with a notebook of its own, ten actions at most, from v_i:
        facts       sentences that hold the node, part by part     -> queue of parts | neighbours
        part        the first of the queue in full                 -> next | part before | part after | end
        neighbours  names of the nodes beside it                   -> one of them | end
    answer = manager(question, notebooks of all walks)

The paper makes nodes and atomic facts with a model call for every part before the first question. Here that is done
only when asked for (`facts="eager"`; the replies are in the journal, so the next question pays nothing for them). Else
the graph is built without a model: nodes are key elements that code found, their facts are the sentences that hold
them, and a part that was read stands for itself through its reader's claims. Actions are numbers from a list that code
printed; any other number is the last on it. No walk goes where one has been, or reads what was read. "End" ends a walk
that has noted something, or at the second time. All prompts of a question, but for those that make facts, stay within
60,000 tokens together.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...core.types import Note, Passage
from ...memory.ledger import digest
from ..desk import Desk
from ..packing import PER_EXCERPT, PER_SENTENCE
from ..state import Atom, Move, Outcome, State, Task, Walk
from .choices import FactsForm
from .terrain import Terrain
from .walk import AFTER, END, SAYS, moves_from

WALKS = 5
ACTIONS = 10
START_FROM = 50
"""Nodes that the start is chosen from."""
NEIGHBOURS = 20
"""Nodes that a neighbour is chosen from."""
MOST_TOKENS = 60_000
"""Tokens of all prompts of a question."""
FOR_ANSWER = 8_000
"""Tokens of them that are left for the answer."""
AROUND = 700
"""Tokens of a prompt beside text, notebook, needs and question: instructions and the shape of the reply."""
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


class Graph:
    """GraphReader.

    Args:
        facts: `lazy`, those that code finds, or `eager`, those that a model makes of the whole text.
        opens: whether parts are read in full, or their facts alone.
        scattered: seed of random start nodes, in place of chosen ones.
    """

    name = "graph"
    searches = True

    def __init__(self, facts: FactsForm = "lazy", opens: bool = True, scattered: int | None = None) -> None:
        self._facts = facts
        self._opens = opens
        self._scattered = scattered
        self._seen: tuple[Desk, tuple[str, ...], Terrain] | None = None

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Journey:
        return Journey()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        journey: Journey = state["slot"]
        needs = tuple(state["needs"])
        if journey.stage == "plan":
            return [Task("plan", "planner", "plan", needs=needs), *self._extractions(desk)]
        if journey.stage == "start":
            nodes = self._terrain(state, desk).nearest(START_FROM)
            moves = tuple(Move("node", node) for node in nodes)
            if moves and state["limit"] is None:
                choices = self._words(moves, state, desk)
                return [Task("start", "explorer", "start", needs=needs, choices=choices, moves=moves)]
        if journey.stage == "walk" and state["limit"] is None:
            tasks = self._steps(state, desk)
            if tasks:
                return tasks
        if journey.stage == "done" or not state["notes"]:
            return []
        return [Task("answer", "manager", "answer", notes=self._pack(state["notes"], desk), needs=needs)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Journey:
        journey: Journey = state["slot"]
        asked = [outcome for outcome in outcomes if outcome.task.form != "atoms"]
        journey = replace(journey, spent=journey.spent + sum(self._spent(outcome, desk) for outcome in asked))
        match outcomes[0].task.form:
            case "plan":
                journey = replace(journey, atoms=tuple(atom for outcome in outcomes for atom in outcome.atoms))
                return self._planned(journey, state, desk)
            case "start":
                return _started(journey, outcomes[0])
            case "answer":
                return replace(journey, stage="done")
        failed = tuple(
            self._terrain(state, desk).part_at(span)
            for outcome in outcomes
            if outcome.status == "failed"
            for span in outcome.task.spans
        )
        for outcome in outcomes:
            journey = _walked(journey, outcome)
        return replace(journey, failed=(*journey.failed, *failed))

    def _planned(self, journey: Journey, state: State, desk: Desk) -> Journey:
        """To the choice of nodes; a text without any that can be told apart is read where it looks best."""
        terrain = self._terrain({**state, "slot": journey}, desk)
        if self._scattered is not None:
            names = range(len(terrain.graph.rarities))
            nodes = random.Random(f"{self._scattered} {desk.question}").sample(names, min(WALKS, len(names)))
            return replace(journey, stage="walk", walks=tuple(map(Walk, nodes)), visited=tuple(nodes))
        if terrain.nearest(1):
            return replace(journey, stage="start")
        walks = tuple(Walk(-1, "part", (part,)) for part in terrain.best(WALKS))
        return replace(journey, stage="walk", walks=walks)

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return self._terrain(state, desk).ranking()

    def _terrain(self, state: State, desk: Desk) -> Terrain:
        asked = (desk.question, *(need.text for need in state["needs"] if need.origin == "planner"))
        if self._seen is None or self._seen[0] is not desk or self._seen[1] != asked:
            journey: Journey = state["slot"]
            self._seen = (desk, asked, Terrain(desk, asked, journey.atoms))
        return self._seen[2]

    def _extractions(self, desk: Desk) -> list[Task]:
        """The whole text, to be taken apart into facts; nothing where code finds them."""
        if self._facts == "lazy":
            return []
        chunks = desk.near.cut(min(EXTRACTED, desk.room("explorer").reply, desk.room("explorer").text))
        return [Task("facts", "explorer", "atoms", (chunk.span,)) for chunk in chunks]

    def _words(self, moves: Sequence[Move], state: State, desk: Desk) -> tuple[str, ...]:
        """The moves as they are printed."""
        graph = self._terrain(state, desk).graph
        return tuple(
            graph.label(move.to)
            if move.kind == "node"
            else f"read part {at} in full"
            if move.kind == "part"
            else SAYS[move.kind]
            for at, move in enumerate(moves, 1)
        )

    def _steps(self, state: State, desk: Desk) -> list[Task]:
        """The next step of every walk that goes on, as far as the tokens reach."""
        journey: Journey = state["slot"]
        terrain = self._terrain(state, desk)
        closed = {*journey.failed, *(terrain.part_at(span) for span in state["read"])}
        left = MOST_TOKENS - FOR_ANSWER - journey.spent
        tasks = []
        for number, walk in enumerate(journey.walks):
            task = self._step(number, walk, terrain, closed, state, desk)
            if task is None:
                continue
            task = replace(task, choices=self._words(task.moves, state, desk))
            if self._price(task, desk) > left:
                continue
            left -= self._price(task, desk)
            tasks.append(task)
            closed |= {terrain.part_at(span) for span in task.spans}
        return tasks

    def _step(
        self, number: int, walk: Walk, terrain: Terrain, closed: Collection[int], state: State, desk: Desk
    ) -> Task | None:
        """What a walk does next; None where it is over or there is nowhere to go."""
        if walk.stage == "over" or walk.actions >= ACTIONS:
            return None
        needs, lane = tuple(state["needs"]), str(number)
        notebook = self._notebook(walk.notebook, desk)
        queue = [part for part in walk.queue if part not in closed]
        if walk.stage == "part" and queue:
            moves = moves_from(queue, terrain, closed)
            spans = (terrain.parts[queue[0]].span,)
            return Task(lane, "explorer", "explore", spans, notebook, needs=needs, moves=moves)
        if walk.stage == "facts" and (facts := terrain.facts(walk.node, closed)):
            read = terrain.holds(walk.node) & set(closed)
            told = [note for note in state["notes"] if terrain.part_at(note.span) in read] if read else []
            notebook = self._notebook([*walk.notebook, *told], desk)
            moves = (*(Move("part", part) for part, _ in facts if self._opens), Move("leave"))
            node, shown = terrain.graph.label(walk.node), tuple(points for _, points in facts)
            return Task(lane, "explorer", "facts", notes=notebook, needs=needs, node=node, facts=shown, moves=moves)
        journey: Journey = state["slot"]
        nodes = terrain.neighbours(walk.node, journey.visited, NEIGHBOURS)
        if not nodes:
            return None
        moves, node = (*(Move("node", node) for node in nodes), END), terrain.graph.label(walk.node)
        return Task(lane, "explorer", "neighbours", notes=notebook, needs=needs, node=node, moves=moves)

    def _notebook(self, notes: Sequence[Note], desk: Desk) -> tuple[Note, ...]:
        return digest(notes, desk.room("explorer").memory, desk.note_size, list(desk.books))

    def _pack(self, notes: Sequence[Note], desk: Desk) -> tuple[Note, ...]:
        """The best notes of all notebooks, as many as the tokens left for the answer hold."""
        room = FOR_ANSWER - AROUND - 2 * desk.room("manager").question
        return digest(notes, room, lambda note: desk.note_size(note) + PER_EXCERPT, list(desk.books))

    def _spent(self, outcome: Outcome, desk: Desk) -> int:
        """Tokens printed for a task; one that failed may have been asked twice."""
        if outcome.status != "done":
            return 2 * self._price(outcome.task, desk)
        return outcome.tokens or self._price(outcome.task, desk)

    def _price(self, task: Task, desk: Desk) -> int:
        """Tokens that the prompt of a task has at most."""
        count = desk.models["explorer"].count
        points = [point for part in task.facts for point in part]
        sentences = len(points) + sum(len(desk.books[span.document].sentences_in(span)) for span in task.spans)
        choices = sum(count(choice) + 4 for choice in task.choices)
        asked = count(desk.question) + sum(count(need.text) + 4 for need in task.needs)
        text = sum(count(desk.text(span)) for span in task.spans) + sum(count(point.text) for point in points)
        around = AROUND + PER_SENTENCE * sentences + PER_EXCERPT * (len(task.spans) + len(task.facts))
        return around + asked + text + choices + sum(map(desk.note_size, task.notes))


def _started(journey: Journey, outcome: Outcome) -> Journey:
    """Walks from the nodes that were chosen; from the nearest where none was."""
    chosen = outcome.chosen if outcome.status == "done" else ()
    moves = outcome.task.moves
    nodes = tuple(moves[at].to for at in (chosen or range(len(moves))))[:WALKS]
    return replace(journey, stage="walk", walks=tuple(map(Walk, nodes)), visited=nodes)


def _walked(journey: Journey, outcome: Outcome) -> Journey:
    """`journey` after the step of one walk."""
    if outcome.status == "limit":
        return journey
    at = int(outcome.task.lane)
    walk = journey.walks[at]
    walk = replace(walk, actions=walk.actions + 1, notebook=(*walk.notebook, *outcome.notes))
    walk = AFTER[outcome.task.form](walk, outcome, journey.visited)
    walks = (*journey.walks[:at], walk, *journey.walks[at + 1 :])
    return replace(journey, walks=walks, visited=tuple(dict.fromkeys((*journey.visited, walk.node))))
