"""Demonstrations from the text itself: a question, the sentences that answer it, and so what a finding is like.

DoubleDipper (Cattan et al. 2024, arXiv 2406.13632): examples cut from the very input cost a few short calls and teach a
model, a small one above all, to point before it speaks. The planner writes them: it may be the larger model.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..prompts import Demonstrate, Demonstration, Demonstrations, Line
from .consult import consult, printed, told
from .desk import Desk
from .numbers import named
from .state import Example, Outcome, Task

FIRST = 9001
"""Number of an example's first sentence: none that the reader's own part has."""
AROUND = 1
"""Sentences shown before and after those that answer."""


async def demonstrate(number: int, task: Task, desk: Desk) -> Outcome:
    """An example from the task's span; none where it names no sentence."""
    page = printed(desk, task.spans)
    reply = await consult(desk, "planner", Demonstrate(page.excerpts))
    known, rejected = named(sorted(reply.sentences), len(page.places))
    question, claim = told(reply.question), told(reply.claim)
    if not known or not question:
        return Outcome(number, task, rejected=len(reply.sentences))
    low, high = max(0, known[0] - AROUND), known[-1] + AROUND + 1
    example = Example(question, tuple(page.places[low:high]), tuple(n - low for n in known), claim)
    return Outcome(number, task, examples=(example,), rejected=rejected)


def room_for_examples(desk: Desk) -> int:
    """Tokens of all examples in one prompt, at most: half of the room for memory."""
    return desk.room("reader").memory // 2


def demonstrations(desk: Desk, examples: Sequence[Example]) -> Demonstrations:
    """As many of `examples` as there is room for."""
    room, count = room_for_examples(desk), desk.models["reader"].count
    taken: list[Demonstration] = []
    first = FIRST
    for example in examples:
        lines = tuple(Line(first + at, desk.text(place)) for at, place in enumerate(example.places))
        made = Demonstration(example.question, lines, tuple(first + at for at in example.answer), example.claim)
        room -= count(str(Demonstrations((made,))))
        if room < 0:
            break
        taken.append(made)
        first += len(lines)
    return Demonstrations(tuple(taken))
