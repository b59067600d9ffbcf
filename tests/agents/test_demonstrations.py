"""Demonstrations: made from the text, the same for every question, shown to readers and believed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from clew.agents.demonstrator import FIRST, room_for_examples
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies import STRATEGIES, made
from clew.agents.strategies.demonstrated import EXAMPLES
from clew.agents.strategies.graph import Graph, Journey
from clew.agents.strategies.spending import FOR_ANSWER, MOST_TOKENS, price
from clew.agents.strategies.walk import Walk
from clew.core.errors import SettingsError
from clew.core.options import Choices
from clew.core.types import Call
from clew.prompts import Demonstrate, Explore, Facts, Finding, Piece, Read, Verdict, Whole, Write
from island import wait
from keeper import LONG, TRUTH, honest, long_book, watched
from pydantic import BaseModel

CHOSEN = Choices(demonstrations=True)
READERS = (Read, Write, Piece, Facts, Explore, Whole)


def shown(
    name: str, desk_for: Callable[..., Desk], replies: Callable[[Call], Any] = honest, **named: Any
) -> tuple[list[Any], State, Desk]:
    """`watched`, with examples."""
    return watched(made(name, CHOSEN), desk_for, replies, **{"window": 4096, **named})


@pytest.mark.parametrize("name", [*STRATEGIES, "chain,sweep"])
def test_all_who_read_see_examples_and_answer_as_without(name: str, desk_for: Callable[..., Desk]) -> None:
    prompts, state, desk = shown(name, desk_for, window=8192 if name == "full" else 4096)
    assert sum(isinstance(p, Demonstrate) for p in prompts) == EXAMPLES
    first = next(at for at, p in enumerate(prompts) if isinstance(p, READERS))
    assert all(isinstance(p, Demonstrate) for p in prompts[first - EXAMPLES : first])
    readers = [p for p in prompts if isinstance(p, READERS)]
    assert all(p.examples == readers[0].examples for p in readers)
    assert len(readers[0].examples.items) >= 2
    assert state["ruling"] is not None
    assert [desk.text(note.span) for note in state["ruling"].evidence] == [TRUTH]


@pytest.mark.parametrize(("name", "label", "form"), [("graph", "Finding", Finding), ("full", "Reply", Verdict)])
def test_an_example_has_the_form_of_what_is_asked_for(
    name: str, label: str, form: type[BaseModel], desk_for: Callable[..., Desk]
) -> None:
    prompts, _, _ = shown(name, desk_for, window=8192)
    (reader, *_) = (p for p in prompts if isinstance(p, READERS))
    told = [line for line in str(reader.examples).splitlines() if line.startswith(f"{label}: ")]
    assert len(told) == len(reader.examples.items)
    (number,) = reader.examples.items[0].answer
    wanted = {"claim": "As ever."} if form is Finding else {"answer": f"As ever. [{number}]", "evidence": [number]}
    said = form.model_validate_json(told[0].removeprefix(f"{label}: "))
    assert wanted.items() <= said.model_dump().items()


def test_examples_give_way_to_a_text_that_just_fits(desk_for: Callable[..., Desk]) -> None:
    def asked(window: int) -> Whole | None:
        try:
            prompts, _, _ = shown("full", desk_for, window=window)
        except SettingsError:
            return None
        last: Whole = prompts[-1]
        return last

    tight = next(prompt for window in range(3600, 8192, 64) if (prompt := asked(window)))
    wide = asked(8192)
    assert wide is not None
    assert tight.text == wide.text
    assert len(tight.examples.items) < len(wide.examples.items)


def test_examples_do_not_depend_on_the_question_and_cite_the_text(desk_for: Callable[..., Desk]) -> None:
    one, _, _ = shown("chain", desk_for)
    other, _, _ = shown("chain", desk_for, question="Was she paid?")
    assert one[:3] == other[:3]
    (example, *_) = one[3].examples.items
    assert {line.text for line in example.lines} <= {*LONG, TRUTH}
    assert example.answer == (example.lines[1].number,)


def test_a_reader_that_cites_an_example_is_not_believed(desk_for: Callable[..., Desk]) -> None:
    def copying(call: Call) -> Any:
        if call.prompt.name == "read":
            return {"findings": [{"sentences": [FIRST + 1], "claim": "As ever.", "confidence": 0.9}]}
        return honest(call)

    _, state, desk = shown("chain", desk_for, copying)
    assert not state["notes"]
    assert state["rejected"] == len(desk.chunks)


def test_a_text_seen_for_an_example_has_not_been_read(desk_for: Callable[..., Desk]) -> None:
    _, state, desk = shown("chain", desk_for)
    assert sorted(span.start for span in state["read"]) == [chunk.start for chunk in desk.chunks]


def test_a_writer_of_examples_that_fails_is_gone_without(desk_for: Callable[..., Desk]) -> None:
    def mute(call: Call) -> Any:
        return "no" if call.prompt.name == "demonstrate" else honest(call)

    prompts, state, _ = shown("chain", desk_for, mute)
    assert not any(p.examples.items for p in prompts if isinstance(p, Read))
    assert state["ruling"] is not None


def test_without_examples_a_prompt_is_what_it_was(desk_for: Callable[..., Desk]) -> None:
    seen: list[Call] = []

    def reply(call: Call) -> Any:
        seen.append(call)
        return honest(call)

    wait(run(made("chain", Choices()), desk_for(reply, books=[long_book(3)])))
    user = seen[0].messages[1].content
    assert "</text>\n\nMemory so far:" in user
    assert "Example" not in user


def test_examples_are_within_the_tokens_of_a_graph(desk_for: Callable[..., Desk]) -> None:
    """They are priced before they are known, and a step that only they are too long for is not taken."""
    _, state, desk = shown("graph", desk_for, window=8192)
    journey: Journey = state["slot"].slot
    (plan, *_) = journey.walks
    before = replace(journey, stage="walk", walks=(Walk(plan.node),), visited=(plan.node,))
    begun: State = {**state, "slot": before, "read": [], "notes": [], "failed": []}
    (step,) = Graph().choose(begun, desk)
    bare = price(step, desk)
    assert price(replace(step, examples=state["slot"].examples), desk) == bare + room_for_examples(desk)
    tight: State = {**begun, "slot": replace(before, spent=MOST_TOKENS - FOR_ANSWER - bare)}
    assert Graph().choose(tight, desk)
    assert not Graph(examples=True).choose(tight, desk)
