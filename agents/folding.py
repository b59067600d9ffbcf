"""How a turn's outcomes become a part of the state: notes, needs, what was read and what failed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from ..core.results import Step
from ..core.types import Need
from ..memory.ledger import supported
from .state import Failure, Outcome, Ruling, State

BLIND = ("abridge", "atoms", "demonstrate")
"""Forms in which text is seen without the question in view: it has not been read for it."""


def fold(state: State, outcomes: list[Outcome]) -> dict[str, Any]:
    """What a turn adds to the shared state, in task order whatever the order of arrival."""
    notes = [note for outcome in outcomes for note in outcome.notes]
    rulings = [outcome.ruling for outcome in outcomes if outcome.ruling is not None]
    limits = [outcome.limit for outcome in outcomes if outcome.limit is not None]
    reading = [outcome for outcome in outcomes if outcome.task.spans]
    read = [outcome for outcome in reading if outcome.status == "done" and outcome.task.form not in BLIND]
    needs = known_needs(state["needs"], "planner", [text for outcome in outcomes for text in outcome.needs])
    if rulings:
        needs = ruled_needs(needs, rulings[-1])
    met = supported([*state["notes"], *notes])
    return {
        "notes": notes,
        "needs": [replace(n, status="supported") if n.status == "open" and n.number in met else n for n in needs],
        "read": [span for outcome in read for span in outcome.task.spans],
        "failed": [
            Failure(span, outcome.reason)
            for outcome in reading
            # What could not be read at once may still be read in parts.
            if outcome.status == "failed" and outcome.task.form != "whole"
            for span in outcome.task.spans
        ],
        "path": steps(state["turn"], outcomes),
        "rejected": state["rejected"] + sum(outcome.rejected for outcome in outcomes),
        "limit": limits[0] if limits else state["limit"],
        "ruling": rulings[-1] if rulings else state["ruling"],
    }


def steps(turn: int, outcomes: Sequence[Outcome]) -> list[Step]:
    """What a turn's agents did, by role and prompt."""
    kinds = dict.fromkeys((outcome.task.role, outcome.task.form) for outcome in outcomes)
    told = []
    for role, form in kinds:
        mine = [outcome for outcome in outcomes if (outcome.task.role, outcome.task.form) == (role, form)]
        failed = sum(outcome.status != "done" for outcome in mine)
        told.append(Step(turn, role, form, len(mine), failed, sum(len(outcome.notes) for outcome in mine)))
    return told


def known_needs(needs: list[Need], origin: Literal["planner", "manager"], new: Sequence[str]) -> list[Need]:
    """`needs` with those of `new` that are not among them, numbered on."""
    known = {need.text.casefold() for need in needs}
    fresh = [text for text in dict.fromkeys(new) if text.casefold() not in known]
    return [*needs, *(Need(len(needs) + at, text, origin) for at, text in enumerate(fresh, 1))]


def ruled_needs(needs: list[Need], ruling: Ruling) -> list[Need]:
    """`needs` after a manager spoke: what it misses is needed; what only an earlier one missed is dropped."""
    missing = {text.casefold() for text in ruling.missing}
    kept = [
        replace(need, status="abandoned") if need.origin == "manager" and need.text.casefold() not in missing else need
        for need in needs
    ]
    return known_needs(kept, "manager", ruling.missing)


def beginning(question: str, slot: Any) -> State:
    """The state before the first turn: the question itself is the first need."""
    return {
        "turn": 0,
        "tasks": [],
        "outcomes": [],
        "again": [],
        "needs": [Need(1, question)],
        "notes": [],
        "read": [],
        "failed": [],
        "path": [],
        "rejected": 0,
        "limit": None,
        "ruling": None,
        "slot": slot,
    }


def after(state: State, folded: Mapping[str, Any]) -> State:
    """`state` with what a turn added: the whole of it, lists that only grow included."""
    grown = {name: [*state[name], *folded[name]] for name in ("notes", "read", "failed", "path")}
    return cast(State, {**state, **folded, **grown})
