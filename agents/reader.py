"""The reader: sees a stretch of text as numbered sentences, and reports the numbers of those that help."""

from __future__ import annotations

from ..prompts import Memory, Needs, Piece, Places, Read
from .consult import Printed, consult, fit, numbered, printed
from .demonstrator import demonstrations
from .desk import Desk
from .said import is_word, occurrences, quoted
from .sections import levels, sections
from .state import Outcome, Task


async def read(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads the task's spans with the lane's notes in view."""
    page = printed(desk, task.spans)
    items = tuple(desk.remembered(at, note) for at, note in enumerate(task.notes, 1))
    examples = demonstrations(desk, task.examples)

    def build(k: int) -> Read:
        return Read(page.excerpts, Memory(items[:k]), desk.question, Needs(task.needs), examples)

    prompt = fit(desk, "reader", build, len(items))
    reply = await consult(desk, "reader", prompt)
    notes, rejected = page.notes(reply.findings, len(task.needs))
    drop = tuple(n - 1 for n in reply.drop if 1 <= n <= len(prompt.memory.items))
    return Outcome(number, task, notes=notes, drop=drop, rejected=rejected + len(reply.drop) - len(drop))


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
    notes, rejected = printed(desk, task.spans).notes(reply.findings, needs=1)
    said = occurrences(desk, task.spans, desk.question) if is_word(desk.question) else ()
    return Outcome(number, task, notes=(*notes, *said), rejected=rejected)


async def find_said(number: int, task: Task, desk: Desk) -> Outcome:
    """Lists every sentence of the task's spans that holds the words in quotation marks. Asks no model."""
    wanted = quoted(desk.question)
    return Outcome(number, task, notes=occurrences(desk, task.spans, wanted) if wanted else ())


async def handle(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads one piece with the lane's notes in view, and chooses what is done with it."""
    page = printed(desk, task.spans)
    items = tuple(desk.remembered(at, note) for at, note in enumerate(task.notes, 1))
    examples = demonstrations(desk, task.examples)

    def build(k: int) -> Piece:
        return Piece(
            page.excerpts, Memory(items[:k]), numbered(task.choices), Needs(task.needs), desk.question, examples
        )

    prompt = fit(desk, "reader", build, len(items))
    reply = await consult(desk, "reader", prompt)
    notes, rejected = page.notes(reply.findings, len(task.needs))
    drop = tuple(n - 1 for n in reply.drop if 1 <= n <= len(prompt.memory.items))
    chosen = (reply.action - 1,) if 1 <= reply.action <= len(task.choices) else ()
    rejected += len(reply.drop) - len(drop)
    return Outcome(number, task, notes=notes, drop=drop, chosen=chosen, rejected=rejected)
