"""Notes as they are put together: for a reader's view, for a manager's attempts, for memory-writers to thin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.types import Note
from ..memory.ledger import digest, ranked
from .desk import Desk
from .state import Outcome, State

PER_EXHIBIT = 60
"""Tokens of the mark and the source of a piece of evidence."""


def view(state: State, desk: Desk) -> tuple[Note, ...]:
    """What readers are shown of the ledger."""
    return digest(state["notes"], desk.room("reader").memory, desk.note_size, list(desk.books))


def covering(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes in order of rank, but that the best for each need comes before all others."""
    best = ranked(notes)
    first = {note.need: note for note in reversed(best)}
    return tuple(sorted(best, key=lambda note: first[note.need] is not note))


def grouped(notes: Sequence[Note], desk: Desk) -> list[tuple[Note, ...]]:
    """Notes in groups that a memory-writer's prompt has room for, in order."""
    room = desk.room("memory_writer").text
    groups: list[list[Note]] = []
    left = 0
    for note in notes:
        cost = desk.note_size(note) + PER_EXHIBIT
        if not groups or cost > left:
            groups.append([])
            left = room
        left -= cost
        groups[-1].append(note)
    return [tuple(group) for group in groups]


def merged(outcomes: Sequence[Outcome]) -> tuple[Note, ...]:
    """What the memory-writers kept, best first; a group whose writer failed is kept whole."""
    kept = [note for outcome in outcomes for at, note in enumerate(outcome.task.notes) if at not in outcome.drop]
    return tuple(ranked(kept))
