"""What `find` found, as rows in the order of the text. In code: no model decides what is listed twice or where."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.errors import ClewError
from ..core.results import Found, Place
from ..core.types import Note, Usage
from ..memory.ledger import ranked
from .coverage import coverage
from .desk import Desk
from .state import State
from .strategy import Strategy

SURE = 0.5
"""Confidence from which a place is listed: a reader is asked for what helps, which is more than what is wanted."""


def places(
    state: State,
    strategy: Strategy,
    desk: Desk,
    run: str,
    model: str,
    usage: Usage,
    unreadable: Sequence[tuple[str, ClewError]],
) -> Found:
    """The places of a finished run."""
    order = {document: at for at, document in enumerate(desk.books)}
    notes = [note for note in ranked(state["notes"]) if note.confidence >= SURE]
    notes.sort(key=lambda note: (order[note.span.document], note.span.start))
    covered, listed = coverage(state, strategy.units(desk), desk, unreadable)
    return Found(
        run=run,
        what=desk.question,
        model=model,
        items=tuple(_place(note, desk) for note in notes),
        documents=listed,
        coverage=covered,
        usage=usage,
        rejected_quotes=state["rejected"],
        limit_reached=state["limit"],
        notices=tuple(desk.trace.notices),
    )


def _place(note: Note, desk: Desk) -> Place:
    book, span = desk.books[note.span.document], note.span
    return Place(
        document=book.name,
        document_id=book.id,
        page=book.document.page_at(span.start),
        headings=book.document.heading_path(span.start),
        start=span.start,
        end=span.end,
        quote=book.evidence(span).text,
        claim=note.claim,
        score=round(note.confidence, 6),
    )
