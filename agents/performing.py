"""Who does what: the agent for each form of task, and what becomes of a task that fails or is too long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from ..core.errors import BadReply, LimitReached, ModelUnavailable, PromptTooLong, WindowExceeded
from .demonstrator import demonstrate
from .desk import Desk
from .explorer import atoms, explore, facts, neighbours, start
from .halves import joined, next_part, parts
from .manager import answer, answer_whole
from .memory_writer import merge, write
from .planner import approach, pick, plan, recall
from .reader import find_places, find_said, handle, read, read_several
from .state import Form, Outcome, Task
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


async def perform(number: int, task: Task, last: bool, desk: Desk) -> Outcome:
    """Does one task. What fails becomes an outcome; what makes going on senseless is raised."""
    try:
        outcome = await in_parts(number, task, desk)
        desk.succeeded()
        desk.trace.step(id(desk))
    except LimitReached as error:
        outcome = Outcome(number, task, "limit", str(error), error.limit)
    except (BadReply, ModelUnavailable, PromptTooLong) as error:
        desk.failed(task, error, last)
        outcome = Outcome(number, task, "failed", str(error))
    return outcome


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
