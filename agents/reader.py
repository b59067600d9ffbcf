"""The reader: sees a stretch of text as numbered sentences, and reports the numbers of those that help."""

from __future__ import annotations

from dataclasses import replace

from ..prompts import SEVERAL, Findings, Handled, Memory, Needs, Piece, Places, Read, Several
from .consult import Printed, consult, fit, numbered, printed, with_memory
from .demonstrator import demonstrations
from .desk import Desk
from .fit import shared
from .numbers import named
from .said import is_word, occurrences, quoted
from .sections import levels, sections
from .state import Outcome, Task


async def read(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads the task's spans with the lane's notes in view."""
    page, examples = printed(desk, task.spans), demonstrations(desk, task.examples)

    def build(memory: Memory) -> Read:
        return Read(page.excerpts, memory, desk.question, Needs(task.needs), examples)

    prompt = with_memory(desk, "reader", task.notes, build)
    reply = await consult(desk, "reader", prompt)
    return _reported(number, task, page, prompt.memory, reply)


async def read_several(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads the task's spans for several questions, which are its needs. No memory is printed: replies get its room."""
    page, room = printed(desk, task.spans), shared(desk.room("reader"))
    prompt = Several(page.excerpts, Memory(), SEVERAL, Needs(task.needs))
    reply = await consult(desk, "reader", prompt, room)
    lost = [(finding.need, page.notes([finding])[1]) for finding in reply.findings]
    astray = tuple(need for need, count in lost for _ in range(count))
    return replace(_reported(number, task, page, prompt.memory, reply), astray=astray)


async def handle(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads one piece with the lane's notes in view, and chooses what is done with it."""
    page, examples = printed(desk, task.spans), demonstrations(desk, task.examples)
    actions, needs = numbered(task.choices), Needs(task.needs)

    def build(memory: Memory) -> Piece:
        return Piece(page.excerpts, memory, actions, needs, desk.question, examples)

    prompt = with_memory(desk, "reader", task.notes, build)
    reply = await consult(desk, "reader", prompt)
    chosen, _ = named([reply.action], len(task.choices))
    return replace(_reported(number, task, page, prompt.memory, reply), chosen=chosen)


def _reported(number: int, task: Task, page: Printed, shown: Memory, reply: Findings | Handled) -> Outcome:
    """What a reader found in `page`, and which of the lines it was shown it drops."""
    notes, rejected = page.notes(reply.findings, task.needs)
    drop, unknown = named(reply.drop, len(shown.items))
    return Outcome(number, task, notes=notes, drop=drop, rejected=rejected + unknown)


async def find_places(number: int, task: Task, desk: Desk) -> Outcome:
    """Lists every place of the task's spans that concerns what is looked for.

    The text is printed section by section, as far as the headings have room. Where a single word is looked for, the
    places where it stands are added, whatever the model made of them.
    """
    depths = levels(desk, task.spans)

    def pages(depth: int) -> Printed:
        return printed(desk, sections(desk, task.spans, depths[:depth]))

    prompt = fit(desk, "reader", lambda depth: Places(pages(depth).excerpts, desk.question), len(depths))
    reply = await consult(desk, "reader", prompt)
    notes, rejected = printed(desk, task.spans).notes(reply.findings)
    said = occurrences(desk, task.spans, desk.question) if is_word(desk.question) else ()
    return Outcome(number, task, notes=(*notes, *said), rejected=rejected)


async def find_said(number: int, task: Task, desk: Desk) -> Outcome:
    """Lists every sentence of the task's spans that holds the words in quotation marks. Asks no model."""
    wanted = quoted(desk.question)
    return Outcome(number, task, notes=occurrences(desk, task.spans, wanted) if wanted else ())
