"""The one graph: choose sends tasks to agents, remember folds what they bring back, until nothing is left to do.

    START → choose ── Send ──► planner | reader | memory_writer | manager ──► remember ─┐
              ▲  └── nothing left → END                                                 │
              └─────────────────────────────────────────────────────────────────────────┘

Resuming is running the same graph again over the journal, so Clew compiles it without a checkpointer; `build` is public
for those who want one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, TypedDict, cast

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from ..core.errors import BadReply, LimitReached, ModelUnavailable, PromptTooLong
from ..core.types import Need
from ..memory.ledger import supported
from .desk import Desk
from .manager import answer, answer_whole
from .memory_writer import merge, write
from .planner import plan
from .reader import find_places, read
from .state import Failure, Form, Outcome, Ruling, State, Task
from .strategy import Strategy
from .summarist import condense, gist

Agent = Callable[[int, Task, Desk], Awaitable[Outcome]]
AGENTS: Mapping[Form, Agent] = {
    "plan": plan,
    "read": read,
    "places": find_places,
    "write": write,
    "merge": merge,
    "answer": answer,
    "whole": answer_whole,
    "gist": gist,
    "condense": condense,
}


class Sent(TypedDict):
    """What a Send carries."""

    number: int
    task: Task


async def perform(state: Sent, *, runtime: Runtime[Desk]) -> dict[str, Any]:
    """Does one task. What fails becomes an outcome; what makes going on senseless is raised."""
    number, task, desk = state["number"], state["task"], runtime.context
    try:
        outcome = await AGENTS[task.form](number, task, desk)
        desk.succeeded()
    except LimitReached as error:
        outcome = Outcome(number, task, "limit", str(error), error.limit)
    except (BadReply, ModelUnavailable, PromptTooLong) as error:
        desk.failed(task.role, error)
        outcome = Outcome(number, task, "failed", str(error))
    return {"outcomes": [outcome]}


def build(strategy: Strategy) -> StateGraph[State, Desk, State, State]:
    """The graph with `strategy` in its two places, to be compiled with or without a checkpointer."""

    def choose(state: State, *, runtime: Runtime[Desk]) -> dict[str, Any]:
        tasks = strategy.choose(state, runtime.context)
        return {"tasks": tasks, "turn": state["turn"] + 1, "outcomes": None}

    def send(state: State) -> list[Send] | str:
        tasks = enumerate(state["tasks"])
        return [Send(task.role, Sent(number=number, task=task)) for number, task in tasks] or END

    def remember(state: State, *, runtime: Runtime[Desk]) -> dict[str, Any]:
        outcomes = sorted(state["outcomes"], key=lambda outcome: outcome.number)
        folded = fold(state, outcomes)
        after = cast(State, {**state, **folded, "notes": [*state["notes"], *folded["notes"]]})
        desk = runtime.context
        desk.trace.progress("reading", len(state["read"]) + len(folded["read"]))
        return {**folded, "slot": strategy.remember(after, outcomes, desk)}

    graph = StateGraph(State, context_schema=Desk)
    graph.add_node("choose", choose)
    graph.add_node("remember", remember)
    for role in ("planner", "reader", "memory_writer", "manager"):
        graph.add_node(role, perform)
        graph.add_edge(role, "remember")
    graph.add_edge(START, "choose")
    graph.add_conditional_edges("choose", send, ["planner", "reader", "memory_writer", "manager", END])
    graph.add_edge("remember", "choose")
    return graph


def fold(state: State, outcomes: list[Outcome]) -> dict[str, Any]:
    """What a turn adds to the shared state, in task order whatever the order of arrival."""
    notes = [note for outcome in outcomes for note in outcome.notes]
    rulings = [outcome.ruling for outcome in outcomes if outcome.ruling is not None]
    limits = [outcome.limit for outcome in outcomes if outcome.limit is not None]
    reading = [outcome for outcome in outcomes if outcome.task.spans]
    needs = known_needs(state["needs"], "planner", [text for outcome in outcomes for text in outcome.needs])
    if rulings:
        needs = ruled_needs(needs, rulings[-1])
    ledger = [*state["notes"], *notes]
    return {
        "notes": notes,
        "needs": [
            replace(n, status="supported") if n.status == "open" and supported(ledger, n.number) else n for n in needs
        ],
        "read": [span for outcome in reading if outcome.status == "done" for span in outcome.task.spans],
        "failed": [
            Failure(span, outcome.reason)
            for outcome in reading
            if outcome.status == "failed"
            for span in outcome.task.spans
        ],
        "rejected": state["rejected"] + sum(outcome.rejected for outcome in outcomes),
        "limit": limits[0] if limits else state["limit"],
        "ruling": rulings[-1] if rulings else state["ruling"],
    }


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
        "needs": [Need(1, question)],
        "notes": [],
        "read": [],
        "failed": [],
        "rejected": 0,
        "limit": None,
        "ruling": None,
        "slot": slot,
    }


async def run(strategy: Strategy, desk: Desk) -> State:
    """Runs the graph to its end and returns the last state. Raises ModelError where going on makes no sense."""
    from langsmith.run_helpers import tracing_context

    units = strategy.units(desk)
    desk.trace.progress("reading", 0, len(units))
    # Every unit is read at most a few times, each turn takes three steps: the limit is a guard, never the stop rule.
    config: Any = {"recursion_limit": 3 * (4 * len(units) + 32)}
    # LangGraph reports to LangSmith when the environment says so; documents are sent nowhere without being asked to.
    with tracing_context(enabled=False):
        state = (
            await build(strategy)
            .compile()
            .ainvoke(beginning(desk.question, strategy.start(desk)), config, context=desk)
        )
    return cast(State, state)
