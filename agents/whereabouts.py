"""Where a span stands, for people who want to look it up: the fields that citations, evidence and places share."""

from __future__ import annotations

from typing import TypedDict

from ..core.types import Span
from .columns import columns
from .desk import Desk


class Whereabouts(TypedDict):
    """Fields as in `core.results.Citation`."""

    document: str
    document_id: str
    page: int | None
    page_label: str | None
    headings: tuple[str, ...]
    context: tuple[str, ...]
    start: int
    end: int


def whereabouts(span: Span, desk: Desk) -> Whereabouts:
    """The whereabouts of `span`."""
    book = desk.books[span.document]
    return Whereabouts(
        document=book.name,
        document_id=book.id,
        page=book.document.page_at(span.start),
        page_label=book.document.label_at(span.start),
        headings=book.document.heading_path(span.start),
        context=columns(book, span),
        start=span.start,
        end=span.end,
    )
