"""A closer look: for each step that is open, the few places that look best for it, in a prompt of their own. Ours.

    at most twice, again only while the last look brought news:
        for every step of the plan without evidence of its own, and whatever a manager misses, in parallel:
            P = best passages for it, rewritten with what was found, read before or not
            E = E ∪ reader(question, the step, E, P)
    answer = manager(question, E)

What looks best for a step has mostly been read, as one of many passages in a long prompt, and was overlooked there.
Reading it again by itself costs a thousand tokens; reading all that is unread costs the rest of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.types import Need, Passage, Span
from ...memory.ledger import has_news, supported
from ..desk import Desk
from ..needs import planned, rewritten
from ..packing import affordable, span_groups
from ..pools import answering, view
from ..state import Outcome, State, Task
from ..strategy import Strategy

CLOSE = 800
"""Tokens of text in a prompt about one step."""
LOOKS = 2


@dataclass(frozen=True, slots=True)
class Look:
    """Where the closer look is: what comes next, how many there were, and the notes before and judged."""

    stage: str = "read"
    number: int = 1
    notes: int = 0
    judged: int = 0


class Closer(Strategy):
    """The best places for every open step, each step by itself."""

    name = "closer"
    searches = True

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Look:
        return Look()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        look: Look = state["slot"]
        if look.stage == "read":
            return tasks(state, desk)
        if look.stage == "answer":
            return [answering(state)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Look:
        look: Look = state["slot"]
        if look.stage == "answer":
            return replace(look, stage="done", judged=len(state["notes"]))
        notes = state["notes"]
        may_go_on = look.number < LOOKS and state["limit"] is None
        if may_go_on and has_news(notes, look.notes) and tasks(state, desk):
            return replace(look, number=look.number + 1, notes=len(notes))
        return replace(look, stage="answer" if has_news(notes, look.judged) else "done")


def tasks(state: State, desk: Desk) -> list[Task]:
    """A reader for each step that is open, where anything looks as if it bore on it."""
    shown = view(state, desk)
    return [
        Task("main", "reader", "read", spans, shown, needs=(need,))
        for need in lacking(state)
        for spans in span_groups(best(need, desk), desk)
    ]


def lacking(state: State) -> list[Need]:
    """Steps of the plan without evidence of their own, and what the manager misses, as they are asked now.

    Of a plan with one step, evidence for the question is that step's own.
    """
    needs, notes = state["needs"], state["notes"]
    steps = {need.number for need in planned(needs)}
    served = supported(notes)
    wanted = set() if len(steps) == 1 and 1 in served else steps - served
    wanted |= {need.number for need in needs if need.origin == "manager"} - served
    return [need for need in rewritten(needs, notes) if need.number in wanted]


def best(need: Need, desk: Desk) -> list[Span]:
    """The passages that look best for one step, as far as a short prompt goes; one at least."""
    spans = [passage.span for passage, _ in desk.rank(need.text)]
    return affordable(spans, CLOSE, desk) or spans[:1]
