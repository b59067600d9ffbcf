"""Calls to test models with: one of every prompt, about a book of four sentences."""

from __future__ import annotations

from clew.core.types import Call, Need, Role
from clew.prompts import (
    Answer,
    Approach,
    Atoms,
    Choice,
    Choices,
    Condense,
    Demonstrate,
    Excerpt,
    Excerpts,
    Exhibit,
    Exhibits,
    Explore,
    Facts,
    Gist,
    Line,
    Memory,
    Merge,
    Needs,
    Neighbours,
    Pick,
    Piece,
    Places,
    Plan,
    Prompt,
    Read,
    Recall,
    Start,
    Tried,
    Whole,
    Write,
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
    """The call that `prompt` becomes."""
    return Call(role, prompt, prompt.messages(), prompt.schema(), **({"max_tokens": 256} | fields))


def reading(question: str = QUESTION, **fields: object) -> Call:
    """A reader's call."""
    return call_of(Read(PAGES, Memory(), question, NEEDS), **fields)


EVERY_CALL = (
    call_of(Plan(QUESTION), "planner"),
    reading(),
    call_of(Places(PAGES, QUESTION)),
    call_of(Gist(PAGES, 50, QUESTION)),
    call_of(Recall("(nothing yet)", Tried(()), NEEDS, QUESTION), "planner"),
    call_of(Pick(PAGES, 2, NEEDS, QUESTION), "planner"),
    call_of(Approach(WAYS, QUESTION), "planner"),
    call_of(Atoms(PAGES), "explorer"),
    call_of(Start(WAYS, NEEDS, QUESTION), "explorer"),
    call_of(Facts(PAGES, "Aran", Memory(), WAYS, NEEDS, QUESTION), "explorer"),
    call_of(Explore(PAGES, Memory(), WAYS, NEEDS, QUESTION), "explorer"),
    call_of(Neighbours(WAYS, "Aran", Memory(), NEEDS, QUESTION), "explorer"),
    call_of(Piece(PAGES, Memory(), WAYS, NEEDS, QUESTION)),
    call_of(Demonstrate(PAGES), "planner"),
    call_of(Merge(EXHIBITS, QUESTION, NEEDS), "memory_writer"),
    call_of(Condense(PAGES, 50, QUESTION), "manager"),
    call_of(Write(PAGES, "(nothing yet)", QUESTION, NEEDS), "memory_writer"),
    call_of(Answer(EXHIBITS, "(none)", QUESTION, NEEDS), "manager"),
    call_of(Whole(PAGES, QUESTION), "manager"),
)
