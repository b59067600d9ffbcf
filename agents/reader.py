"""The reader: sees a stretch of text as numbered sentences, and reports the numbers of those that help."""

from __future__ import annotations

from ..prompts import Memory, Needs, Places, Read
from .consult import consult, fit, printed
from .desk import Desk
from .state import Outcome, Task


async def read(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads the task's spans with the lane's notes in view."""
    page = printed(desk, task.spans)
    items = tuple(desk.remembered(at, note) for at, note in enumerate(task.notes, 1))
    prompt = fit(
        desk,
        "reader",
        lambda k: Read(page.excerpts, Memory(items[:k]), desk.question, Needs(task.needs)),
        len(items),
    )
    reply = await consult(desk, "reader", prompt)
    notes, rejected = page.notes(reply.findings, len(task.needs))
    drop = tuple(n - 1 for n in reply.drop if 1 <= n <= len(prompt.memory.items))
    return Outcome(number, task, notes=notes, drop=drop, rejected=rejected + len(reply.drop) - len(drop))


async def find_places(number: int, task: Task, desk: Desk) -> Outcome:
    """Lists every place of the task's spans that concerns what is looked for."""
    page = printed(desk, task.spans)
    reply = await consult(desk, "reader", Places(page.excerpts, desk.question))
    notes, rejected = page.notes(reply.findings, needs=1)
    return Outcome(number, task, notes=notes, rejected=rejected)
