"""The manager: answers from original sentences in a fresh, short prompt, by number, or says what is missing.

Evidence is printed with the best items first and last (Jin et al. 2025, "Long-Context LLMs Meet RAG"), since models
attend least to the middle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.types import Note, Span
from ..memory.ledger import Covered, ranked
from ..prompts import Answer, Demonstrations, Exhibits, Needs, Verdict, Whole
from .consult import consult, exhibits, fit, printed, told
from .demonstrator import demonstrations
from .desk import Desk
from .marks import MARK, unmarked
from .outliers import gives_orders, to_the_point
from .packing import affordable
from .state import Outcome, Ruling, Task

PLACED = 8
"""Best pieces of evidence that the text around is shown of."""
ROOM = "room"
"""Under which it is noted that some evidence was not shown."""


async def answer(number: int, task: Task, desk: Desk) -> Outcome:
    """Answers from the task's notes and message, outliers left out; it is told where that may have cost an answer."""
    notes = ranked(task.notes)
    close = to_the_point(notes, task.needs, desk)
    outcome = await judged(number, task, close, desk)
    if len(close) < len(notes) and not (outcome.ruling and outcome.ruling.answer):
        desk.notice("evidence that reads like an order to its reader was kept from the manager: --json lists it")
    return outcome


async def judged(number: int, task: Task, notes: Sequence[Note], desk: Desk) -> Outcome:
    """What a manager makes of as many notes, best first, as its prompt has room for."""

    near = around(notes[:PLACED], desk) if task.around else {}

    def build(k: int) -> Answer:
        shown = exhibits(desk, ends_first(notes[:k]), near)
        return Answer(Exhibits(shown), task.message or "(none)", desk.question, Needs(task.needs))

    prompt = fit(desk, "manager", build, len(notes))
    shown = ends_first(notes[: len(prompt.evidence.items)])
    # A manager may be asked several times; what the answer in the end rests on is told.
    desk.pending.pop(ROOM, None)
    if len(shown) < len(notes):
        most = f"{len(shown)} of {len(notes)} pieces of evidence"
        desk.pending[ROOM] = f"the manager's prompt had room for the best {most}"
    return _outcome(number, task, await consult(desk, "manager", prompt), shown, keep=False)


async def answer_whole(number: int, task: Task, desk: Desk) -> Outcome:
    """Answers from the whole text at once; what it cites becomes the ledger."""
    page, examples = printed(desk, task.spans), demonstrations(desk, task.examples).items

    def build(k: int) -> Whole:
        return Whole(page.excerpts, desk.question, Demonstrations(examples[:k], judged=True))

    reply = await consult(desk, "manager", fit(desk, "manager", build, len(examples)))
    sentences = [Note(place, "", 1, 1.0) for place in page.places]
    return _outcome(number, task, reply, sentences, keep=True)


def around(notes: Sequence[Note], desk: Desk) -> dict[Span, Span]:
    """By the spans of notes the passages they stand in, each passage once, with the best note that stands in it.

    What reads like an order to its reader is not brought in from beside the evidence.
    """
    found: dict[Span, Span] = {}
    for note in notes:
        passages = desk.books[note.span.document].passages_over(note.span)
        wider = Span(note.span.document, passages[0].start, passages[-1].end)
        if not Covered(found.values()).overlaps(wider) and not gives_orders(desk.text(wider)):
            found[note.span] = wider
    # The rest of the evidence needs room as well.
    kept = affordable(found.values(), desk.room("manager").text // 2, desk)
    return dict(list(found.items())[: len(kept)])


def ends_first(notes: Sequence[Note]) -> list[Note]:
    """Notes in order of rank, rearranged so that the best stand at the start and at the end."""
    return [*notes[::2], *reversed(notes[1::2])]


def _outcome(number: int, task: Task, reply: Verdict, shown: Sequence[Note], *, keep: bool) -> Outcome:
    """`reply` with its marks renumbered from 1 in order of first mention; marks of nothing are dropped and counted."""
    order: dict[int, int] = {}
    rejected = 0

    def renumber(match: re.Match[str]) -> str:
        nonlocal rejected
        marks = ""
        for cited in map(int, re.findall(r"\d+", match[1])):
            if 1 <= cited <= len(shown):
                marks += f"[{order.setdefault(cited, len(order) + 1)}]"
            else:
                rejected += 1
        return marks

    # Small models repeat the form they are shown, "... [1]": that is no answer.
    text = MARK.sub(renumber, reply.answer).strip() if told(unmarked(reply.answer)) else ""
    for cited in dict.fromkeys(reply.evidence):
        if not 1 <= cited <= len(shown):
            rejected += 1
        elif cited not in order and text:
            order[cited] = len(order) + 1
            text += f" [{order[cited]}]"
    evidence = tuple(shown[cited - 1] for cited in order)
    missing = tuple(dict.fromkeys(filter(None, map(told, reply.missing))))
    ruling = Ruling(reply.verdict if text else "not_found", text, evidence, missing)
    return Outcome(number, task, ruling=ruling, rejected=rejected, notes=evidence if keep else ())
