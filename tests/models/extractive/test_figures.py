"""The extractive model on values: contradictions, amounts without a figure, years that stand nowhere."""

from __future__ import annotations

import asyncio

import pytest
from clew.core.types import Call, Need
from clew.models.extractive.gist import chosen
from clew.models.extractive.model import Extractive
from clew.models.extractive.plan import needs_of
from clew.models.extractive.text import spells
from clew.prompts import WHOLE, Answer, Excerpt, Excerpts, Exhibit, Exhibits, Gist, Line, Needs, Points, Verdict, Whole


def answer(question: str, *sentences: str, source: str = "a.txt") -> Verdict:
    """What the manager makes of a short text that it sees whole."""
    excerpt = Excerpt(source, tuple(Line(at, text) for at, text in enumerate(sentences, 1)))
    prompt = Whole(Excerpts((excerpt,)), question)
    reply = asyncio.run(Extractive().complete(Call("manager", prompt, (), {}, 512, 0)))
    return prompt.parse(reply.text)


def judged(question: str, *evidence: tuple[str, str]) -> Verdict:
    """The same of pieces of evidence, each with its source."""
    items = tuple(Exhibit(at, source, text, 1, 0.8) for at, (source, text) in enumerate(evidence, 1))
    prompt = Answer(Exhibits(items), "", question, Needs((Need(1, question),)))
    return prompt.parse(asyncio.run(Extractive().complete(Call("manager", prompt, (), {}, 512, 0))).text)


FEE = "The annual fee is 500 dollars."


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("What is the annual fee?", FEE, "The annual fee is 700 dollars."),
        ("How long is the notice period?", "The notice period is thirty (30) days.", "The notice period is 60 days."),
        ("When does the lease end?", "The lease ends on 1 May 2020.", "The lease ends on 1 June 2021."),
        ("What is the interest rate?", "The interest rate is 5%.", "The interest rate is 6 %."),
    ],
)
def test_the_same_statement_with_another_value_is_a_conflict_and_both_are_cited(
    question: str, one: str, other: str
) -> None:
    found = answer(question, "Pets are allowed.", one, other)
    assert (found.verdict, found.evidence) == ("conflicting", [2, 3])
    assert found.answer.count("[") == 2


@pytest.mark.parametrize(
    "other",
    [
        FEE,
        "The annual fee is 500.00 dollars.",
        "The annual fee is 450 euros.",
        "The annual fee for children is 200 dollars.",
        "The annual fee was 400 dollars.",
        "In 2019 the annual fee is 400 dollars.",
        "The monthly fee is 50 dollars.",
        "Is the annual fee 700 dollars?",
        "The annual fee is 700 or 800 dollars.",
    ],
)
def test_what_may_be_meant_otherwise_is_no_conflict(other: str) -> None:
    assert answer("What is the annual fee?", FEE, other).verdict == "answered"


def test_a_conflict_is_within_one_document_under_the_same_headings() -> None:
    rise = "The annual fee is 700 dollars."
    question = "What is the annual fee?"
    assert judged(question, ("a.txt, page 1, Fees", FEE), ("a.txt, page 9, Fees", rise)).verdict == "conflicting"
    assert judged(question, ("a.txt, Gold", FEE), ("a.txt, Silver", rise)).verdict == "answered"
    assert judged(question, ("a.txt", FEE), ("b.txt", rise)).verdict == "answered"


def test_numbers_of_headings_are_no_values() -> None:
    found = answer("What is the limitation of liability amount?", "4. Limitation of liability amount.", "9. Limitation")
    assert found.verdict != "conflicting"


@pytest.mark.parametrize("head", ["Depreciation Capital Expenditures", "Capital expenditures 2018 2017 2016"])
def test_a_head_of_a_table_is_no_amount(head: str) -> None:
    for question in ("capital expenditure FY2018", "What were the capital expenditures in 2018?"):
        assert answer(question, head, "The sea was calm.").verdict == "not_found"


def test_an_amount_of_a_year_that_stands_nowhere_is_doubted() -> None:
    question = "What was the revenue in 2018?"
    row = ("a.pdf, page 3, Sales; columns: 2018 2017", "Revenue 410 395")
    assert judged(question, row).missing == []
    assert judged(question, ("report_2018.pdf, page 3", "The revenue was 410 dollars.")).missing == [question]
    assert judged("What was the revenue?", ("a.pdf", "The revenue was 410 dollars.")).missing == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie lange ist die Kündigungsfrist?", "Die Kündigungsfrist beträgt drei Monate zum Monatsende."),
        ("Wie hoch ist die Kaution?", "Die Kaution ist bei Einzug mit 900 Euro fällig."),
        ("How high is the deposit?", "The deposit is 3,750 euros."),
        ("租期到什么时候结束？", "租期自2020年1月1日起至2021年12月31日止。"),
        ("What is Item 12 in 2017?", "| Item 12 | 36 | 84 |"),
    ],
)
def test_how_something_is_asked_need_not_be_repeated(question: str, sentence: str) -> None:
    rest = ("| Item 4 | 12 | 28 |", "| Item | 2016 | 2017 |") if "|" in sentence else ("Quiet hours begin at ten.",)
    found = answer(question, *rest, sentence)
    assert found.verdict == "answered"
    assert found.evidence[0] == len(rest) + 1


def test_of_two_questions_the_one_that_has_an_answer_is_answered() -> None:
    question = "Who is the Apollo program director, and what is the annual fee?"
    assert needs_of(question) == ["Who is the Apollo program director?", "What is the annual fee?"]
    found = answer(question, FEE, "The rent is due in May.")
    assert (found.answer, found.missing) == ("500 dollars [1]", ["Who is the Apollo program director?"])


def test_another_fee_is_still_no_answer() -> None:
    assert answer("What is the monthly fee?", FEE, "The rent is high.").verdict == "not_found"


@pytest.mark.parametrize(
    "line", ["-" * 40, "* * * * *", "| --- | --- |", "Introduction ............. 5", "Fees . . . . . . iv"]
)
def test_rules_and_leaders_are_no_sentences(line: str) -> None:
    assert not spells(line)
    assert answer("What is the introduction of fees?", line).verdict == "not_found"


@pytest.mark.parametrize("line", ["| A | 5 | 7 |", "He paused... and went on.", "No. 5", "租金每月五千元。"])
def test_words_and_rows_are(line: str) -> None:
    assert spells(line)


KEEPER = [f"On day {n} the keeper of the old lighthouse wrote about ships and the weather." for n in range(9)]


def summed_up(focus: str) -> Points:
    prompt = Gist(Excerpts((Excerpt("", tuple(Line(at, text) for at, text in enumerate(KEEPER, 1))),)), 60, focus)
    return prompt.parse(asyncio.run(Extractive().complete(Call("reader", prompt, (), {}, 512, 0))).text)


def test_a_focus_that_nothing_concerns_leaves_nothing_to_say() -> None:
    assert summed_up("dinosaurs").points == []
    assert len(summed_up("ships").points) > 1
    assert len(summed_up(WHOLE).points) > 1
    assert chosen([*KEEPER, "Nobody at all had ever seen so many seals on that shore."], "seals", 60) == [9]
