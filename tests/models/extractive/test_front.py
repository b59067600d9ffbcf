"""The built-in model on questions about a document itself."""

from __future__ import annotations

import pytest
from clew.models.extractive.model import reply_to
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
LETTER = [
    "Harbour Lane 7\nVellmouth",
    "12 May 2021",
    "Dear Ms Moth,",
    "I have looked at the roof of the boathouse and found that eleven slates are missing.",
    "The report of the surveyor was written by Mr Lund on 3 April.",
    "Yours sincerely,\nTobias Grane",
]
NOTES = [
    "---\ntitle: Tidewatch\nauthor: Noor Hall\ndate: 2023-06-18\nversion: 2.4\n---",
    "Tidewatch warns harbour masters of spring tides.",
    "The manual was written by Kees Vos in 2011.",
]
STORY = [
    "Produced by Ada Moth and the Online\nProofreading Team at http://www.example.org\nThe Salt Road",
    "By Bo Hall",
    "It had rained all night and the road to the mill was under water.",
]
PLAIN = [
    "It had rained all night and the road to the mill was under water.",
    "The letter that he carried was written by Jory on 4 March.",
]
REPORT = [
    "FORM 10-K",
    "For the fiscal year ended January 28, 2023",
    "MOTH CO., INC.",
    "(Exact name of registrant as specified in its charter)",
    "It was filed under the Act of 1934 as amended by the board in each of its years.",
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
        ("What is this book called?", STORY, (1,)),
        ("Who is the author of the story?", STORY, (2,)),
        ("When was this letter written?", LETTER, (2,)),
        ("Who is the letter addressed to?", LETTER, (3,)),
        ("Who wrote this letter?", LETTER, (6,)),
        ("Which company filed this report?", REPORT, (3,)),
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


@pytest.mark.parametrize(
    ("question", "lines", "answer"),
    [
        ("Who is the author?", NOTES, "author: Noor Hall [1]"),
        ("What is the title?", NOTES, "title: Tidewatch [1]"),
        ("When was this document written?", NOTES, "date: 2023-06-18 [1]"),
        ("What is the version of this document?", NOTES, "version: 2.4 [1]"),
        ("What is the title?", STORY, "The Salt Road [1]"),
        ("When was this letter written?", LETTER, "12 May 2021 [2]"),
        ("What type of filing is this?", REPORT, "FORM 10-K [1]"),
    ],
)
def test_of_several_lines_the_one_that_tells_is_quoted(question: str, lines: list[str], answer: str) -> None:
    reply = reply_to(Whole(excerpts(lines), question))
    assert isinstance(reply, Verdict)
    assert (reply.answer, reply.missing) == (answer, [])


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("Who wrote this letter?", PLAIN),
        ("When was this story written?", PLAIN),
        ("What is the title of this story?", PLAIN),
        ("When was this report filed?", REPORT),
        ("What is the title of this letter?", LETTER),
    ],
)
def test_what_a_beginning_does_not_tell_is_not_told_for_certain(question: str, lines: list[str]) -> None:
    reply = reply_to(Whole(excerpts(lines), question))
    assert isinstance(reply, Verdict)
    assert reply.verdict == "not_found" or reply.missing == [question]


def test_the_report_may_be_one_that_a_letter_speaks_of() -> None:
    assert found("Who wrote the report?", LETTER)[0] == (5,)
    assert found("Who wrote the manual?", NOTES)[0] == (3,)
    assert found("Who wrote the letter?", PLAIN)[0] == (2,)


def test_who_wrote_it_need_not_have_published_it() -> None:
    reply = reply_to(Whole(excerpts(NOVEL), "Who published this novel?"))
    assert isinstance(reply, Verdict)
    assert reply.answer.startswith("Not told for certain")
