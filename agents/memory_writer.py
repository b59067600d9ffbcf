"""The memory-writer: rewrites the message that is handed on, and thins evidence that has outgrown its room."""

from __future__ import annotations

from ..prompts import Demonstrations, Exhibits, Merge, Needs, Write
from .consult import consult, exhibits, printed, told
from .demonstrator import demonstrations
from .desk import Desk
from .numbers import named
from .packing import shortened
from .state import Outcome, Task

PER_WORD = 2
"""Tokens of memory for every word asked for: in the same reply findings need room too."""


async def write(number: int, task: Task, desk: Desk) -> Outcome:
    """Rewrites the lane's message; a message that outgrows its room is cut at the last whole word, and that is said."""
    page, words = printed(desk, task.spans), desk.room("memory_writer").memory // PER_WORD
    examples = demonstrations(desk, task.examples)
    prompt = Write(page.excerpts, task.message or "(nothing yet)", desk.question, Needs(task.needs), words, examples)
    reply = await consult(desk, "memory_writer", prompt)
    notes, rejected = page.notes(reply.findings, task.needs)
    return Outcome(number, task, notes=notes, message=_within(desk, told(reply.message), examples), rejected=rejected)


async def merge(number: int, task: Task, desk: Desk) -> Outcome:
    """Says which of the task's notes are worth their room, best first. The others stay in the ledger."""
    shown = exhibits(desk, task.notes)
    prompt = Merge(Exhibits(shown), desk.question, Needs(task.needs))
    reply = await consult(desk, "memory_writer", prompt)
    kept, rejected = named(reply.keep, len(task.notes))
    drop = tuple(at for at in range(len(task.notes)) if at not in kept)
    return Outcome(number, task, drop=drop, chosen=kept, rejected=rejected)


def _within(desk: Desk, message: str, examples: Demonstrations) -> str:
    count = desk.models["memory_writer"].count
    short = shortened(message, desk.room("memory_writer").memory - count(str(examples)), count)
    if short != message:
        desk.notice("a reader's message was longer than its room and was shortened; the ledger keeps its evidence")
    return short
