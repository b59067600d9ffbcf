"""The one graph: choose sends tasks to agents, remember folds what they bring back, until nothing is left to do.

    START → choose ── Send ──► planner | reader | explorer | memory_writer | manager ──► remember ─┐
              ▲  └── nothing left → END                                                            │
              └──────────────────────────────────────────────────────────────────────────────────┘

Resuming is running the same graph again over the journal, so Clew compiles it without a checkpointer; `build` is public
for those who want one, and `checkpoints.py` tells its serializer what it holds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypedDict, cast, get_args

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from ..core.errors import BadReply, LimitReached, ModelUnavailable, PromptTooLong, WindowExceeded
from ..core.types import Role
from .demonstrator import demonstrate
from .desk import Desk
from .explorer import atoms, explore, facts, neighbours, start
from .folding import after, beginning, fold
from .halves import joined, next_part, parts
from .manager import answer, answer_whole
from .memory_writer import merge, write
from .planner import approach, pick, plan, recall
from .reader import find_places, find_said, handle, read, read_several
from .stages import stage
from .state import Form, Outcome, State, Task
from .strategy import Strategy
from .summarist import abridge, condense, gist
from .votes import select

Agent = Callable[[int, Task, Desk], Awaitable[Outcome]]
AGENTS: Mapping[Form, Agent] = {
    "plan": plan,
    "read": read,
    "several": read_several,
    "places": find_places,
    "said": find_said,
    "write": write,
    "merge": merge,
    "answer": answer,
    "whole": answer_whole,
    "gist": gist,
    "condense": condense,
    "recall": recall,
    "abridge": abridge,
    "pick": pick,
    "approach": approach,
    "piece": handle,
    "atoms": atoms,
    "start": start,
    "facts": facts,
    "explore": explore,
    "neighbours": neighbours,
    "select": select,
    "demonstrate": demonstrate,
}


ROLES = get_args(Role)
AT_ONCE = 1000
"""Tasks of a turn that are begun together: the prompts of more would only be printed early, and wait in memory. Fewer
would keep questions side by side from meeting at the same text (`models/turns.py`)."""


class Sent(TypedDict):
    """What a Send carries."""

    number: int
    task: Task
    last: bool
    """Whether the task failed before and is not done again."""


async def perform(state: Sent, *, runtime: Runtime[Desk]) -> dict[str, Any]:
    """Does one task. What fails becomes an outcome; what makes going on senseless is raised."""
    number, task, desk = state["number"], state["task"], runtime.context
    try:
        outcome = await in_parts(number, task, desk)
        desk.succeeded()
        desk.trace.step(id(desk))
    except LimitReached as error:
        outcome = Outcome(number, task, "limit", str(error), error.limit)
    except (BadReply, ModelUnavailable, PromptTooLong) as error:
        desk.failed(task.role, error, state["last"])
        outcome = Outcome(number, task, "failed", str(error))
    return {"outcomes": [outcome]}


async def in_parts(number: int, task: Task, desk: Desk) -> Outcome:
    """Does one task; a prompt that turns out to be too long is divided as often as it takes."""
    try:
        return await AGENTS[task.form](number, task, desk)
    except (PromptTooLong, WindowExceeded):
        smaller = parts(task, desk)
        if not smaller:
            raise
    outcomes: list[Outcome] = []
    for part in smaller:
        outcomes.append(await in_parts(number, next_part(part, outcomes[-1]) if outcomes else part, desk))
    return joined(number, task, outcomes)


def build(strategy: Strategy) -> StateGraph[State, Desk, State, State]:
    """The graph with `strategy` in its two places, to be compiled with or without a checkpointer."""

    def choose(state: State, *, runtime: Runtime[Desk]) -> dict[str, Any]:
        if state["again"]:
            return {"again": state["again"]}
        desk = runtime.context
        tasks = strategy.choose(state, desk)
        if tasks:
            desk.trace.enter(id(desk), stage(state, tasks, strategy.units(desk), desk))
        return {"tasks": tasks, "turn": state["turn"] + 1, "outcomes": None}

    def send(state: State) -> list[Send] | str:
        again = state["again"]
        tasks = [(n, task) for n, task in enumerate(state["tasks"]) if not again or n in again]
        return [Send(task.role, Sent(number=n, task=task, last=bool(again))) for n, task in tasks] or END

    def remember(state: State, *, runtime: Runtime[Desk]) -> dict[str, Any]:
        latest = {outcome.number: outcome for outcome in state["outcomes"]}
        outcomes = [latest[number] for number in sorted(latest)]
        again = [outcome.number for outcome in outcomes if outcome.status == "failed"]
        if again and not state["again"]:
            # Once more when all others are done, before the strategy hears of them: what it then knows is the same.
            return {"again": again}
        folded = fold(state, outcomes)
        return {**folded, "again": [], "slot": strategy.remember(after(state, folded), outcomes, runtime.context)}

    graph = StateGraph(State, context_schema=Desk)
    graph.add_node("choose", choose)
    graph.add_node("remember", remember)
    for role in ROLES:
        graph.add_node(role, perform)
        graph.add_edge(role, "remember")
    graph.add_edge(START, "choose")
    graph.add_conditional_edges("choose", send, [*ROLES, END])
    graph.add_edge("remember", "choose")
    return graph


async def run(strategy: Strategy, desk: Desk, state: State | None = None) -> State:
    """Runs the graph to its end and returns the last state. Raises ModelError where going on makes no sense.

    Args:
        state: where it goes on; nothing is the beginning.
    """
    from langsmith.run_helpers import tracing_context

    units = strategy.units(desk)
    # Every unit is read at most a few times, each turn takes three steps: the limit is a guard, never the stop rule.
    config: Any = {"recursion_limit": 3 * (4 * len(units) + 32), "max_concurrency": AT_ONCE}
    # LangGraph reports to LangSmith when the environment says so; documents are sent nowhere without being asked to.
    with tracing_context(enabled=False):
        try:
            first = state or beginning(desk.question, strategy.start(desk))
            last = await build(strategy).compile().ainvoke(first, config, context=desk)
        finally:
            desk.trace.leave(id(desk))
    return cast(State, last)
