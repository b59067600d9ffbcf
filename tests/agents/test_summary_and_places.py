"""Summaries and lists of places: every sentence and every row stands on places in the text; all of it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.places import places
from clew.agents.strategies.find import Find
from clew.agents.strategies.summarize import Summarize
from clew.core.types import Call, Usage
from island import small_book, wait

LINES = [f"On day {n} the keeper of the lighthouse wrote {n} lines about ships and weather." for n in range(200)]


def talkative(call: Call) -> dict[str, Any]:
    """Points of every second sentence, then of every second point."""
    lines = call.prompt.text.lines
    points = [{"text": f"Point: {line.text}", "numbers": [line.number]} for line in lines[::2]]
    return {"points": [*points, {"text": "Invented.", "numbers": [99_999]}]}


def test_a_summary_cites_a_place_for_every_sentence(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for(talkative, books=[small_book(LINES, "log.txt", 4)], window=2600)
    state = wait(run(Summarize(100), desk))
    ruling = state["ruling"]
    assert ruling is not None
    assert "Invented" not in ruling.answer
    assert state["rejected"] > 0
    for note in ruling.evidence:
        assert desk.text(note.span) in LINES
    assert [f"[{n}]" in ruling.answer for n in range(1, len(ruling.evidence) + 1)] == [True] * len(ruling.evidence)
    assert ruling.answer.count("[") == len(ruling.evidence) > 1
    assert sum(span.end - span.start for span in state["read"]) == len(desk.books[next(iter(desk.books))].document.text)


def test_marks_in_a_summary_are_of_its_places_alone(desk_for: Callable[..., Desk]) -> None:
    def citing(call: Call) -> dict[str, Any]:
        (first, *_) = call.prompt.text.lines
        return {"points": [{"text": f"{first.text} [2], [7; 9] it says [1].", "numbers": [first.number]}]}

    desk = desk_for(citing, books=[small_book([LINES[0], "A storm came.[12]"], "log.txt", 4)], window=2600)
    state = wait(run(Summarize(100), desk))
    assert state["ruling"] is not None
    assert state["ruling"].answer == f"{LINES[0]}, it says., it says. [1]"


@pytest.mark.parametrize("bad", ["gist", "condense"])
def test_a_summary_ends_whatever_a_model_says(bad: str, desk_for: Callable[..., Desk]) -> None:
    def stubborn(call: Call) -> Any:
        if call.prompt.name == bad:
            return (
                "no" if bad == "gist" else {"points": [{"text": f"All of {n}", "numbers": [n]} for n in range(1, 400)]}
            )
        return talkative(call)

    desk = desk_for(stubborn, books=[small_book(LINES, "log.txt", 4)], window=2600)
    state = wait(run(Summarize(100), desk))
    assert bool(state["failed"]) == (bad == "gist")


def test_places_are_listed_once_in_order_and_only_when_sure(desk_for: Callable[..., Desk]) -> None:
    def picky(call: Call) -> dict[str, Any]:
        numbers = [
            line.number for line in call.prompt.text.lines if line.text.endswith("0 lines about ships and weather.")
        ]
        sure = [{"sentences": [n], "need": 1, "confidence": 0.9} for n in reversed(numbers)]
        return {"findings": [*sure, *sure, {"sentences": [1], "need": 1, "confidence": 0.2}]}

    desk = desk_for(picky, "round numbers", books=[small_book(LINES, "log.txt", 4)], window=2600)
    strategy = Find("round numbers")
    state = wait(run(strategy, desk))
    found = places(state, strategy, desk, "r", "m", Usage(), [], cutoff=0.5)
    assert [item.quote for item in found.items] == [line for line in LINES if "0 lines" in line]
    assert found.coverage.complete
    assert found.to_dict()["schema"] == "clew.find/1"
    text = desk.books[found.items[0].document_id].document.text
    assert all(text[item.start : item.end] == item.quote for item in found.items)
