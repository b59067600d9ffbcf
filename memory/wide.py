"""Search in more documents than can be indexed together: first which documents, then which of their passages.

    D = best documents for the question's terms, by their profiles, until they fill half the room
    H = terms that the best passages of D lead to (the hop of `search`)
    D = D and the best documents for H, until they fill the room
    answer with the passages of D, ranked as those of any few documents are

Everything but the profiles is built for the question and dropped: a million passages need no index that must be kept.
The terms of documents that were chosen last are held, since queries about one matter choose nearly the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..core.book import Book
from ..core.types import Passage
from .held import Held
from .lexical_build import Termed, build, termed
from .search import PassageSearch, question_terms

FEWEST = 10
"""Documents chosen at least each time, however long they are."""

DocumentRanker = Callable[[Mapping[str, float]], Sequence[tuple[str, float]]]
"""Weighted terms to the documents that share one, best first."""


class WideSearch:
    """A search over many books.

    Args:
        books: the scope, in order.
        documents: ranks them.
        languages: in which a question is stemmed to meet their terms.
        room: passages ranked together.
        held: terms of documents, shared with other searches of the library.
    """

    narrows = True

    def __init__(
        self,
        books: Sequence[Book],
        documents: DocumentRanker,
        languages: Sequence[str],
        room: int,
        held: Held[Termed],
    ) -> None:
        self._books = {book.id: book for book in books}
        self._documents = documents
        self._languages = languages
        self._room = room
        self._held = held

    def rank(self, query: str, limit: int) -> list[tuple[Passage, float]]:
        """At most `limit` passages that share something with `query`, best first; scores fall from 1."""
        near = self._best(question_terms(query, self._languages))
        first = self._within(near)
        further = self._best(first.leads(query))
        if not further <= near:
            first = self._within(near | further)
        return first.rank(query, limit)

    def _best(self, wanted: Mapping[str, float]) -> set[str]:
        chosen: set[str] = set()
        left = self._room // 2
        for document, _ in self._documents(wanted):
            left -= len(self._books[document])
            if left < 0 and len(chosen) >= FEWEST:
                break
            chosen.add(document)
        return chosen

    def _within(self, documents: set[str]) -> PassageSearch:
        books = [book for book in self._books.values() if book.id in documents]
        return PassageSearch(books, build(books, self._termed))

    def _termed(self, book: Book, name: str) -> Termed:
        held = self._held.get(book.id)
        if held is None or held.name != name:
            held = termed(book, name)
            self._held.put(book.id, held)
        return held
