"""What is on the table during one run, beside the state: the question, the books, the models, the search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from ..core.book import Book
from ..core.errors import ModelError, ModelUnavailable, WindowExceeded
from ..core.seams import ChatModel, Concepts, Search
from ..core.trace import Trace
from ..core.types import Chunk, Note, Passage, Role, Span, Usage
from ..documents.chunks import compose
from ..language.frontmatter import FRONT
from ..memory.graph import connect
from ..prompts import Remembered
from .columns import columns
from .fit import Room, divide
from .state import Task
from .units import Passages

T = TypeVar("T")

RANKED = 400
"""Passages ranked per query: more than any budget opens."""
PIECE = 1000
"""Tokens of a piece, where the window has room for them."""
FIRST_STREAK = 3
"""Tasks that fail one after the other before a server that never answered is given up: a dead one fails them all."""
STREAK = 8
"""The same for one that did answer: what fails last, side by side, need not be all that is left."""


@dataclass
class Desk:
    """The surroundings of a run. Strategies read it, agents work with it, nothing here is ever checkpointed."""

    question: str
    books: Mapping[str, Book]
    """By document id, in reading order."""
    models: Mapping[Role, ChatModel]
    search: Callable[[], Search]
    trace: Trace = field(default_factory=Trace)
    connect: Callable[[Sequence[Book]], Concepts] = connect
    """Makes the concept graph, when a strategy asks for it."""
    notices: list[str] = field(default_factory=list)
    """What the person should know of this run, one line each."""
    pending: dict[str, str] = field(default_factory=dict)
    """What is told of this run when it is over, one line each by what it is about: as it was in the end."""
    replayed: Usage = Usage()
    """Of the replies that came from the journal."""
    repaired: int = 0
    """Replies that were mended, or asked for once more."""
    degraded: int = 0
    """Replies that were taken in a lesser form than asked for."""
    trouble: ModelError | None = None
    """The last call that failed."""
    _answers: bool = False
    _failures: int = 0
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Division of each model's window, by model name."""
        return {model.name: divide(model) for model in self.models.values()}

    def room(self, role: Role) -> Room:
        return self.rooms[self.models[role].name]

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The documents in the order they were named, cut to what a reader's prompt has room for."""
        return self.cut(self.room("reader").text)

    @property
    def pieces(self) -> list[Chunk]:
        """The documents cut to pieces that are looked at one by one."""
        return self.cut(min(PIECE, self.room("reader").text))

    @cached_property
    def cut(self) -> Callable[[int], list[Chunk]]:
        """The documents in the order they were named, cut to so many tokens."""
        count = self.models["reader"].count
        return cache(lambda budget: [chunk for book in self.books.values() for chunk in compose(book, budget, count)])

    @cached_property
    def passages(self) -> Passages:
        return Passages(self.books.values())

    @cached_property
    def rank(self) -> Callable[[str], Sequence[tuple[Passage, float]]]:
        """The ranking of passages for a query, computed once per query."""
        search = self.searched
        return cache(lambda query: tuple(search.rank(query, RANKED)))

    @cached_property
    def searched(self) -> Search:
        return self.search()

    @cached_property
    def concepts(self) -> Concepts:
        """The concept graph of what is `near`."""
        return self.connect(list(self.near.books.values()))

    @cached_property
    def near(self) -> Desk:
        """This desk; where a library is too large to be ranked at once, with only the documents that look best."""
        if not self.searched.narrows:
            return self
        return self.among({passage.document for passage, _ in self.rank(self.question)})

    def among(self, documents: Collection[str]) -> Desk:
        """This desk with nothing on it but some of its documents, for choosing what to read of them."""
        return replace(self, books={key: book for key, book in self.books.items() if key in documents})

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a key: what follows from the state at some cost is kept here, not in it."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def notice(self, text: str) -> None:
        """Something the person should know of this run, one line; said once."""
        self.trace.run_notice(text, self.notices)

    def over(self) -> None:
        """Tells what was left until the end."""
        for text in self.pending.values():
            self.notice(text)
        self.pending.clear()

    def text(self, span: Span) -> str:
        return self.books[span.document].text(span)

    def source(self, span: Span) -> str:
        """Where a span stands, for a model: file name, page, headings. Never a path, which is nobody's business."""
        book = self.books[span.document]
        page = book.document.page_at(span.start)
        place = [PurePath(book.name).name, *([f"page {page}"] if page else []), *book.document.heading_path(span.start)]
        above = columns(book, span)
        return ", ".join(place) + (f"; columns: {' / '.join(above)}" if above else "")

    def begins(self, span: Span) -> bool:
        """Whether a span stands where a document begins, and may tell what it is."""
        return span.start < FRONT

    def remembered(self, number: int, note: Note) -> Remembered:
        return Remembered(number, note.claim, self.text(note.span), note.need, note.confidence)

    def note_size(self, note: Note) -> int:
        """Tokens of a note as a line of memory."""
        return self.models["reader"].count(str(self.remembered(100, note))) + 1

    def succeeded(self) -> None:
        self._answers = True
        self._failures = 0

    def failed(self, task: Task, error: ModelError, last: bool) -> None:
        """Takes a failed call in its stride, or raises it when there is no sense in going on.

        Without its manager a run has no answer; the same command asks it again, and pays for nothing else. Tasks
        that fail for the second time, `last`, say nothing about the server: all but them were answered. A server that
        does not take a whole text may take its parts.
        """
        self.trouble = error
        refused_whole = task.form == "whole" and isinstance(error, WindowExceeded)
        if refused_whole or not isinstance(error, ModelUnavailable):
            return
        self._failures += not last
        if (
            not error.passing
            or (task.role == "manager" and last)
            or self._failures >= (STREAK if self._answers else FIRST_STREAK)
        ):
            raise error
