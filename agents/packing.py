"""What goes into one prompt: as much text as a budget pays for, and anything in groups that a prompt has room for.

Sizes are reckoned beforehand, from what is printed around a text; `fit.py` counts the prompt itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar

from ..core.types import Role, Span
from .desk import Desk

T = TypeVar("T")

PER_SENTENCE = 3
"""Tokens of a sentence number and its line break."""
PER_LINE = 4
"""Tokens of the number and the line break of an item in a list."""
PER_SOURCE = 60
"""Tokens of the fence and the source line around a stretch of text, or of the mark and the source of evidence."""
PER_FENCE = 20
"""Tokens of the fence alone."""


def packed(items: Iterable[T], costs: Iterable[int], room: int) -> list[tuple[T, ...]]:
    """`items` in order, in groups that cost no more than `room` together; one that costs more stands alone."""
    groups: list[list[T]] = []
    left = 0
    for item, cost in zip(items, costs, strict=True):
        if not groups or cost > left:
            groups.append([])
            left = room
        left -= cost
        groups[-1].append(item)
    return [tuple(group) for group in groups]


def printed_size(span: Span, role: Role, desk: Desk) -> int:
    """Tokens of `span` as numbered sentences under their source."""
    sentences = desk.books[span.document].sentences_in(span)
    return desk.models[role].count(desk.text(span)) + PER_SENTENCE * len(sentences) + PER_SOURCE


def source_beyond(span: Span, role: Role, desk: Desk) -> int:
    """Tokens by which the source of `span` outgrows PER_SOURCE: headings may be long, and tables have many columns."""
    return max(0, desk.models[role].count(desk.source(span)) + PER_FENCE - PER_SOURCE)


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


def shortened(text: str, room: int, count: Callable[[str], int]) -> str:
    """The beginning of what a model wrote that takes `room` tokens; where words have spaces it ends with one."""
    if count(text) <= room:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if count(text[:middle]) <= room else (low, middle)
    border = max(text.rfind(space, 0, low + 1) for space in " \n")
    # In a script without spaces the last word is most of the text.
    return text[: border if 2 * border > low else low].rstrip()


def span_groups(spans: Iterable[Span], desk: Desk) -> list[tuple[Span, ...]]:
    """Spans in the order of the text, adjacent ones joined, in as few groups as readers' prompts have room for.

    The groups are filled evenly: a last prompt that is half empty leaves the others longer than they need to be, and
    readers overlook more in longer ones.
    """
    order = {document: at for at, document in enumerate(desk.books)}
    spans = sorted(spans, key=lambda span: (order[span.document], span.start))
    joins = [False, *(_adjacent(*pair) for pair in pairwise(spans))]
    sizes = [printed_size(span, "reader", desk) - join * PER_SOURCE for span, join in zip(spans, joins, strict=False)]
    return [_joined(group) for group in packed(spans, sizes, even(sizes, desk.room("reader").text))]


def even(sizes: Sequence[int], room: int) -> int:
    """As much of `room` as has to be used, for no more groups than `room` itself makes necessary."""
    groups = max(1, ceil(sum(sizes) / room))
    return min(room, sum(sizes) // groups + max(sizes, default=0))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined = [spans[0]]
    for before, span in pairwise(spans):
        if _adjacent(before, span):
            joined[-1] = Span(span.document, joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _adjacent(before: Span, span: Span) -> bool:
    return before.document == span.document and before.end == span.start
