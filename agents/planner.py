"""The planner: turns the question into what must be known."""

from __future__ import annotations

from ..prompts import Plan
from .consult import consult
from .desk import Desk
from .state import Outcome, Task


async def plan(number: int, task: Task, desk: Desk) -> Outcome:
    """Names the needs. What it names beyond four is left out: a long list of needs is a plan for nothing."""
    reply = await consult(desk, "planner", Plan(desk.question))
    needs = tuple(dict.fromkeys(text.strip() for text in reply.needs if text.strip()))[:4]
    return Outcome(number, task, needs=needs)
