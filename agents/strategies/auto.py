"""`auto`: the cheapest reading that leaves nothing open. Ours.

    full      where the text fits half the window and 32,000 tokens, and a server takes it; else
    retrieve  plan; look up and read; hop for needs without evidence, rewritten with what was found
    closer    the best places for each step without evidence of its own, each step in a short prompt; answer
    context   where every step has evidence and the manager is not satisfied: once more, with the text around it
    sweep     only while a step has no evidence at all, or the manager is not satisfied: what is still unread, once, in
              parallel, with what was found in view; says before what it will cost
    again     a closer look once more, since what a sweep brings to light may lead on; answer
    doubt     an answer given although a step has no evidence of its own is asked for a second time, and that one stands
    whole     in place of all these, where the planner says that the question is about the whole text: everything once,
              and all evidence laid before the manager together

Needs are checked by code against located evidence, before a manager is asked and after. Of a large library only the
documents that look best are swept; the rest is named with its price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...core.types import Passage
from ...memory.ledger import has_news
from ..desk import Desk
from ..needs import unmet
from ..pools import view
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .closer import Closer, Look, lacking
from .doubt import Doubt
from .full import Full
from .retrieve import Lookup, Retrieve
from .scope import announce, fits, swept
from .sweep import Round, Sweep

BEFORE = ("retrieve", "closer", "context")
"""Legs that a sweep may follow."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of the way that is being gone, and its own slot."""

    name: str
    slot: Any
    why: str = ""
    """Which way was gone so far, and why, for people."""


class Auto(Strategy):
    """Full; or look up, hop, look closer, and sweep where that is not enough."""

    name = "auto"
    searches = True

    def __init__(self) -> None:
        self._legs: dict[str, Strategy] = {
            "full": Full(),
            "retrieve": Retrieve(),
            "closer": Closer(),
            "sweep": Sweep(rounds=1),
            "again": Closer(),
            "context": Doubt(),
            "doubt": Doubt(),
            "whole": Sweep(rounds=1, at_once=True),
        }

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Leg:
        if fits(desk):
            return Leg("full", self._legs["full"].start(desk), "full: the text fits half the window")
        return self._look_up("retrieve: the text does not fit half the window", desk)

    def _look_up(self, why: str, desk: Desk) -> Leg:
        return Leg("retrieve", self._legs["retrieve"].start(desk), why)

    def choose(self, state: State, desk: Desk) -> list[Task]:
        leg: Leg = state["slot"]
        return self._legs[leg.name].choose(within(state, leg), near(leg, desk))

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Leg:
        leg: Leg = state["slot"]
        if leg.name == "full" and outcomes[0].status == "failed":
            return self._look_up(f"{leg.why}; then retrieve: it could not be read at once", desk)
        if outcomes[0].whole and leg.name == "retrieve":
            return next(self._sweep("whole", "the question is about the whole text", leg, state, desk), leg)
        slot = self._legs[leg.name].remember(within(state, leg), outcomes, near(leg, desk))
        leg = replace(leg, slot=slot)
        if leg.name in ("full", "doubt") or state["limit"] is not None:
            return leg
        ways = self._onward(leg, state, desk)
        return next((more for more in ways if self.choose({**state, "slot": more}, desk)), leg)

    def _onward(self, leg: Leg, state: State, desk: Desk) -> Iterator[Leg]:
        """Where to go on, the cheapest first, where this leg has read what it wanted to and something is open."""
        over = not self.choose({**state, "slot": leg}, desk)
        missing = unmet(state["needs"], state["notes"])
        has_read = over or leg.slot.stage == "answer"
        if leg.name == "retrieve" and has_read and lacking(state):
            yield closer("closer", lack(state), leg, state)
        if leg.name in ("retrieve", "closer") and over and is_open(state) and not lacking(state):
            yield Leg("context", Look("answer"), f"{leg.why}; then context: {lack(state)}")
        if leg.name in BEFORE and (over or (has_read and missing)) and is_open(state):
            yield from self._sweep("sweep", f"looking up left something open, {lack(state)}", leg, state, desk)
        if leg.name == "sweep" and (over or leg.slot.stage != "read") and is_open(state) and leads_on(leg, state):
            yield closer("again", "what was found may lead on", leg, state)
        if over and is_doubtful(state):
            yield Leg("doubt", Look("answer"), f"{leg.why}; then doubt: {lack(state)}")

    def _sweep(self, name: str, why: str, leg: Leg, state: State, desk: Desk) -> Iterator[Leg]:
        """A sweep of what is unread, where anything is; says what it will cost."""
        slot = Round(notes=len(state["notes"]), judged=leg.slot.judged, view=view(state, desk))
        more = Leg(name, slot, f"{leg.why}; then {name}: {why}")
        if announce(why, state, near(more, desk), desk):
            yield more

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        leg: Leg = state["slot"]
        if leg.name == "full":
            return ()
        lookup = leg.slot if isinstance(leg.slot, Lookup) else Lookup()
        return self._legs["retrieve"].ranking({**state, "slot": lookup}, desk)

    def route(self, state: State, desk: Desk) -> str:
        """Which way it went, and why."""
        leg: Leg = state["slot"]
        return leg.why


def closer(name: str, why: str, leg: Leg, state: State) -> Leg:
    """A closer look at what is open."""
    look = Look(notes=len(state["notes"]), judged=leg.slot.judged)
    return Leg(name, look, f"{leg.why}; then closer: {why}")


def is_open(state: State) -> bool:
    """Whether a need has no evidence, or the manager is not satisfied."""
    ruling = state["ruling"]
    return ruling is None or not ruling.satisfied or bool(unmet(state["needs"], state["notes"]))


def leads_on(leg: Leg, state: State) -> bool:
    """Whether a sweep found something new, and nobody has judged it or a step is still without evidence."""
    is_new = has_news(state["notes"], leg.slot.notes)
    return is_new and (leg.slot.stage == "read" or bool(unmet(state["needs"], state["notes"])))


def is_doubtful(state: State) -> bool:
    """Whether there is an answer although a step has no evidence of its own."""
    ruling = state["ruling"]
    return bool(ruling and ruling.answer and lacking(state))


def lack(state: State) -> str:
    """What is open, in words."""
    missing = unmet(state["needs"], state["notes"]) or lacking(state)
    if missing:
        return f"no evidence for “{missing[0].text}”"
    return "the evidence was not enough for an answer" if state["notes"] else "nothing was found"


def near(leg: Leg, desk: Desk) -> Desk:
    """The desk as a leg sees it: a sweep stays with the documents that look best."""
    return swept(desk) if leg.name in ("sweep", "whole") else desk


def within(state: State, leg: Leg) -> State:
    """The state as the strategy of `leg` knows it."""
    return {**state, "slot": leg.slot}
