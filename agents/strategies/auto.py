"""`auto`: the cheapest reading that leaves nothing open. Ours: look up first, read everything only where needed.

full      where the text fits half the window and 32,000 tokens
retrieve  otherwise: look up and read some passages
sweep     then, over what is still unread, only while something is open; says before what it will cost. Of a library too
          large to be ranked at once only the documents that look best are read; the rest is named with its price
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...core.types import Passage
from ..desk import Desk
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .full import Full, tokens
from .retrieve import Retrieve
from .sweep import Sweep, unread

MOST = 32_000
"""Tokens up to which a model is trusted to read everything at once."""
SWEPT = 400_000
"""Characters of a large library that are read without being asked for, in whole documents, at least one."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of the way that is being gone, and its own slot."""

    name: str
    slot: Any


class Auto:
    """Full, or retrieve and then sweep."""

    name = "auto"
    searches = True

    def __init__(self) -> None:
        self._legs: dict[str, Strategy] = {"full": Full(), "retrieve": Retrieve(), "sweep": Sweep(rounds=1)}

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Leg:
        name = "full" if fits(desk) else "retrieve"
        return Leg(name, self._legs[name].start(desk))

    def choose(self, state: State, desk: Desk) -> list[Task]:
        leg: Leg = state["slot"]
        tasks = self._legs[leg.name].choose(within(state, leg), desk)
        if tasks or leg.name != "retrieve" or not self._open(state):
            return tasks
        near = best_documents(desk) if desk.searched.narrows else desk
        rest = unread(state, near)
        if rest:
            size = sum(chunk.tokens for chunk, _ in rest)
            desk.trace.notice(
                f"looking up left something open: reading {_what(near, desk)}, {len(rest)} calls, {size:,} tokens"
            )
        return self._legs["sweep"].choose(within(state, Leg("sweep", self._legs["sweep"].start(desk))), near)

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Leg:
        leg: Leg = state["slot"]
        # `choose` is pure and could not write down that the sweep has begun; the lane of its tasks tells.
        if leg.name == "retrieve" and outcomes[0].task.lane == "sweep":
            leg = Leg("sweep", self._legs["sweep"].start(desk))
        return Leg(leg.name, self._legs[leg.name].remember(within(state, leg), outcomes, desk))

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        leg: Leg = state["slot"]
        if leg.name == "full":
            return ()
        lookup = leg if leg.name == "retrieve" else Leg("retrieve", self._legs["retrieve"].start(desk))
        return self._legs["retrieve"].ranking(within(state, lookup), desk)

    def route(self, state: State, desk: Desk) -> str:
        """Which way it went, and why."""
        leg: Leg = state["slot"]
        if leg.name == "full":
            return "full: the text fits half the window"
        way = "retrieve: the text does not fit half the window"
        return f"{way}; then sweep: something was still open" if leg.name == "sweep" else way

    def _open(self, state: State) -> bool:
        ruling = state["ruling"]
        return not (ruling and ruling.satisfied) and state["limit"] is None


def fits(desk: Desk) -> bool:
    """Whether the text is short enough to be read at once."""
    limit = min(desk.room("manager").window // 2, MOST)
    characters = sum(book.extent.characters for book in desk.books.values())
    # Counting a whole library would be a waste: few tokens are longer than eight characters.
    return characters <= 8 * limit and tokens(desk) <= limit


def best_documents(desk: Desk) -> Desk:
    """The desk with the documents of the best passages, up to what is read without being asked for."""
    chosen: set[str] = set()
    left = SWEPT
    for document in dict.fromkeys(passage.document for passage, _ in desk.rank(desk.question)):
        left -= desk.books[document].extent.characters
        if left < 0 and chosen:
            break
        chosen.add(document)
    return desk.among(chosen)


def _what(near: Desk, desk: Desk) -> str:
    """What is read of what there is, and what the rest would cost."""
    if near is desk:
        return "the rest"
    others = [book.extent.characters for key, book in desk.books.items() if key not in near.books]
    return (
        f"the {len(near.books)} documents that look best (the other {len(others):,}, about {sum(others) // 4:,} tokens,"
        " are read with --strategy sweep)"
    )


def within(state: State, leg: Leg) -> State:
    """The state as the strategy of `leg` knows it."""
    return {**state, "slot": leg.slot}
