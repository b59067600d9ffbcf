"""What LC-Boost says its agents see and may do: a way to the text, then one of four actions on each piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies.access import TRIED, Access
from clew.core.types import Call
from clew.prompts import Piece
from island import wait
from keeper import LONG, TRUTH, honest, long_book

LOOK_UP, GO_THROUGH = 1, 2
MOVE, APPEND, MERGE, ANSWER = 1, 2, 3, 4


def watched(
    desk_for: Callable[..., Desk], way: int, actions: Iterator[int], place: int = 3, **named: Any
) -> tuple[list[Any], State]:
    """The prompts of a run in which the pieces are met with `actions`, and honestly when these have come to an end."""
    seen: list[Any] = []

    def reply(call: Call) -> Any:
        seen.append(call.prompt)
        made = honest(call)
        if call.prompt.name == "approach":
            return {"action": way}
        if call.prompt.name == "piece":
            action = next(actions, made["action"])
            return {**made, "action": action, "drop": [1] if action == MERGE else []}
        return made

    desk = desk_for(reply, **{"books": [long_book(place)], "window": 2600, **named})
    return seen, wait(run(Access(), desk))


def test_going_through_shows_every_piece_in_order_beside_what_was_kept(desk_for: Callable[..., Desk]) -> None:
    (approach, *pieces, answer), _ = watched(desk_for, GO_THROUGH, iter([]))
    assert approach.name == "approach"
    assert not hasattr(approach, "text")
    assert [line.text for p in pieces for line in p.text.lines] == [*LONG[:3], TRUTH, *LONG[3:]]
    assert not pieces[0].memory.items
    assert all([item.text for item in p.memory.items] == [TRUTH] for p in pieces[1:])
    assert [len(p.actions.items) for p in pieces] == [4] * len(pieces)
    assert [item.text for item in answer.evidence.items] == [TRUTH]


def test_looking_up_shows_the_best_pieces_first_and_no_more_than_a_few(desk_for: Callable[..., Desk]) -> None:
    (_, *pieces, answer), _ = watched(desk_for, LOOK_UP, iter([]), place=149)
    assert TRUTH in [line.text for line in pieces[0].text.lines]
    assert len(pieces) <= TRIED
    assert answer.name == "answer"


def test_to_answer_ends_the_way(desk_for: Callable[..., Desk]) -> None:
    (_, *pieces, _), state = watched(desk_for, GO_THROUGH, iter([ANSWER]))
    assert len(pieces) == 1
    assert state["ruling"] is not None
    assert state["ruling"].verdict == "answered"


def test_to_answer_from_nothing_takes_saying_it_twice(desk_for: Callable[..., Desk]) -> None:
    prompts, state = watched(desk_for, GO_THROUGH, iter([ANSWER, MOVE, ANSWER, ANSWER]), place=150)
    assert [p.name for p in prompts] == ["approach", *["piece"] * 4]
    assert state["ruling"] is None


def test_move_keeps_nothing_but_the_ledger_does_and_merge_drops_lines(desk_for: Callable[..., Desk]) -> None:
    moved, state = watched(desk_for, GO_THROUGH, iter([MOVE]))
    assert not any(p.memory.items for p in moved if isinstance(p, Piece))
    assert len(state["notes"]) == 1
    merged, _ = watched(desk_for, GO_THROUGH, iter([APPEND, MERGE]))
    assert [len(p.memory.items) for p in merged if isinstance(p, Piece)][:3] == [0, 1, 0]


def test_lines_are_dropped_by_merging_alone(desk_for: Callable[..., Desk]) -> None:
    def dropping(call: Call) -> Any:
        seen.append(call.prompt)
        made = honest(call)
        return {**made, "drop": [1]} if call.prompt.name == "piece" else made

    seen: list[Any] = []
    wait(run(Access(), desk_for(dropping, books=[long_book(3)], window=2600)))
    assert {len(p.memory.items) for p in seen if isinstance(p, Piece)} == {0, 1}
    assert [item.text for item in seen[-1].evidence.items] == [TRUTH]


def test_an_action_that_is_not_on_the_list_goes_on(desk_for: Callable[..., Desk]) -> None:
    (_, *pieces, answer), _ = watched(desk_for, 77, iter([0, 99]))
    assert len(pieces) > 2
    assert [item.text for item in answer.evidence.items] == [TRUTH]
