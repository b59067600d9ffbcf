"""What calls took, added up: unknown parts make a sum unknown, and what was replayed stays apart from what was paid."""

from __future__ import annotations

import pytest
from clew.core.types import Usage

SENT = Usage(calls=1, prompt_tokens=100, cost=0.5)
AGAIN = Usage(replayed=1, replayed_tokens=80, replayed_cost=0.25)


def test_what_was_replayed_adds_up_beside_what_was_paid() -> None:
    both = SENT + AGAIN + AGAIN
    assert (both.calls, both.prompt_tokens, both.cost) == (1, 100, 0.5)
    assert (both.replayed, both.replayed_tokens, both.replayed_cost) == (2, 160, 0.5)


@pytest.mark.parametrize("unknown", [Usage(replayed=1, replayed_tokens=80), Usage(replayed=1)])
def test_one_replayed_call_of_unknown_cost_makes_the_sum_unknown(unknown: Usage) -> None:
    for total in (AGAIN + unknown, unknown + AGAIN, AGAIN + unknown + AGAIN):
        assert total.replayed_cost is None


def test_nothing_replayed_has_no_cost() -> None:
    assert (SENT + SENT).replayed_cost is None
    assert (SENT + AGAIN).replayed_cost == (AGAIN + SENT).replayed_cost == 0.25
