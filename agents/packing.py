"""Stretches of text put together for readers: as many as a budget pays for, in groups that a prompt has room for."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.types import Span
from .desk import Desk

PER_SENTENCE = 3
"""Tokens of a sentence number and its line break."""
PER_EXCERPT = 60
"""Tokens of the fence and the source line around a stretch of text."""


def affordable(spans: Iterable[Span], budget: int, desk: Desk) -> list[Span]:
    """The first of `spans` that a reader is to see for at most `budget` tokens."""
    count = desk.models["reader"].count
    taken: list[Span] = []
    for span in spans:
        budget -= count(desk.text(span))
        if budget < 0:
            break
        taken.append(span)
    return taken


def grouped(spans: Iterable[Span], desk: Desk) -> list[tuple[Span, ...]]:
    """Spans in the order of the text, in groups that a reader's prompt has room for, adjacent ones joined."""
    count, room = desk.models["reader"].count, desk.room("reader").text
    order = {document: at for at, document in enumerate(desk.books)}
    groups: list[list[Span]] = []
    left = 0
    for span in sorted(spans, key=lambda s: (order[s.document], s.start)):
        sentences = desk.books[span.document].sentences_in(span)
        cost = count(desk.text(span)) + PER_SENTENCE * len(sentences)
        last = groups[-1][-1] if groups else None
        adjacent = last is not None and last.document == span.document and last.end == span.start
        cost += 0 if adjacent else PER_EXCERPT
        if not groups or cost > left:
            groups.append([span])
            left = room - cost
            continue
        left -= cost
        if adjacent and last is not None:
            groups[-1][-1] = Span(span.document, last.start, span.end)
        else:
            groups[-1].append(span)
    return [tuple(group) for group in groups]
