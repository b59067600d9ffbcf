"""Notes as they are put together: for a reader's view, for a manager's attempts, for memory-writers to thin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..core.types import Note, Role
from ..memory.ledger import digest, ranked
from .desk import Desk
from .needs import rewritten
from .packing import PER_SOURCE, packed
from .state import Outcome, State, Task


def view(state: State, desk: Desk) -> tuple[Note, ...]:
    """What readers are shown of the ledger."""
    return within_memory(state["notes"], "reader", desk)


def within_memory(notes: Iterable[Note], role: Role, desk: Desk) -> tuple[Note, ...]:
    """The best of `notes` that the memory of an agent has room for, in the order of the text."""
    return digest(notes, desk.room(role).memory, desk.note_size, list(desk.books))


def answering(state: State, message: str = "", *, around: bool = False) -> Task:
    """A manager's task: to answer from all evidence, best first, the text around it shown or not."""
    notes, needs = tuple(ranked(state["notes"])), rewritten(state["needs"], state["notes"])
    return Task("main", "manager", "answer", notes=notes, needs=needs, message=message, around=around)


def covering(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes in order of rank, but that the best for each need comes before all others."""
    best = ranked(notes)
    first = {note.need: note for note in reversed(best)}
    return tuple(sorted(best, key=lambda note: first[note.need] is not note))


def evidence_size(note: Note, desk: Desk) -> int:
    """Tokens of a note as a piece of evidence, at most."""
    return desk.note_size(note) + PER_SOURCE


def note_groups(notes: Sequence[Note], desk: Desk) -> list[tuple[Note, ...]]:
    """Notes in order, in groups that a memory-writer's prompt has room for."""
    return packed(notes, (evidence_size(note, desk) for note in notes), desk.room("memory_writer").text)


def merged(outcomes: Sequence[Outcome]) -> tuple[Note, ...]:
    """What the memory-writers kept, best first; a group whose writer failed is kept whole."""
    kept = [note for outcome in outcomes for at, note in enumerate(outcome.task.notes) if at not in outcome.drop]
    return tuple(ranked(kept))
