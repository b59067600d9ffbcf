"""Calls to test models with: one of every prompt, about a book of four sentences."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from typing import Any, cast

from clew.core.types import Call, Need, Role
from clew.prompts import (
    PROMPTS,
    Choice,
    Choices,
    Excerpt,
    Excerpts,
    Exhibit,
    Exhibits,
    Line,
    Memory,
    Needs,
    Prompt,
    Read,
    Tried,
)

BOOK = (
    "The lighthouse of Aran was built in 1817.",
    "Its keeper, Maeve Dolan, wrote a diary every evening.",
    "The winter of 1839 brought the great storm.",
    "The lamp burned seal oil until 1862.",
)
QUESTION = "When was the lighthouse of Aran built?"
NEEDS = Needs((Need(1, QUESTION),))
PAGES = Excerpts((Excerpt("aran.txt", tuple(Line(n, text) for n, text in enumerate(BOOK, 1))),))
EXHIBITS = Exhibits(tuple(Exhibit(n, "aran.txt", text, 1, 0.9) for n, text in enumerate(BOOK, 1)))

WAYS = Choices((Choice(1, "go on"), Choice(2, "keep it"), Choice(3, "go back"), Choice(4, "answer")))


def call_of(prompt: Prompt, role: Role = "reader", **fields: object) -> Call:
    """The call that `prompt` becomes, counted as `Scripted` counts."""
    tokens = sum(-(-len(message.content) // 4) for message in prompt.messages())
    return Call(role, prompt, prompt.messages(), prompt.schema(), **({"max_tokens": 256, "tokens": tokens} | fields))


def reading(question: str = QUESTION, **fields: object) -> Call:
    """A reader's call."""
    return call_of(Read(PAGES, Memory(), question, NEEDS), **fields)


SAMPLES: dict[str, Any] = {
    "text": PAGES,
    "evidence": EXHIBITS,
    "memory": Memory(),
    "message": "(nothing yet)",
    "actions": WAYS,
    "nodes": WAYS,
    "node": "Aran",
    "tried": Tried(()),
    "most": 2,
    "words": 50,
    "focus": QUESTION,
    "needs": NEEDS,
    "question": QUESTION,
}
"""What prompts are filled with, by the names of their fields; a field with a default keeps it."""


def sample(kind: type[Prompt[Any]]) -> Call:
    """A call of one kind of prompt, to the first that its docstring says it is to."""
    role = re.match(r"To the ([a-z-]+)", kind.__doc__ or "")
    assert role, kind
    filled = kind(**{field.name: SAMPLES[field.name] for field in fields(kind) if field.default is MISSING})
    return call_of(filled, cast(Role, role[1].replace("-", "_")))


EVERY_CALL = tuple(map(sample, PROMPTS))
