"""What calls took is kept by role and between runs, and forgotten slowly."""

from __future__ import annotations

import pytest
from clew.core.types import Usage
from clew.models.rates import EVERY, LATEST, Rates


class Memory(dict):
    """A memo in memory."""

    recall = dict.get
    keep = dict.__setitem__


def call(seconds: float) -> Usage:
    return Usage(calls=1, prompt_tokens=900, completion_tokens=50, seconds=seconds)


def test_figures_are_kept_now_and_then_and_at_the_end() -> None:
    memo = Memory()
    rates = Rates(memo, "m")
    for _ in range(EVERY - 1):
        rates.add("reader", "read", 1000, call(2.0))
    assert Rates(memo, "m").of("reader") is None
    rates.add("reader", "read", 1000, call(2.0))
    assert Rates(memo, "m").of("reader").calls == EVERY
    rates.add("manager", "answer", 100, call(1.0))
    rates.keep()
    kept = Rates(memo, "m")
    assert kept.of("manager").seconds == 1.0
    assert kept.of("planner").calls == EVERY + 1
    assert Rates(memo, "other").of("reader") is None


def test_a_call_or_two_say_nothing_about_other_roles() -> None:
    rates = Rates(None, "m")
    rates.add("planner", "plan", 100, call(1.0))
    assert rates.of("reader") is None
    assert rates.of("planner").prompt == 900


def test_a_prompt_that_was_not_sent_yet_is_taken_to_be_like_the_others_of_its_role() -> None:
    rates = Rates(None, "m")
    rates.add("reader", "read", 1000, call(2.0))
    rates.add("manager", "answer", 500, Usage(calls=1, prompt_tokens=300, completion_tokens=200, seconds=1.0))
    other = rates.of("manager", "condense")
    assert (other.completion, other.counted, other.prompt) == (200, 500, 500 * 1200 / 1500)
    assert rates.of("manager", "answer").prompt == 300


def test_a_server_that_was_seen_to_keep_prompts_keeps_them() -> None:
    rates = Rates(None, "m")
    rates.add("reader", "read", 1000, call(2.0))
    assert not rates.caches
    rates.add("reader", "find", 1000, Usage(calls=1, prompt_tokens=900, cached_tokens=1))
    assert rates.caches


def test_what_is_long_ago_counts_less() -> None:
    rates = Rates(None, "m")
    for seconds in (10.0, 1.0):
        for _ in range(LATEST):
            rates.add("reader", "read", 1000, call(seconds))
    rate = rates.of("reader")
    assert rate.calls <= LATEST
    assert rate.seconds / rate.calls < 5.0


@pytest.mark.parametrize("record", ["", "{", "[]", '{"reader": 1}', '{"reader": {"x": 1}}'])
def test_figures_that_cannot_be_read_are_none(record: str) -> None:
    assert Rates(Memory({"rates m": record}), "m").of("reader") is None
