"""The tasks of a walk through a concept graph (GraphReader). Every action is a number of a list that code printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from .base import Prompt
from .printed import Demonstrations, Excerpts, Memory, Needs, one_line
from .replies import Finding


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: a node of the graph, or an action."""

    number: int
    """From 1."""
    text: str

    def __str__(self) -> str:
        return f"{self.number} {one_line(self.text)}"


@dataclass(frozen=True, slots=True)
class Choices:
    """All there is to choose from."""

    items: tuple[Choice, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "(none)"


class Chosen(BaseModel):
    """A node, and how likely it leads to the answer."""

    number: int
    relevance: float = 50.0
    """0 to 100."""


class Nodes(BaseModel):
    """Where to start, in any order."""

    nodes: list[Chosen] = Field(default_factory=list)


class Explored(BaseModel):
    """What was found, and the numbers of the actions to take next, the first first."""

    findings: list[Finding] = Field(default_factory=list)
    actions: list[int] = Field(default_factory=list)


class Turning(BaseModel):
    """The number of what to do next."""

    action: int


class Atomic(BaseModel):
    """A statement that stands by itself, the sentence that makes it, and what it is about."""

    sentence: int
    fact: str
    elements: list[str] = Field(default_factory=list)


class Atomics(BaseModel):
    """What a part of the text says."""

    facts: list[Atomic] = Field(default_factory=list)


@dataclass(frozen=True)
class Atoms(Prompt[Atomics]):
    """To the explorer: a part of the text, to be taken apart before any question (GraphReader's extraction)."""

    name = "atoms"
    reply = Atomics

    text: Excerpts


@dataclass(frozen=True)
class Start(Prompt[Nodes]):
    """To the explorer: at which nodes should the walks start?"""

    name = "start"
    reply = Nodes

    nodes: Choices
    needs: Needs
    question: str


@dataclass(frozen=True)
class Facts(Prompt[Explored]):
    """To the explorer: the sentences that hold a node, part by part. Action n reads the n-th part."""

    name = "facts"
    reply = Explored

    text: Excerpts
    node: str
    memory: Memory
    actions: Choices
    needs: Needs
    question: str
    examples: Demonstrations = Demonstrations()


@dataclass(frozen=True)
class Explore(Prompt[Explored]):
    """To the explorer: one part of the text, and where to go from there."""

    name = "explore"
    reply = Explored

    text: Excerpts
    memory: Memory
    actions: Choices
    needs: Needs
    question: str
    examples: Demonstrations = Demonstrations()


@dataclass(frozen=True)
class Neighbours(Prompt[Turning]):
    """To the explorer: the names of the nodes beside this one. The last choice ends the walk."""

    name = "neighbours"
    reply = Turning

    nodes: Choices
    node: str
    memory: Memory
    needs: Needs
    question: str


EXPLORING: tuple[type[Prompt[Any]], ...] = (Atoms, Start, Facts, Explore, Neighbours)
