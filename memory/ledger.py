"""The ledger, the append-only list of a run's notes, ranked and thinned for those who read it; nothing is lost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from ..core.types import Note, Span

ENOUGH = 0.5
"""Confidence from which a note supports its need."""


def ranked(notes: Iterable[Note]) -> list[Note]:
    """Notes, the most confident first; among equals the first in the text. No two share a character.

    Of overlapping notes the most confident stays, so a sentence reported for two needs is shown once.
    """
    taken: list[Note] = []
    spans = Covered()
    for note in sorted(notes, key=lambda n: (-n.confidence, n.span.document, n.span.start, n.span.end)):
        if not spans.overlaps(note.span):
            spans.add(note.span)
            taken.append(note)
    return taken


def digest(notes: Iterable[Note], budget: int, size: Callable[[Note], int], order: Sequence[str]) -> tuple[Note, ...]:
    """What the next reader is shown: the best notes that fit `budget` tokens, in the order of the text.

    Args:
        size: tokens of a printed note.
        order: document ids, in reading order.
    """
    kept: list[Note] = []
    for note in ranked(notes):
        need = size(note)
        if need <= budget:
            budget -= need
            kept.append(note)
    place = {document: at for at, document in enumerate(order)}
    return tuple(sorted(kept, key=lambda n: (place[n.span.document], n.span.start)))


def supported(notes: Iterable[Note]) -> set[int]:
    """Numbers of the needs that located evidence was assigned to with enough confidence."""
    return {note.need for note in notes if note.confidence >= ENOUGH}


def has_news(notes: Sequence[Note], known: int) -> bool:
    """Whether any note after the first `known` says what none of these says: another place, or for another need."""
    said = {_said(note) for note in notes[:known]}
    return any(_said(note) not in said for note in notes[known:])


def _said(note: Note) -> tuple[Span, int, bool]:
    return note.span, note.need, note.confidence >= ENOUGH


class Covered:
    """A set of characters, kept per document as disjoint stretches in order."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._stretches: dict[str, list[tuple[int, int]]] = {}
        for span in spans:
            self.add(span)

    def _touching(self, span: Span) -> tuple[list[tuple[int, int]], int, int]:
        """The stretches of the span's document, and the slice of them that shares a character with it."""
        stretches = self._stretches.setdefault(span.document, [])
        first = bisect_right(stretches, span.start, key=lambda s: s[1])
        last = bisect_left(stretches, span.end, key=lambda s: s[0])
        return stretches, first, max(first, last)

    def add(self, span: Span) -> None:
        stretches, first, last = self._touching(span)
        joined = stretches[first:last]
        start = min([span.start, *(s for s, _ in joined)])
        end = max([span.end, *(e for _, e in joined)])
        stretches[first:last] = [(start, end)]

    def overlaps(self, span: Span) -> bool:
        """Whether any character of `span` is covered."""
        _, first, last = self._touching(span)
        return first < last

    def rest(self, span: Span) -> list[Span]:
        """The parts of `span` that are not covered, in order."""
        stretches, first, last = self._touching(span)
        parts, start = [], span.start
        for taken_start, taken_end in stretches[first:last]:
            if taken_start > start:
                parts.append(Span(span.document, start, taken_start))
            start = max(start, taken_end)
        if start < span.end:
            parts.append(Span(span.document, start, span.end))
        return parts

    def characters(self, document: str) -> int:
        """How many characters of a document are covered."""
        return sum(end - start for start, end in self._stretches.get(document, ()))
