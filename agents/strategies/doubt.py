"""A second opinion: the manager once more, with the text around the evidence, told which steps have none. Ours.

    if the manager answered although a step has no evidence of its own, or did not answer although every step has some:
        answer = manager(question, E and the passages it stands in,
                         "nothing was noted for these steps: answer only if the evidence settles them")

Models asked once will often answer with a link missing; and a sentence that begins with "he" tells nothing by itself.
One call; the second answer stands, whatever it is.
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
    """The manager once more, shown more and told what is open."""

    name = "doubt"
    searches = True

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Look:
        return Look("answer")

    def choose(self, state: State, desk: Desk) -> list[Task]:
        if state["slot"].stage == "done":
            return []
        return [answering(state, told(lacking(state)), around=True)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Look:
        look: Look = state["slot"]
        return replace(look, stage="done", judged=len(state["notes"]))


def told(needs: Sequence[Need]) -> str:
    """What is open, for the manager."""
    numbers = ", ".join(str(need.number) for need in needs)
    said = f"(Nothing was noted for these needs by themselves: {numbers}. Answer only if the evidence settles them.)"
    return said if needs else ""
