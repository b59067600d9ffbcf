"""Needs that wait for one another, and which of them have evidence."""

from __future__ import annotations

from clew.agents.needs import rewritten, spelled, unmet
from clew.core.types import Need, Note, Span

TAUGHT, OWNS, LIES = "Who taught Irsa Velm?", "Which boat does #1 own?", "In which harbour lies #2?"
QUESTION = Need(1, "In which harbour lies the boat of the man who taught Irsa Velm?")


def note(need: int, claim: str = "", confidence: float = 0.9, at: int = 0) -> Note:
    return Note(Span("d", at, at + 5), claim, need, confidence)


def plan(*texts: str) -> list[Need]:
    return [QUESTION, *(Need(at, text, "planner") for at, text in enumerate(spelled(texts), 2))]


def test_a_question_that_waits_for_another_is_spelled_out() -> None:
    assert spelled([TAUGHT, OWNS, LIES]) == [
        TAUGHT,
        "Which boat does (Who taught Irsa Velm) own?",
        "In which harbour lies (Which boat does (Who taught Irsa Velm) own)?",
    ]


def test_a_number_of_nothing_that_comes_before_is_left_alone() -> None:
    assert spelled(["Is #1 or #2 older?", "Who is #9?"]) == ["Is #1 or #2 older?", "Who is #9?"]


def test_questions_that_name_each_other_many_times_do_not_fill_the_memory() -> None:
    told = spelled(["Who is a man of words?", *(f"#{at} and #{at} and #{'9' * 5000}?" for at in range(1, 40))])
    assert max(map(len, told)) < 10_000
    assert len(spelled(["Who?", "#1 " * 10_000])[1]) < 40_000


def test_what_was_found_takes_the_question_s_place_also_inside_another() -> None:
    told = rewritten(plan(TAUGHT, OWNS, LIES), [note(2, "Bodo Kask")])
    assert [need.text for need in told[2:]] == [
        "Which boat does Bodo Kask own?",
        "In which harbour lies (Which boat does Bodo Kask own)?",
    ]
    told = rewritten(plan(TAUGHT, OWNS, LIES), [note(2, "Bodo Kask"), note(3, "Silver Eel", at=9)])
    assert told[3].text == "In which harbour lies Silver Eel?"


def test_doubtful_and_endless_claims_take_no_place() -> None:
    for found in (note(2, "Bodo Kask", confidence=0.4), note(2, "Bodo " * 40), note(2, "")):
        assert "(Who taught Irsa Velm)" in rewritten(plan(TAUGHT, OWNS), [found])[2].text


def test_an_abandoned_need_is_not_asked_for() -> None:
    assert rewritten([QUESTION, Need(2, TAUGHT, "manager", "abandoned")], []) == (QUESTION,)


def test_a_step_without_evidence_is_unmet() -> None:
    needs = plan(TAUGHT, OWNS, LIES)
    assert [need.number for need in unmet(needs, [])] == [2, 3, 4]
    assert [need.number for need in unmet(needs, [note(3)])] == [2, 4]
    assert unmet(needs, [note(2), note(3), note(4)]) == []
    assert [need.number for need in unmet(needs, [note(2), note(3), note(4, confidence=0.4)])] == [4]


def test_evidence_for_the_question_stands_for_one_step_each() -> None:
    needs = plan(TAUGHT, OWNS, LIES)
    assert [need.number for need in unmet(needs, [note(1), note(2, at=9)])] == [4]
    assert unmet(needs, [note(1), note(1, at=9), note(1, at=20)]) == []
    assert len(unmet(needs, [note(1), note(1, at=2)])) == 2, "two notes on one place are one"


def test_a_question_without_steps_needs_evidence_itself() -> None:
    assert unmet([QUESTION], []) == [QUESTION]
    assert unmet([QUESTION], [note(1)]) == []
