"""What travels through the graph: tasks, outcomes, notes. Ids, spans and counters only; no document text, no clients.

The types are plain frozen dataclasses; `CHECKPOINTED` lists them for those who compile the graph with a checkpointer.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from ..core.types import Limit, Need, Note, Role, Span

Form = Literal["plan", "read", "places", "write", "merge", "answer", "whole", "gist", "condense"]


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence on the way to a summary."""

    text: str
    places: tuple[Span, ...]
    """What it rests on."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing for one agent to do."""

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
    points: tuple[Point, ...] = ()
    """What to condense."""
    words: int = 0
    """Length of a summary."""


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
class Outcome:
    """What became of a task. An agent that fails returns a status, it does not raise."""

    number: int
    """The task's place in its turn; outcomes are folded in this order, never by arrival."""
    task: Task
    status: Literal["done", "failed", "limit"] = "done"
    reason: str = ""
    """Why it failed, for people."""
    limit: Limit | None = None
    notes: tuple[Note, ...] = ()
    drop: tuple[int, ...] = ()
    """Places in `task.notes`, from 0, that were found to be wrong or useless."""
    message: str = ""
    needs: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    ruling: Ruling | None = None
    rejected: int = 0
    """References to text that is not there."""


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
    needs: list[Need]
    notes: Annotated[list[Note], operator.add]
    """The ledger."""
    read: Annotated[list[Span], operator.add]
    failed: Annotated[list[Failure], operator.add]
    rejected: int
    limit: Limit | None
    ruling: Ruling | None
    """The manager's latest."""
    slot: Any
    """The strategy's own small state."""


CHECKPOINTED: tuple[type, ...] = (Failure, Need, Note, Outcome, Point, Ruling, Span, Task)
