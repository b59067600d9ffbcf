"""The one graph: choose sends tasks to agents, remember folds what they bring back, until nothing is left to do.

    START → choose ── Send ──► planner | reader | explorer | memory_writer | manager ──► remember ─┐
              ▲  └── nothing left → END                                                            │
              └──────────────────────────────────────────────────────────────────────────────────┘

Resuming is running the same graph again over the journal, so Clew compiles it without a checkpointer; `build` is public
for those who want one, and `checkpoints.py` tells its serializer what it holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, TypedDict, cast, get_args

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from ..core.types import Role
from .desk import Desk
from .folding import after, beginning, fold
from .performing import perform
from .stages import stage
from .state import State, Task
from .strategy import Strategy

ROLES = get_args(Role)
AT_ONCE = 1000
"""Tasks of a turn that are begun together: the prompts of more would only be printed early, and wait in memory. Fewer
would keep questions side by side from meeting at the same text (`models/turns.py`)."""


class Sent(TypedDict):
    """What a Send carries: tasks of one role, to be done one after the other."""

    tasks: list[tuple[int, Task]]
    """Each with its number."""
    last: bool
    """Whether they failed before and are not done again."""


def dealt(tasks: Iterable[tuple[int, Task]], last: bool) -> list[Send]:
    """Numbered tasks as Sends, at most AT_ONCE for a role, to which they are dealt out in turn.

    LangGraph goes through all that a step has written whenever one of its tasks is done: a Send for every task would
    take time that grows with the square of their number.
    """
    hands: defaultdict[tuple[Role, int], list[tuple[int, Task]]] = defaultdict(list)
    count = Counter[Role]()
    for number, task in tasks:
        hands[task.role, count[task.role] % AT_ONCE].append((number, task))
        count[task.role] += 1
    return [Send(role, Sent(tasks=hand, last=last)) for (role, _), hand in hands.items()]


async def done(state: Sent, *, runtime: Runtime[Desk]) -> dict[str, Any]:
    """What becomes of the tasks that a Send carries."""
    return {"outcomes": [await perform(*task, state["last"], runtime.context) for task in state["tasks"]]}


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
        tasks = list(enumerate(state["tasks"]))
        failed = [tasks[number] for number in state["again"]]
        return dealt(failed or tasks, last=bool(failed)) or END

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
        graph.add_node(role, done)
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
            desk.over()
        finally:
            desk.trace.leave(id(desk))
    return cast(State, last)
