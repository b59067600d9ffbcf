"""The memory-writer: reads a stretch of text and rewrites the message that is handed on."""

from __future__ import annotations

from ..prompts import Needs, Write
from .consult import consult, printed
from .desk import Desk
from .state import Outcome, Task


async def write(number: int, task: Task, desk: Desk) -> Outcome:
    """Rewrites the lane's message; a message that outgrows its room is cut at the last whole word, and that is said."""
    page = printed(desk, task.spans)
    prompt = Write(page.excerpts, task.message or "(nothing yet)", desk.question, Needs(task.needs))
    reply = await consult(desk, "memory_writer", prompt)
    notes, rejected = page.notes(reply.findings, len(task.needs))
    return Outcome(number, task, notes=notes, message=_within(desk, reply.message.strip()), rejected=rejected)


def _within(desk: Desk, message: str) -> str:
    count, room = desk.models["memory_writer"].count, desk.room("memory_writer").memory
    if count(message) <= room:
        return message
    desk.trace.notice("a reader's message was longer than its room and was shortened; the ledger keeps its evidence")
    words = message.split()
    low, high = 0, len(words)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if count(" ".join(words[:middle])) <= room else (low, middle)
    return " ".join(words[:low])
