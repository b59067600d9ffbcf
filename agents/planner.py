"""The planner: turns the question into what must be known, and what is known into what to look up next."""

from __future__ import annotations

from ..prompts import MOST_NEEDS, Approach, Excerpt, Excerpts, Line, Needs, Pick, Plan, Recall, Tried
from .consult import consult, fit, numbered, told
from .desk import Desk
from .needs import spelled
from .numbers import named
from .state import Outcome, Task


async def plan(number: int, task: Task, desk: Desk) -> Outcome:
    """Names the needs, as many as may be: a long list of needs is a plan for nothing."""
    reply = await consult(desk, "planner", Plan(desk.question))
    needs = tuple(dict.fromkeys(filter(None, map(told, spelled(reply.needs)))))
    return Outcome(number, task, needs=needs[:MOST_NEEDS], whole=reply.whole)


async def recall(number: int, task: Task, desk: Desk) -> Outcome:
    """What to look up elsewhere in the text, given the memory so far; or that nothing is missing."""
    prompt = Recall(task.message or "(nothing yet)", Tried(task.tried), Needs(task.needs), desk.question)
    reply = await consult(desk, "planner", prompt)
    return Outcome(number, task, message=told(reply.query), enough=reply.enough)


async def pick(number: int, task: Task, desk: Desk) -> Outcome:
    """Which of the task's choices to open. Numbers that were never printed are dropped and counted."""
    lines = tuple(Line(at, text) for at, text in enumerate(task.choices, 1))

    def build(k: int) -> Pick:
        return Pick(Excerpts((Excerpt("parts of the text", lines[:k]),)), task.most, Needs(task.needs), desk.question)

    prompt = fit(desk, "planner", build, len(lines))
    shown = len(prompt.text.lines)
    if shown < len(lines):
        desk.notice(f"{len(lines) - shown} of {len(lines)} summaries had no room in the prompt")
    reply = await consult(desk, "planner", prompt)
    chosen, rejected = named(reply.numbers, shown)
    return Outcome(number, task, chosen=chosen[: task.most], rejected=rejected)


async def approach(number: int, task: Task, desk: Desk) -> Outcome:
    """Which of the task's choices is the way to the text."""
    reply = await consult(desk, "planner", Approach(numbered(task.choices), desk.question))
    chosen, _ = named([reply.action], len(task.choices))
    return Outcome(number, task, chosen=chosen)
