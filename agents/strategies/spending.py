"""What the prompts of walks take, reckoned before they are sent: all of them stay within the tokens of a question."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.types import Note
from ...memory.ledger import digest
from ..demonstrator import room_for_examples
from ..desk import Desk
from ..packing import PER_LINE, PER_SENTENCE, PER_SOURCE, printed_size, source_beyond
from ..pools import evidence_size
from ..state import Outcome, Task

MOST_TOKENS = 60_000
"""Tokens of all prompts of a question."""
FOR_ANSWER = 8_000
"""Tokens of them that are left for the answer."""
IN_VAIN = 4
"""Prompts of a task that failed: done twice, and each time its reply was asked for twice."""
AROUND = 700
"""Tokens of a prompt beside text, notebook, needs and question: instructions and the shape of the reply."""


def price(task: Task, desk: Desk) -> int:
    """Tokens that the prompt of a task has at most."""
    count = desk.models["explorer"].count
    text = sum(printed_size(span, "explorer", desk) for span in task.spans)
    facts = sum(PER_SOURCE + sum(count(point.text) + PER_SENTENCE for point in part) for part in task.facts)
    headed = [*task.spans, *(part[0].places[0] for part in task.facts)]
    sources = sum(source_beyond(span, "explorer", desk) for span in headed)
    asked = count(desk.question) + sum(count(need.text) + PER_LINE for need in task.needs)
    choices = sum(count(choice) + PER_LINE for choice in task.choices)
    examples = room_for_examples(desk) if task.examples else 0
    return AROUND + asked + text + facts + sources + choices + examples + sum(map(desk.note_size, task.notes))


def paid(outcome: Outcome, desk: Desk) -> int:
    """Tokens printed for a task: counted once where a reply came, however often it was asked for.

    How often is not in the journal, and a walk that is taken up again must take the same steps.
    """
    if outcome.status != "done":
        return IN_VAIN * price(outcome.task, desk)
    return outcome.tokens or price(outcome.task, desk)


def for_answer(notes: Sequence[Note], desk: Desk) -> tuple[Note, ...]:
    """The best notes of all notebooks, as many as the tokens left for the answer hold."""
    room = FOR_ANSWER - AROUND - 2 * desk.room("manager").question

    def size(note: Note) -> int:
        return evidence_size(note, desk) + source_beyond(note.span, "manager", desk)

    return digest(notes, room, size, list(desk.books))
