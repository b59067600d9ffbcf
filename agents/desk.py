"""What is on the table during one run, beside the state: the question, the books, the models, the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePath

from ..core.book import Book
from ..core.errors import ModelError, ModelUnavailable
from ..core.seams import ChatModel, Search
from ..core.trace import Trace
from ..core.types import Chunk, Note, Passage, Role, Span
from ..documents.chunks import compose
from ..language.rows import row_context
from ..prompts import Remembered
from .fit import Room, divide

STREAK = 3
"""Calls that fail one after the other before the server is given up: a dead server fails them all, slowly."""


@dataclass
class Desk:
    """The surroundings of a run. Strategies read it, agents work with it, nothing here is ever checkpointed."""

    question: str
    books: Mapping[str, Book]
    """By document id, in reading order."""
    models: Mapping[Role, ChatModel]
    search: Callable[[], Search]
    trace: Trace = field(default_factory=Trace)
    replayed: int = 0
    """Replies that came from the journal."""
    trouble: ModelError | None = None
    """The last call that failed."""
    _failures: int = 0

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Division of each model's window, by model name."""
        return {model.name: divide(model) for model in self.models.values()}

    def room(self, role: Role) -> Room:
        return self.rooms[self.models[role].name]

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The documents in the order they were named, cut to what a reader's prompt has room for."""
        count, budget = self.models["reader"].count, self.room("reader").text
        return [chunk for book in self.books.values() for chunk in compose(book, budget, count)]

    @cached_property
    def passages(self) -> list[Passage]:
        return [book.passage(at) for book in self.books.values() for at in range(len(book))]

    @cached_property
    def rank(self) -> Callable[[str], Sequence[tuple[Passage, float]]]:
        """The ranking of passages for a query, computed once per query."""
        search = self.search()
        return cache(lambda query: tuple(search.rank(query, RANKED)))

    def text(self, span: Span) -> str:
        return self.books[span.document].text(span)

    def source(self, span: Span) -> str:
        """Where a span stands, for a model: file name, page, headings. Never a path, which is nobody's business."""
        book = self.books[span.document]
        page = book.document.page_at(span.start)
        place = [PurePath(book.name).name, *([f"page {page}"] if page else []), *book.document.heading_path(span.start)]
        columns = self._columns(book, span)
        return ", ".join(place) + (f"; columns: {columns}" if columns else "")

    def _columns(self, book: Book, span: Span) -> str:
        """What stands above a table row: its statement, unit and column names. Empty for prose."""
        sheet = next((p for p in book.document.pages if p.start <= span.start < p.end), None)
        first = max(0, span.start - ABOVE) if sheet is None else max(sheet.start, span.start - ABOVE)
        text = book.document.text[first : span.end]
        above = row_context(text, span.start - first, span.end - first)
        return " / ".join(" ".join(text[start:end].split()) for start, end in above)

    def remembered(self, number: int, note: Note) -> Remembered:
        return Remembered(number, note.claim, self.text(note.span), note.need, note.confidence)

    def note_size(self, note: Note) -> int:
        """Tokens of a note as a line of memory."""
        return self.models["reader"].count(str(self.remembered(100, note))) + 1

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, role: Role, error: ModelError) -> None:
        """Takes a failed call in its stride, or raises it when there is no sense in going on.

        Without its manager a run has no answer; the same command asks it again, and pays for nothing else.
        """
        self.trouble = error
        if not isinstance(error, ModelUnavailable):
            return
        self._failures += 1
        if not error.passing or role == "manager" or self._failures >= STREAK:
            raise error


ABOVE = 4000
"""Characters above a table row in which its column names are looked for."""
RANKED = 400
"""Passages ranked per query: more than any budget opens."""
