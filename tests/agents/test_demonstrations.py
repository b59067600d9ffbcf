"""Demonstrations: made from the text, the same for every question, shown to readers and believed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.demonstrator import FIRST
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies import made
from clew.core.options import Choices
from clew.core.types import Call
from clew.prompts import Demonstrate, Piece, Read, Write
from island import wait
from keeper import LONG, TRUTH, honest, long_book

CHOSEN = Choices(demonstrations=True)


def watched(
    name: str, desk_for: Callable[..., Desk], replies: Callable[[Call], Any] = honest, **named: Any
) -> tuple[list[Any], State, Desk]:
    seen: list[Any] = []

    def reply(call: Call) -> Any:
        seen.append(call.prompt)
        return replies(call)

    desk = desk_for(reply, **{"books": [long_book(3)], "window": 4096, **named})
    return seen, wait(run(made(name, CHOSEN), desk)), desk


@pytest.mark.parametrize("name", ["chain", "retrieve", "sweep", "memory", "access", "tree", "chain,sweep"])
def test_every_reader_sees_examples_and_answers_as_without(name: str, desk_for: Callable[..., Desk]) -> None:
    prompts, state, desk = watched(name, desk_for)
    assert [isinstance(p, Demonstrate) for p in prompts[:4]] == [True, True, True, False]
    readers = [p for p in prompts if isinstance(p, Read | Write | Piece)]
    assert readers
    assert all(p.examples == readers[0].examples for p in readers)
    assert len(readers[0].examples.items) >= 2
    assert state["ruling"] is not None
    assert [desk.text(note.span) for note in state["ruling"].evidence] == [TRUTH]


def test_examples_do_not_depend_on_the_question_and_cite_the_text(desk_for: Callable[..., Desk]) -> None:
    one, _, _ = watched("chain", desk_for)
    other, _, _ = watched("chain", desk_for, question="Was she paid?")
    assert one[:3] == other[:3]
    (example, *_) = one[3].examples.items
    assert {line.text for line in example.lines} <= {*LONG, TRUTH}
    assert example.answer == (example.lines[1].number,)


def test_a_reader_that_cites_an_example_is_not_believed(desk_for: Callable[..., Desk]) -> None:
    def copying(call: Call) -> Any:
        if call.prompt.name == "read":
            return {"findings": [{"sentences": [FIRST + 1], "claim": "As ever.", "confidence": 0.9}]}
        return honest(call)

    _, state, desk = watched("chain", desk_for, copying)
    assert not state["notes"]
    assert state["rejected"] == len(desk.chunks)


def test_a_text_seen_for_an_example_has_not_been_read(desk_for: Callable[..., Desk]) -> None:
    _, state, desk = watched("chain", desk_for)
    assert sorted(span.start for span in state["read"]) == [chunk.start for chunk in desk.chunks]


def test_a_writer_of_examples_that_fails_is_gone_without(desk_for: Callable[..., Desk]) -> None:
    def mute(call: Call) -> Any:
        return "no" if call.prompt.name == "demonstrate" else honest(call)

    prompts, state, _ = watched("chain", desk_for, mute)
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
