"""How long questions are reckoned to take side by side, and what a server is reckoned to have read before."""

from __future__ import annotations

import pytest
from clew.app.planner import seconds
from clew.core.types import Message, Usage
from clew.models.imagined import Tally
from clew.models.prefixes import BLOCK, Prefixes


def tally(*turns: tuple[int, float], places: int = 8) -> Tally:
    """A question whose turns have so many calls of so many seconds."""
    made = Tally(places)
    for calls, each in turns:
        for _ in range(calls):
            made.add("reader", Usage(calls=1, seconds=each))
        made.turn()
    return made


@pytest.mark.parametrize(
    ("turns", "questions", "abreast", "expected"),
    [
        ([(16, 1.0), (1, 2.0)], 1, 1, 4.0),  # Two rounds of eight, then the manager.
        ([(1, 1.0)] * 10, 1, 1, 10.0),  # One after the other, however many places there are.
        ([(1, 1.0)] * 10, 8, 8, 10.0),  # Eight chains, each in a place of its own.
        ([(1, 1.0)] * 10, 160, 16, 200.0),  # Twice as many chains as places: the work decides.
        ([(1, 1.0)] * 10, 40, 4, 100.0),  # Half as many: places stay empty.
        ([(80, 1.0)], 10, 10, 100.0),
    ],
)
def test_seconds_are_those_of_the_work_or_of_what_waits(
    turns: list[tuple[int, float]], questions: int, abreast: int, expected: float
) -> None:
    assert seconds([(tally(*turns), 1)] * questions, abreast, 8) == pytest.approx(expected)
    assert seconds([(tally(*turns), questions)], abreast, 8) == pytest.approx(expected)


def test_a_prompt_is_known_as_far_as_another_one_began_like_it() -> None:
    prefixes = Prefixes()
    system, text = Message("system", "s" * 50 * BLOCK), "t" * 40 * BLOCK
    assert prefixes.share([system, Message("user", text + "Who?" * BLOCK)]) == 0
    assert prefixes.share([system, Message("user", text + "When" * BLOCK)]) == pytest.approx(90 / 94, abs=0.02)
    assert prefixes.share([system, Message("user", "Other" + text)]) == pytest.approx(50 / 90, abs=0.02)
    assert prefixes.share([Message("system", "x"), Message("user", text)]) == 0
