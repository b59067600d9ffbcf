"""What `find` found, as rows in the order of the text. In code: no model decides what is listed twice or where.

A reader sees one part of a text and cannot tell how good a place is beside those of the others. So its doubt is settled
by the search, which ranks all passages: with confidence c and the passage's share s of the best score, a place has the
score c (c + (1 - c) √s). Listed is what does not fall off too far from the best, and of doubtful places not too many.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..core.book import Book
from ..core.errors import ClewError
from ..core.results import Found, Place
from ..core.types import Note, Span, Usage
from ..language.rowlines import line_at
from ..language.unended import goes_on, rest
from ..memory.ledger import ranked
from .coverage import coverage
from .desk import Desk
from .said import united
from .state import State
from .strategy import Strategy
from .whereabouts import whereabouts

DOUBTFUL = 0.5
"""Score under which a place is in doubt."""
MOST_DOUBTFUL = 30
"""Doubtful sentences listed of a document at most: a list that goes on and on helps nobody."""


def places(
    state: State,
    strategy: Strategy,
    desk: Desk,
    run: str,
    model: str,
    usage: Usage,
    unreadable: Sequence[tuple[str, ClewError]],
    *,
    cutoff: float,
) -> Found:
    """The places of a finished run.

    Args:
        cutoff: share of the best place's score under which a place is left out; 0 lists all that readers named.
    """
    noted = together(state["notes"])
    named = ranked(weighed(noted, desk) if strategy.searches else noted)
    kept = chosen(named, cutoff) if cutoff else named
    order = {document: at for at, document in enumerate(desk.books)}
    kept = sorted(kept, key=lambda note: (order[note.span.document], note.span.start))
    rows = joined(kept, desk) if strategy.searches else kept
    covered, listed = coverage(state, strategy.units(desk), desk, unreadable)
    return Found(
        run=run,
        what=desk.question,
        model=model,
        items=tuple(_place(note, desk) for note in rows),
        documents=listed,
        coverage=covered,
        usage=usage,
        rejected_quotes=state["rejected"],
        limit_reached=state["limit"],
        left_out=len(named) - len(kept),
        notices=(*desk.trace.notices, *desk.notices, *desk.trace.slow),
    )


def together(notes: Sequence[Note]) -> list[Note]:
    """`notes`, of which those without any doubt that share a character are one: none of them may be left out."""
    return [*united(note for note in notes if note.confidence >= 1), *(note for note in notes if note.confidence < 1)]


def weighed(notes: Sequence[Note], desk: Desk) -> list[Note]:
    """`notes` with the score of their place for confidence."""
    shares = {(passage.document, passage.index): score for passage, score in desk.rank(desk.question)}
    best = max(shares.values(), default=1.0) or 1.0

    def weigh(note: Note) -> Note:
        passage = desk.books[note.span.document].passage_at(note.span.start)
        share = max(0.0, shares.get((passage.document, passage.index), 0.0)) / best
        sure = note.confidence
        return replace(note, confidence=sure * (sure + (1 - sure) * math.sqrt(share)))

    return [weigh(note) for note in notes]


def chosen(notes: Sequence[Note], cutoff: float) -> list[Note]:
    """Of `notes`, the best first, those near enough to the best, and of each document's doubtful ones so many."""
    doubtful: dict[str, int] = {}
    kept = []
    for note in notes:
        if note.confidence < cutoff * notes[0].confidence:
            break
        if note.confidence < DOUBTFUL:
            doubtful[note.span.document] = doubtful.get(note.span.document, 0) + 1
        if doubtful.get(note.span.document, 0) <= MOST_DOUBTFUL or note.confidence >= DOUBTFUL:
            kept.append(note)
    return kept


def joined(notes: Sequence[Note], desk: Desk) -> list[Note]:
    """`notes`, in the order of the text, with those that follow on one another in a paragraph made one place.

    A row of a table is a place of its own.
    """
    places: list[Note] = []
    for note in notes:
        last = places[-1] if places else None
        if last and last.span.document == note.span.document and _goes_on(last.span, note.span, desk):
            span = Span(note.span.document, last.span.start, note.span.end)
            surer = max(last, note, key=lambda one: one.confidence)
            places[-1] = replace(surer, span=span)
        else:
            places.append(note)
    return places


def _goes_on(first: Span, second: Span, desk: Desk) -> bool:
    """Whether nothing but white space within a paragraph and section lies between."""
    book = desk.books[first.document]
    between = book.text(Span(first.document, first.end, second.start))
    headed = book.document.heading_path(first.start) == book.document.heading_path(second.start)
    runs_on = not between.strip() and between.count("\n") < 2
    return runs_on and headed and not any(_is_row(book, place) for place in (first, second))


def _is_row(book: Book, span: Span) -> bool:
    line = line_at(book.document.text, span.start)
    return line.kind == "row" or line.barred


def _place(note: Note, desk: Desk) -> Place:
    book = desk.books[note.span.document]
    text = book.document.text
    behind = goes_on(text, note.span.end, _next_sheet(book, note.span.end))
    return Place(
        quote=book.evidence(note.span).text,
        claim=note.claim,
        score=round(note.confidence, 6),
        goes_on=behind is not None,
        rest="" if behind is None else rest(text, behind),
        **whereabouts(note.span, desk),
    )


def _next_sheet(book: Book, offset: int) -> int | None:
    return next((page.start for page in book.document.pages if page.start >= offset), None)
