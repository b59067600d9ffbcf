"""A small book, a scripted model, and a desk with both on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import ROLES
from clew.core.book import Book
from clew.core.seams import ChatModel
from clew.core.types import Call, Document, Passage
from clew.models.scripted import Scripted
from clew.models.validated import Validated

LINES = [
    "The lighthouse on Gull Island was built in 1871.",
    "Its first keeper was Martha Venn.",
    "She kept a diary for thirty years.",
    "The lamp burned whale oil until 1890.",
    "A storm broke the glass in 1884.",
    "Martha Venn was paid 40 pounds a year.",
    "Her brother Tom Venn fished for herring.",
    "The island has two wells.",
    "In 1901 the keeper's house burned down.",
    "No one was hurt in the fire.",
]


def small_book(lines: Sequence[str] = LINES, name: str = "island.txt", per_passage: int = 2) -> Book:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    document = Document("".join(line + "\n" for line in lines), (), (), "plain")
    return Book(name, document, starts, list(range(0, len(lines), per_passage)))


class InOrder:
    """A search that ranks passages by how many words they share with the query."""

    narrows = False

    def __init__(self, books: Sequence[Book]) -> None:
        self._books = books

    def rank(self, query: str, limit: int) -> list[tuple[Passage, float]]:
        words = set(query.lower().split())
        passages = [book.passage(at) for book in self._books for at in range(len(book))]
        by_id = {book.id: book for book in self._books}
        scored = [(p, float(len(words & set(by_id[p.document].text(p.span).lower().split())))) for p in passages]
        return sorted((item for item in scored if item[1]), key=lambda item: -item[1])[:limit]


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def desk_for(book: Book) -> Callable[..., Desk]:
    """`desk_for(replies)`: a desk whose every role is played by one scripted model."""

    def made(
        replies: Callable[[Call], Any] | list[Any],
        question: str = "Who was the first keeper?",
        window: int = 2600,
        books: Sequence[Book] = (book,),
    ) -> Desk:
        model: ChatModel = Validated(Scripted(replies, window=window))
        return Desk(
            question,
            {b.id: b for b in books},
            dict.fromkeys(ROLES, model),
            lambda: InOrder(books),
        )

    return made


def wait(work: Any) -> Any:
    return asyncio.run(work)
