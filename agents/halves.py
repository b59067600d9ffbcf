"""A task whose prompt turned out to be too long, in parts: text and evidence are halved until the server takes them.

Windows are asked from servers, yet some serve less than they say, or count more than can be known beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.types import Span
from ..memory.ledger import ranked
from .desk import Desk
from .state import Outcome, Task


def parts(task: Task, desk: Desk) -> tuple[Task, ...]:
    """Smaller tasks that do what `task` was to do; none where it cannot be divided.

    Text is divided between sentences, evidence to be thinned in groups; of evidence or a notebook that something is to
    be decided by, the better half is left.
    """
    if task.form == "whole":
        return ()
    if task.spans:
        divided = _text(task.spans, desk)
        return () if divided is None else tuple(replace(task, spans=spans) for spans in divided)
    middle = len(task.notes) // 2
    if not middle:
        return ()
    if task.form == "merge":
        return replace(task, notes=task.notes[:middle]), replace(task, notes=task.notes[middle:])
    return (replace(task, notes=tuple(ranked(task.notes)[:middle])),)


def next_part(part: Task, before: Outcome) -> Task:
    """`part`, with the message that the part before it handed on."""
    return replace(part, message=before.message) if before.message else part


def joined(number: int, task: Task, outcomes: Sequence[Outcome]) -> Outcome:
    """What became of all parts of `task`, as one outcome."""
    drop: set[int] = set()
    chosen: list[int] = []
    passed = 0
    for outcome in outcomes:
        # Readers of several parts had the same notes in view; writers a group each.
        drop |= {at + (0 if task.spans else passed) for at in outcome.drop}
        chosen += [at + passed for at in outcome.chosen]
        passed += len(outcome.task.notes)
    last = outcomes[-1]
    return replace(
        last,
        number=number,
        task=task,
        notes=tuple(note for outcome in outcomes for note in outcome.notes),
        points=tuple(point for outcome in outcomes for point in outcome.points),
        atoms=tuple(atom for outcome in outcomes for atom in outcome.atoms),
        drop=tuple(sorted(drop)),
        chosen=last.chosen if task.spans else tuple(chosen),
        rejected=sum(outcome.rejected for outcome in outcomes),
        astray=tuple(number for outcome in outcomes for number in outcome.astray),
        tokens=sum(outcome.tokens for outcome in outcomes),
    )


def _text(spans: Sequence[Span], desk: Desk) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """`spans` in two: between two of them, or one between two sentences near its middle."""
    if len(spans) > 1:
        return tuple(spans[: len(spans) // 2]), tuple(spans[len(spans) // 2 :])
    (span,) = spans
    starts = [s.start for s in desk.books[span.document].sentences_in(span) if s.start > span.start]
    if not starts:
        return None
    border = min(starts, key=lambda start: abs(2 * start - span.start - span.end))
    return (Span(span.document, span.start, border),), (Span(span.document, border, span.end),)
