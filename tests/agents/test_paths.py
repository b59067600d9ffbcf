"""Several paths through one text: what each sees, whose answer is given, and what becomes of contradictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.state import Ruling
from clew.agents.strategies import made
from clew.agents.strategies.chain import Chain
from clew.agents.strategies.paths import Paths
from clew.agents.votes import agree, best, disputed
from clew.core.book import Book
from clew.core.errors import SettingsError
from clew.core.options import Choices
from clew.core.types import Call, Note, Span
from clew.prompts import Answer, Read
from island import small_book
from keeper import LONG, TRUTH, honest, watched

LIE = "The first keeper was Martha Crane."


def torn_book() -> Book:
    """Its beginning says one thing and its end another."""
    return small_book([*LONG[:2], TRUTH, *LONG[2:], LIE, LONG[5]], "torn.txt", 8)


def hasty(call: Call) -> dict[str, Any]:
    """A reader that notes only what nobody noted before it, and a manager that believes what was noted first."""
    prompt = call.prompt
    if prompt.name == "read":
        lines = [line for line in prompt.text.lines if "Martha" in line.text]
        if prompt.memory.items:
            return {"findings": []}
        return {"findings": [{"sentences": [line.number], "need": 1, "confidence": 0.9} for line in lines]}
    items = prompt.evidence.items
    names = {item.text.split()[-1].rstrip("."): item.number for item in items}
    if len(names) > 1:
        both = " or ".join(f"{name} [{number}]" for name, number in sorted(names.items()))
        return {"verdict": "conflicting", "answer": both, "evidence": sorted(names.values())}
    (name, number) = next(iter(names.items()))
    return {"verdict": "answered", "answer": f"{name} [{number}]", "evidence": [number]}


def test_each_order_reads_everything_with_a_memory_of_its_own(desk_for: Callable[..., Desk]) -> None:
    prompts, state, desk = watched(made("chain", Choices(paths=4)), desk_for)
    chunks = len(desk.chunks)
    reads = [p for p in prompts if isinstance(p, Read)]
    assert len(reads) == 4 * chunks
    by_turn = [reads[at : at + 4] for at in range(0, len(reads), 4)]
    firsts = [[turn[lane].text.lines[0].text for turn in by_turn] for lane in range(4)]
    assert firsts[1] == firsts[0][::-1]
    assert all(sorted(order) == sorted(firsts[0]) for order in firsts)
    assert len({tuple(order) for order in firsts}) == 4
    assert not any(p.memory.items for p in by_turn[0])
    assert [bool(p.memory.items) for p in by_turn[-1]][:2] == [True, False]
    assert state["ruling"] is not None
    assert state["ruling"].answer == "Martha Venn [1]"


def test_paths_that_agree_cost_no_further_call(desk_for: Callable[..., Desk]) -> None:
    prompts, _, desk = watched(made("chain", Choices(paths=3)), desk_for)
    assert len(prompts) == 3 * (len(desk.chunks) + 1)


def test_paths_that_differ_are_read_again_together_once(desk_for: Callable[..., Desk]) -> None:
    paths = made("chain", Choices(paths=2))
    prompts, state, desk = watched(paths, desk_for, hasty, books=[torn_book()])
    assert len(prompts) == 2 * (len(desk.chunks) + 1) + 2
    again, judge = prompts[-2:]
    assert isinstance(again, Read)
    assert {TRUTH, LIE} <= {line.text for line in again.text.lines}
    assert len(again.text.parts) == 2
    assert isinstance(judge, Answer)
    assert {item.text for item in judge.evidence.items} == {TRUTH, LIE}
    assert state["ruling"] is not None
    assert state["ruling"].verdict == "conflicting"
    assert {desk.text(note.span) for note in state["ruling"].evidence} == {TRUTH, LIE}
    assert isinstance(paths, Paths)
    assert "differed" in paths.route(state, desk)


def test_a_judge_that_abstains_leaves_the_answer_to_the_evidence(desk_for: Callable[..., Desk]) -> None:
    def undecided(call: Call) -> Any:
        reply = hasty(call)
        return {"verdict": "not_found"} if reply.get("verdict") == "conflicting" else reply

    paths = made("chain", Choices(paths=2))
    _, state, desk = watched(paths, desk_for, undecided, books=[torn_book()])
    assert state["ruling"] is not None
    assert state["ruling"].answer in ("Venn [1]", "Crane [1]")
    assert isinstance(paths, Paths)
    assert paths.route(state, desk).endswith("they differed and were read again together, which settled nothing")


def test_different_strategies_may_be_the_paths(desk_for: Callable[..., Desk]) -> None:
    prompts, state, desk = watched(made("retrieve, chain", Choices()), desk_for)
    assert {"plan", "read", "answer"} == {p.name for p in prompts}
    assert sum(isinstance(p, Answer) for p in prompts) == 2
    assert state["ruling"] is not None
    assert [desk.text(note.span) for note in state["ruling"].evidence] == [TRUTH]


def test_one_path_that_fails_does_not_silence_the_other(desk_for: Callable[..., Desk]) -> None:
    def mute(call: Call) -> Any:
        return "no" if call.role == "memory_writer" else honest(call)

    ways = {"prose": Chain(message="prose"), "lines": Chain()}
    _, state, desk = watched(Paths(ways), desk_for, mute)
    assert state["ruling"] is not None
    assert [desk.text(note.span) for note in state["ruling"].evidence] == [TRUTH]


@pytest.mark.parametrize("names", ["chain,chains", "chain,", ","])
def test_an_unknown_path_is_named(names: str) -> None:
    with pytest.raises(SettingsError, match="there is no strategy"):
        made(names, Choices())


def test_verified_evidence_outweighs_numbers_of_paths(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for([], books=[torn_book()])
    (book,) = desk.books.values()

    def ruling(answer: str, confidence: float, text: str = TRUTH) -> Ruling:
        start = book.document.text.index(text)
        return Ruling("answered", answer, (Note(Span(book.id, start, start + len(text)), "", 1, confidence),), ())

    true, bare = ruling("Martha Venn [1]", 0.9), Ruling("answered", "Ahab", (), ())
    invented = ruling("Ahab, in 1843 [1]", 0.9)
    assert best([bare, bare, bare, true], desk) is true
    assert best([invented, true], desk) is true
    assert best([ruling("Crane [1]", 0.9, LIE), true, ruling("It was Martha Venn. [1]", 0.3)], desk) is true
    assert agree(true, ruling("The keeper was Venn, Martha", 0.5))
    assert not agree(true, invented)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Yes [1]", "No [2]", False),
        ("Yes [1]", "Yes, it did. [2]", True),
        ("It was insured. [1]", "It was not insured. [1]", False),
        ("The lamp burned oil [1]", "The lamp didn't burn oil [2]", False),
        ("It burned before 1890 [1]", "It burned after 1890 [2]", False),
        ("It burned before 1890 [1]", "1890 [2]", True),
        ("Less than 40 [1]", "More than 40 [1]", False),
        ("He [1]", "She [1]", False),
        ("40 [1]", "40 pounds a year [2]", True),
        ("是 [1]", "不是 [1]", False),
        ("Судно было застраховано [1]", "Судно не было застраховано [1]", False),
        ("그는 갔다 [1]", "그는 안 갔다 [1]", False),
        ("[1]", "Martha Venn [1]", False),
    ],
)
def test_answers_that_turn_one_another_round_do_not_agree(one: str, other: str, same: bool) -> None:
    rulings = [Ruling("answered", text, (), ()) for text in (one, other)]
    assert agree(*rulings) == agree(*reversed(rulings)) == same


@pytest.mark.parametrize(
    ("asked", "one", "other", "same"),
    [
        ("de", "Es brannte [1]", "Es brannte nie [1]", False),
        ("de", "3. Mai 1843 [1]", "1843 [1]", True),
        ("it", "1843 [1]", "Mai, 1843 [1]", False),
        ("pt", "No Brasil [1]", "Brasil [1]", True),
        ("es", "No, Brasil [1]", "Brasil [1]", False),
        ("de", "Es war Martha Venn [1]", "Das ist Martha Venn [1]", True),
    ],
)
def test_a_word_is_a_denial_in_its_own_language_only(asked: str, one: str, other: str, same: bool) -> None:
    rulings = [Ruling("answered", text, (), ()) for text in (one, other)]
    assert agree(*rulings, asked) == agree(*reversed(rulings), asked) == same


def test_answers_are_compared_in_the_language_of_the_question(desk_for: Callable[..., Desk]) -> None:
    note = Note(Span("", 0, 1), "", 1, 0.9)
    rulings = [Ruling("answered", text, (note,), ()) for text in ("Im Mai 1843 [1]", "1843 [1]")]
    assert not disputed(rulings, desk_for([], "Wann wurde der Turm gebaut?"))
    assert disputed(rulings, desk_for([], "Quando è stata costruita la torre?"))
