"""The tasks that steer a reading: what to look up again, which parts to open, how to go through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from .base import Prompt
from .exploring import Choices, Turning
from .printed import Demonstrations, Excerpts, Memory, Needs, one_line
from .replies import Finding


@dataclass(frozen=True, slots=True)
class Tried:
    """Words that were looked up before."""

    items: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(map(one_line, self.items)) or "(nothing yet)"


class Recalled(BaseModel):
    """A planner's reply: whether the memory holds all that is needed, and else what to look up."""

    enough: bool
    query: str = ""


class Picked(BaseModel):
    """A planner's reply: numbers from a printed list, the most promising first."""

    numbers: list[int] = Field(default_factory=list)


class Demonstrated(BaseModel):
    """A planner's reply: a question, and the sentences that answer it."""

    question: str
    sentences: list[int] = Field(default_factory=list)
    claim: str = ""


class Handled(BaseModel):
    """A reader's reply: the number of an action, what a piece says, and memory lines that it makes useless."""

    action: int
    findings: list[Finding] = Field(default_factory=list)
    drop: list[int] = Field(default_factory=list)


@dataclass(frozen=True)
class Recall(Prompt[Recalled]):
    """To the planner: the memory so far, before the next segment (InfMem's planner)."""

    name = "recall"
    reply = Recalled

    message: str
    tried: Tried
    needs: Needs
    question: str


@dataclass(frozen=True)
class Pick(Prompt[Picked]):
    """To the planner: summaries of parts of the text, of which the most promising are opened (ReadAgent's look-up)."""

    name = "pick"
    reply = Picked

    text: Excerpts
    most: int
    needs: Needs
    question: str


@dataclass(frozen=True)
class Approach(Prompt[Turning]):
    """To the planner: how to get at the text, which it does not see (LC-Boost's task understanding)."""

    name = "approach"
    reply = Turning

    actions: Choices
    question: str


@dataclass(frozen=True)
class Piece(Prompt[Handled]):
    """To the reader: one piece, what was kept so far, and what may be done with it (LC-Boost)."""

    name = "piece"
    reply = Handled

    text: Excerpts
    memory: Memory
    actions: Choices
    needs: Needs
    question: str
    examples: Demonstrations = Demonstrations()


@dataclass(frozen=True)
class Demonstrate(Prompt[Demonstrated]):
    """To the planner: a few sentences, to make an example of for readers (DoubleDipper)."""

    name = "demonstrate"
    reply = Demonstrated

    text: Excerpts


STEERING: tuple[type[Prompt[Any]], ...] = (Recall, Pick, Approach, Piece, Demonstrate)
