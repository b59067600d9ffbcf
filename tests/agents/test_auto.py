"""`auto`: what each leg is taken for, what it says of that, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies.auto import Auto
from clew.agents.strategies.hop import new_names, queries
from clew.agents.strategies.retrieve import Retrieve
from clew.core.errors import BadReply, ModelError, WindowExceeded
from clew.core.types import Call
from clew.memory.ledger import Covered
from island import small_book, wait
from keeper import LONG, TRUTH, honest
from riddles import CHAIN, IDLE, desk_of, text_with

LENGTH = 700


def riddle(*at: int) -> tuple[Desk, State, Auto]:
    """A run of `auto` over a text whose three steps stand on these lines, with a reader without noise."""
    auto = Auto()
    text = text_with({line: fact.text for line, fact in zip(at, CHAIN.facts, strict=True)}, LENGTH)
    desk, _ = desk_of(CHAIN, text)
    return desk, wait(run(auto, desk)), auto


@pytest.mark.parametrize("at", [(5, 300, 690), (690, 300, 5), (300, 5, 301)])
def test_a_step_read_before_its_link_was_known_is_read_again(at: tuple[int, int, int]) -> None:
    desk, state, auto = riddle(*at)
    assert state["ruling"] is not None
    assert state["ruling"].answer.startswith("Tarn Haven")
    assert "sweep" not in auto.route(state, desk)
    assert not desk.notices


def test_no_passage_is_read_a_third_time() -> None:
    _, state, _ = riddle(690, 300, 5)
    once, twice = Covered(), Covered()
    for span in state["read"]:
        assert not twice.overlaps(span)
        if once.overlaps(span):
            twice.add(span)
        once.add(span)
    assert any(twice.overlaps(span) for span in state["read"])


def test_what_is_missing_is_looked_up_by_what_was_found() -> None:
    desk, state, _ = riddle(5, 300, 690)
    before: State = {**state, "notes": [note for note in state["notes"] if "Bodo" in note.claim][:1]}
    assert "Which boat does Bodo Kask own?" in queries(before, desk)
    assert new_names(before["notes"], desk) == ["Bodo Kask"]


def test_a_step_that_is_nowhere_leads_to_a_sweep_that_says_why_and_what_it_costs() -> None:
    auto = Auto()
    desk, _ = desk_of(CHAIN, text_with({5: CHAIN.facts[0].text}, LENGTH))
    state = wait(run(auto, desk))
    assert state["ruling"] is not None
    assert not state["ruling"].answer
    (notice,) = desk.notices
    assert "no evidence for “Which boat does" in notice
    assert "calls, about" in notice
    legs = [part.split(":")[0] for part in auto.route(state, desk).split("; ")]
    assert legs == ["retrieve", "then closer", "then sweep"]
    assert "then sweep: looking up left something open" in auto.route(state, desk)
    assert not Covered(state["read"]).rest(next(iter(desk.chunks)).span)


def whole(call: Call) -> dict[str, Any]:
    """A planner that says that the question is about the whole, and readers that note every keeper."""
    if call.prompt.name == "plan":
        return {"needs": [], "whole": True}
    if call.prompt.name == "read":
        found = [line.number for line in call.prompt.text.lines if "keeper" in line.text]
        return {"findings": [{"sentences": [n], "need": 1, "confidence": 0.9} for n in found]}
    numbers = [item.number for item in call.prompt.evidence.items]
    return {"verdict": "answered", "answer": f"{len(numbers)} keepers", "evidence": numbers}


def test_a_question_about_the_whole_reads_all_of_it_once_and_shows_all_evidence_together(
    desk_for: Callable[..., Desk],
) -> None:
    prompts: list[str] = []

    def watched(call: Call) -> dict[str, Any]:
        prompts.extend(message.content for message in call.messages)
        return whole(call)

    lines = [f"The {n}th keeper came." if n % 100 == 0 else IDLE[n % 900] for n in range(2400)]
    desk = desk_for(watched, "How many keepers were there?", books=[small_book(lines, "log.txt", 8)], window=8192)
    auto = Auto()
    state = wait(run(auto, desk))
    assert state["ruling"].answer.startswith("24 keepers")
    assert auto.route(state, desk).endswith("then whole: the question is about the whole text")
    assert len(desk.notices) == 1
    assert sum(ceil(len(text) / 4) for text in prompts) <= 1.3 * ceil(len("\n".join(lines)) / 4)


def test_a_question_answered_in_a_single_place_costs_five_calls_at_most(desk_for: Callable[..., Desk]) -> None:
    for place in (0, 1000, 2900):
        calls = 0

        def counted(call: Call) -> dict[str, Any]:
            nonlocal calls
            calls += 1
            return honest(call)

        far = [LONG[n % 150] for n in range(3000)]
        book = small_book([*far[:place], TRUTH, *far[place:]], "far.txt", 8)
        desk = desk_for(counted, "Who was the first keeper?", books=[book], window=8192)
        state = wait(run(Auto(), desk))
        assert "Martha Venn" in state["ruling"].answer
        assert calls <= 5


@pytest.mark.parametrize("error", [WindowExceeded("too long", "", 1000), BadReply("no object", "{")])
def test_a_text_that_is_not_taken_whole_is_looked_up_in(desk_for: Callable[..., Desk], error: ModelError) -> None:
    def refusing(call: Call) -> dict[str, Any]:
        if call.prompt.name == "whole":
            raise error
        return honest(call)

    lines = [*LONG[:120], TRUTH]
    desk = desk_for(refusing, "Who was the first keeper?", books=[small_book(lines, "log.txt", 8)], window=32768)
    auto = Auto()
    state = wait(run(auto, desk))
    assert "Martha Venn" in state["ruling"].answer
    assert auto.route(state, desk).endswith("then retrieve: it could not be read at once")
    assert not state["failed"]


def test_nothing_is_asked_again_where_nothing_is_left(desk_for: Callable[..., Desk]) -> None:
    """A text that was read whole and says nothing is not swept."""

    def blind(call: Call) -> dict[str, Any]:
        return {"needs": [call.prompt.question]} if call.prompt.name == "plan" else {"findings": []}

    desk = desk_for(blind, "Who was the first keeper?", books=[small_book(LONG[:90], "short.txt", 8)], window=2600)
    state = wait(run(Retrieve(), desk))
    assert state["ruling"] is None
    assert not Covered(state["read"]).rest(next(iter(desk.books.values())).passage(0).span)


@pytest.mark.parametrize("window", [8192, 32768, 131072])
def test_the_worst_question_costs_one_and_a_half_times_a_long_text_at_most(
    desk_for: Callable[..., Desk], window: int
) -> None:
    """Four steps, a reader that always has something, and a manager that is never satisfied."""
    prompts: list[str] = []

    def never(call: Call) -> dict[str, Any]:
        prompts.extend(message.content for message in call.messages)
        if call.prompt.name == "plan":
            return {"needs": ["Who kept the lamp?", "Which boat had #1?", "Where lay #2?", "What sank #2?"]}
        if call.prompt.name == "read":
            found = [line.number for line in call.prompt.text.lines if "100" in line.text][:2]
            return {
                "findings": [{"sentences": [n], "need": 1, "claim": f"it is {n}", "confidence": 0.9} for n in found]
            }
        return {"verdict": "not_found", "missing": ["the boat and the lamp"]}

    lines = [f"Entry {n}: {IDLE[n % 900]}" for n in range(2700)]
    book = small_book(lines, "log.txt", 8)
    assert book.extent.characters > 4 * 64_000
    desk = desk_for(never, "What sank the boat of the man who kept the lamp?", books=[book], window=window)
    auto = Auto()
    state = wait(run(auto, desk))
    assert "then sweep" in auto.route(state, desk)
    assert sum(ceil(len(text) / 4) for text in prompts) <= 1.5 * book.extent.characters / 4
