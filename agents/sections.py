"""Stretches of text cut at their headings, so that each is printed with what it stands under."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from ..core.types import Heading, Span
from .desk import Desk


def levels(desk: Desk, spans: Iterable[Span]) -> list[int]:
    """The ranks of the headings within `spans`, the highest first."""
    return sorted({heading.level for span in spans for heading in _within(desk, span)})


def sections(desk: Desk, spans: Iterable[Span], at: Collection[int]) -> list[Span]:
    """`spans` in order, each cut where a heading of one of the ranks `at` begins."""
    parts = []
    for span in spans:
        starts = [span.start, *(heading.start for heading in _within(desk, span) if heading.level in at), span.end]
        parts += [Span(span.document, *border) for border in zip(starts, starts[1:], strict=False)]
    return parts


def _within(desk: Desk, span: Span) -> Sequence[Heading]:
    headings = desk.books[span.document].document.headings
    first = bisect_left(headings, span.start + 1, key=lambda heading: heading.start)
    return headings[first : bisect_left(headings, span.end, key=lambda heading: heading.start)]
