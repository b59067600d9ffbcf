"""What travels through the graph: tasks, outcomes, notes. Ids, spans and counters only; no document text, no clients.

The types are plain frozen dataclasses; `checkpoints.py` lists them for those who compile the graph with a checkpointer.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from ..core.results import Step
from ..core.types import Limit, Need, Note, Role, Span

Form = Literal[
    "plan",
    "read",
    "several",
    "places",
    "said",
    "write",
    "merge",
    "answer",
    "whole",
    "gist",
    "condense",
    "recall",
    "abridge",
    "pick",
    "approach",
    "piece",
    "select",
    "demonstrate",
    "atoms",
    "start",
    "facts",
    "explore",
    "neighbours",
]


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence on the way to a summary."""

    text: str
    places: tuple[Span, ...]
    """What it rests on."""


@dataclass(frozen=True, slots=True)
class Atom:
    """An atomic fact: what a model says that one sentence tells, and what it is about."""

    text: str
    place: Span
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """What a walk through the concept graph may do next, and the number of what it leads to."""

    kind: Literal["node", "part", "next", "before", "after", "leave", "end"]
    to: int = 0
    """A node, or a part of the text; 0 where the kind says it all."""


@dataclass(frozen=True, slots=True)
class Example:
    """A demonstration for readers: a question, a few sentences, and which of them answer it."""

    question: str
    places: tuple[Span, ...]
    answer: tuple[int, ...]
    """Indexes of `places`."""
    claim: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a manager decided. Marks `[n]` in `answer` point into `evidence`, from 1."""

    verdict: Literal["answered", "conflicting", "not_found"]
    answer: str
    evidence: tuple[Note, ...]
    """The notes it cited, in order of first mark."""
    missing: tuple[str, ...]

    @property
    def satisfied(self) -> bool:
        """Whether the manager has all it wants to know."""
        return self.verdict != "not_found" and not self.missing


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for one agent to do.

    One class for all forms: dividing, pricing, folding and counting look at what any of them may have. What only some
    forms have comes last, by form.
    """

    lane: str
    """The walk, order or path it belongs to; each lane has its own view of memory."""
    role: Role
    form: Form
    """Name of the prompt."""
    spans: tuple[Span, ...] = ()
    """What to read, in the order it is printed."""
    notes: tuple[Note, ...] = ()
    """The lane's view of the ledger."""
    message: str = ""
    """The lane's message in prose, where it has one."""
    needs: tuple[Need, ...] = ()
    examples: tuple[Example, ...] = ()
    """What readers are shown how others were answered by."""
    choices: tuple[str, ...] = ()
    """What may be chosen from, as it is printed."""
    around: bool = False
    """`answer`: whether the text around the best evidence is shown."""
    most: int = 1
    """`pick`: how many of the choices."""
    tried: tuple[str, ...] = ()
    """`recall`: what was looked up before."""
    rulings: tuple[Ruling, ...] = ()
    """`select`: what to select from, in the order of the paths."""
    points: tuple[Point, ...] = ()
    """`condense`: what to condense."""
    words: int = 0
    """`gist`, `abridge`, `condense`: length of the summary."""
    focus: str = ""
    """`condense`: what the summary is about, where that is not the question."""
    moves: tuple[Move, ...] = ()
    """Of a walk: what the `choices` mean, place by place; the last is safe."""
    node: str = ""
    """`facts`, `neighbours`: where the walk stands in the concept graph."""
    facts: tuple[tuple[Point, ...], ...] = ()
    """`facts`: what the text says of the node, by the part that each of the first `moves` reads; each rests on one
    sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task. An agent that fails returns a status, it does not raise. One class, as of tasks."""

    number: int
    """The task's place in its turn; outcomes are folded in this order, never by arrival."""
    task: Task
    status: Literal["done", "failed", "limit"] = "done"
    reason: str = ""
    """Why it failed, for people."""
    limit: Limit | None = None
    rejected: int = 0
    """References to text that is not there."""
    astray: tuple[int, ...] = ()
    """`several`: numbers of the needs that rejected references were made for, one for each."""
    notes: tuple[Note, ...] = ()
    drop: tuple[int, ...] = ()
    """Places in `task.notes`, from 0, that were found to be wrong or useless."""
    chosen: tuple[int, ...] = ()
    """Places in `task.choices`, or in `task.moves`, from 0; of `merge` in `task.notes`."""
    ruling: Ruling | None = None
    """Of managers."""
    message: str = ""
    """`write`: the lane's new message. `recall`: what to look up."""
    enough: bool = False
    """`recall`: whether nothing is missing."""
    needs: tuple[str, ...] = ()
    """`plan`: what must be known."""
    whole: bool = False
    """`plan`: whether the question is about the whole text."""
    points: tuple[Point, ...] = ()
    """`gist`, `abridge`, `condense`: the summary."""
    examples: tuple[Example, ...] = ()
    """`demonstrate`: what was made of the spans."""
    atoms: tuple[Atom, ...] = ()
    """`atoms`: what the spans say."""
    tokens: int = 0
    """Of a walk: tokens of the prompt, which has a limit of its own."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A stretch of text that was to be read and was not."""

    span: Span
    reason: str


def this_turn(present: list[Outcome], new: list[Outcome] | None) -> list[Outcome]:
    """Gathers the outcomes of one turn; None begins the next."""
    return [] if new is None else [*present, *new]


class State(TypedDict):
    """The graph's state. Lists marked with `operator.add` only ever grow."""

    turn: int
    tasks: list[Task]
    outcomes: Annotated[list[Outcome], this_turn]
    again: list[int]
    """Numbers of this turn's tasks that failed and are done once more."""
    needs: list[Need]
    notes: Annotated[list[Note], operator.add]
    """The ledger."""
    read: Annotated[list[Span], operator.add]
    failed: Annotated[list[Failure], operator.add]
    path: Annotated[list[Step], operator.add]
    """What was done, turn by turn."""
    rejected: int
    limit: Limit | None
    ruling: Ruling | None
    """The manager's latest."""
    slot: Any
    """The strategy's own small state."""
