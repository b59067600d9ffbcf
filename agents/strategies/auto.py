"""`auto`: the cheapest reading that leaves nothing open. Ours (the default profile of A§10.4).

    full      where the text fits half the window and 32,000 tokens; else
    retrieve  plan; look up and read; hop for needs without evidence, rewritten with what was found; answer
    sweep     only while a need has no evidence, or the manager is not satisfied: what is still unread, once, in
              parallel, with what was found in view; says before what it will cost
    hop       once more, since what a sweep brings to light may be the link to what was read before it; answer
    whole     in place of these three, where the planner says that the question is about the whole text: everything
              once, and all evidence laid before the manager together

Needs are checked by code against located evidence, before a manager is asked and after. Of a library too large to be
ranked at once only the documents that look best are swept; the rest is named with its price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...core.types import Passage
from ..desk import Desk
from ..needs import unmet
from ..pools import view
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .full import Full
from .retrieve import ROUNDS, Lookup, Retrieve
from .scope import announce, fits, swept
from .sweep import Round, Sweep


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of the way that is being gone, and its own slot."""

    name: str
    slot: Any
    why: str = ""
    """Which way was gone so far, and why, for people."""


class Auto:
    """Full; or look up, hop, and sweep where that is not enough."""

    name = "auto"
    searches = True

    def __init__(self) -> None:
        self._legs: dict[str, Strategy] = {
            "full": Full(),
            "retrieve": Retrieve(),
            "sweep": Sweep(rounds=1),
            "hop": Retrieve(),
            "whole": Sweep(rounds=1, at_once=True),
        }

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Leg:
        if fits(desk):
            return Leg("full", self._legs["full"].start(desk), "full: the text fits half the window")
        why = "retrieve: the text does not fit half the window"
        return Leg("retrieve", self._legs["retrieve"].start(desk), why)

    def choose(self, state: State, desk: Desk) -> list[Task]:
        leg: Leg = state["slot"]
        return self._legs[leg.name].choose(within(state, leg), near(leg, desk))

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Leg:
        leg: Leg = state["slot"]
        if outcomes[0].whole and leg.name == "retrieve":
            return self._sweep("whole", "the question is about the whole text", leg, state, desk)
        slot = self._legs[leg.name].remember(within(state, leg), outcomes, near(leg, desk))
        leg = replace(leg, slot=slot)
        over = not self.choose({**state, "slot": leg}, desk)
        if leg.name == "retrieve" and over and is_open(state):
            return self._sweep("sweep", f"looking up left something open, {lack(state)}", leg, state, desk)
        if leg.name == "sweep" and (over or slot.stage != "read") and is_open(state):
            return self._hop(leg, state)
        return leg

    def _sweep(self, name: str, why: str, leg: Leg, state: State, desk: Desk) -> Leg:
        """On to a sweep of what is unread; nothing more where all was read."""
        slot = Round(notes=len(state["notes"]), judged=leg.slot.judged, view=view(state, desk))
        more = Leg(name, slot, f"{leg.why}; then {name}: {why}")
        return more if announce(why, state, near(more, desk), desk) else leg

    def _hop(self, leg: Leg, state: State) -> Leg:
        """On to a hop from what the sweep found; nothing more where it found nothing new."""
        known, before = len(state["notes"]), leg.slot
        if known == before.notes or (before.stage != "read" and not unmet(state["needs"], state["notes"])):
            return leg
        slot = Lookup("read", ROUNDS - 1, known, before.judged)
        return Leg("hop", slot, f"{leg.why}; then hop: what was found may lead on")

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


def is_open(state: State) -> bool:
    """Whether a need has no evidence, or the manager is not satisfied, and there is something to be done about it."""
    ruling = state["ruling"]
    done = ruling is not None and ruling.satisfied and not unmet(state["needs"], state["notes"])
    return not done and state["limit"] is None


def lack(state: State) -> str:
    """What is open, in words."""
    missing = unmet(state["needs"], state["notes"])
    if missing:
        return f"no evidence for “{missing[0].text}”"
    return "the evidence was not enough for an answer" if state["notes"] else "nothing was found"


def near(leg: Leg, desk: Desk) -> Desk:
    """The desk as a leg sees it: a sweep stays with the documents that look best."""
    return swept(desk) if leg.name in ("sweep", "whole") else desk


def within(state: State, leg: Leg) -> State:
    """The state as the strategy of `leg` knows it."""
    return {**state, "slot": leg.slot}
