"""The tasks: one class per Markdown file. Fields are placeholders, `reply` is the shape of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .base import Prompt
from .exploring import EXPLORING
from .printed import Demonstrations, Excerpts, Exhibits, Memory, Needs
from .replies import Findings, Kept, Message, Points, Questions, Verdict
from .steering import STEERING

MOST_NEEDS = 4
"""Needs that a plan names, as its prompt says."""


@dataclass(frozen=True)
class Plan(Prompt[Questions]):
    """To the planner: what must be known to answer?"""

    name = "plan"
    reply = Questions

    question: str


@dataclass(frozen=True)
class Read(Prompt[Findings]):
    """To the reader: a stretch of text, what is remembered so far, what is asked."""

    name = "read"
    reply = Findings

    text: Excerpts
    memory: Memory
    question: str
    needs: Needs
    examples: Demonstrations = Demonstrations()


SEVERAL = "What answers each of the needs? Every need is a question of its own."


@dataclass(frozen=True)
class Several(Read):
    """To the reader: a stretch of text, and needs that are questions of their own."""

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(need.text for need in self.needs.items)


@dataclass(frozen=True)
class Places(Prompt[Findings]):
    """To the reader: a stretch of text, of which every place that concerns something is wanted."""

    name = "places"
    reply = Findings

    text: Excerpts
    question: str


@dataclass(frozen=True)
class Write(Prompt[Message]):
    """To the memory-writer: a stretch of text and the message so far, to be rewritten (Chain-of-Agents' worker)."""

    name = "write"
    reply = Message

    text: Excerpts
    message: str
    question: str
    needs: Needs
    words: int
    examples: Demonstrations = Demonstrations()


@dataclass(frozen=True)
class Merge(Prompt[Kept]):
    """To the memory-writer: more evidence than an answer has room for, to be thinned."""

    name = "merge"
    reply = Kept

    evidence: Exhibits
    question: str
    needs: Needs


WHOLE = "The text as a whole"
"""The focus of a summary without one."""


@dataclass(frozen=True)
class Gist(Prompt[Points]):
    """To the reader: a stretch of text, to be summarised in points."""

    name = "gist"
    reply = Points

    text: Excerpts
    words: int
    focus: str


@dataclass(frozen=True)
class Condense(Prompt[Points]):
    """To the memory-writer or the manager: points of several summaries, to be made one."""

    name = "condense"
    reply = Points

    text: Excerpts
    words: int
    focus: str


@dataclass(frozen=True)
class Answer(Prompt[Verdict]):
    """To the manager: the evidence, and the last message where a chain handed one on."""

    name = "answer"
    reply = Verdict

    evidence: Exhibits
    message: str
    question: str
    needs: Needs


@dataclass(frozen=True)
class Whole(Prompt[Verdict]):
    """To the manager: the whole text at once; evidence numbers are sentence numbers."""

    name = "whole"
    reply = Verdict

    text: Excerpts
    question: str
    examples: Demonstrations = Demonstrations()


PROMPTS: tuple[type[Prompt[Any]], ...] = (
    *(Plan, Read, Places, Write, Merge, Gist, Condense, Answer, Whole),
    *STEERING,
    *EXPLORING,
)
