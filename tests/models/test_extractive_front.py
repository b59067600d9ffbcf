"""The built-in model on questions about a document itself."""

from __future__ import annotations

import pytest
from clew.models.extractive import reply_to
from clew.prompts import Excerpt, Excerpts, Findings, Line, Memory, Needs, Read, Verdict, Whole

CONTRACT = [
    "Exhibit 10.6",
    "LICENSE AND HOSTING AGREEMENT",
    "This License and Hosting Agreement is made and entered into as of December 13, 1999 by and between Moth Inc. and"
    ' Hall Ltd. (each a "Party").',
    "Each party shall sign what this Agreement asks it to sign.",
    "The title to the parties' works stays with the author of the works.",
]
NOVEL = [
    "Produced by Ada Moth and others",
    "THE SALT ROAD",
    "or, A WINTER",
    "By Bo Hall",
    "CHAPTER 1. The Inn",
    "By Monday the author of the letter had left.",
]


def excerpts(lines: list[str], begins: bool = True) -> Excerpts:
    return Excerpts((Excerpt("a.txt", tuple(Line(at, text) for at, text in enumerate(lines, 1)), begins=begins),))


def found(question: str, lines: list[str], begins: bool = True) -> list[tuple[int, ...]]:
    """The sentences of each finding, best first."""
    reply = reply_to(Read(excerpts(lines, begins), Memory(()), question, Needs(())))
    assert isinstance(reply, Findings)
    return [tuple(finding.sentences) for finding in reply.findings]


@pytest.mark.parametrize(
    ("question", "lines", "best"),
    [
        ("What is the title of this contract?", CONTRACT, (2,)),
        ("What kind of document is this?", CONTRACT, (2,)),
        ("Who are the parties to this agreement?", CONTRACT, (3,)),
        ("When was this agreement made?", CONTRACT, (3,)),
        ("Who wrote this novel?", NOVEL, (4,)),
        ("What is the title of this book?", NOVEL, (2, 3)),
    ],
)
def test_it_reads_what_a_document_begins_with(question: str, lines: list[str], best: tuple[int, ...]) -> None:
    assert found(question, lines)[0] == best


def test_a_preamble_may_stand_further_on_a_title_may_not() -> None:
    assert found("Who are the parties to this agreement?", CONTRACT, begins=False)[0] == (3,)
    assert (2,) not in found("What is the title of this book?", NOVEL, begins=False)[:1]


def test_the_answer_is_that_line() -> None:
    reply = reply_to(Whole(excerpts(NOVEL), "Who wrote this novel?"))
    assert isinstance(reply, Verdict)
    assert reply.answer == "By Bo Hall [4]"
