"""A second opinion where some step of the plan has no evidence: told so, the manager answers once more. Ours.

    if the manager answered, and a step has no evidence of its own:
        answer = manager(question, E, "nothing was noted for these steps: answer only if the evidence settles them")

Models asked once will often answer with a link missing. One call; the second answer stands, whatever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.types import Need, Passage
from ..desk import Desk
from ..pools import answering
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .closer import Look, lacking


class Doubt(Strategy):
    """The manager once more, told what is open."""

    name = "doubt"
    searches = True

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Look:
        return Look("answer")

    def choose(self, state: State, desk: Desk) -> list[Task]:
        if state["slot"].stage == "done":
            return []
        return [answering(state, told(lacking(state)))]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Look:
        look: Look = state["slot"]
        return replace(look, stage="done")


def told(needs: Sequence[Need]) -> str:
    """What is open, for the manager."""
    numbers = ", ".join(str(need.number) for need in needs)
    return f"(Nothing was noted for these needs by themselves: {numbers}. Answer only if the evidence settles them.)"
