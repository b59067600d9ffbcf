"""The indexes of a library: built from its documents when missing or damaged, searched together, dropped with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..core.book import Book
from ..core.seams import Basis, Embedder
from .fusion import lsa_weight
from .lexical import forget, open_index, passage_texts
from .library import Library
from .search import PassageSearch
from .vectors import Near, Vectors

IN_MEMORY = 32
"""Documents whose vectors are held in memory."""


class Index:
    """Lexical index and vectors beside a library's database.

    Args:
        embedder: makes the vectors. What it needs for queries is kept in the database, the vectors in Chroma.
        tell: told what is being built, and of which document.
    """

    def __init__(self, library: Library, embedder: Embedder, tell: Callable[[str], None]) -> None:
        self._library = library
        self._embedder = embedder
        self._tell = tell
        self._lexical = library.folder / "lexical"
        self._bases: dict[str, Basis] = {}
        self._near: dict[str, Near] = {}
        """Vectors of the documents asked last, the latest at the end."""

    def search(self, books: Sequence[Book]) -> PassageSearch:
        """The search over exactly `books`, in this order. Builds what is missing. Raises StoreError."""
        embedded = [book for book in books if worth_vectors(book)]
        for book in embedded:
            self._ready(book)
        with self._library.alone():
            lexical = open_index(books, self._lexical)
        return PassageSearch(books, lexical, {book.id: partial(self._nearest, book.id) for book in embedded})

    def forget(self, document: str) -> None:
        """Drops everything about a document."""
        self._bases.pop(document, None)
        self._near.pop(document, None)
        with self._library.alone():
            forget(self._lexical, document)
            with self._vectors() as vectors:
                vectors.remove(document)

    def sound(self, book: Book) -> bool:
        """Whether the vectors of a document are all there, and what queries need with them."""
        if not worth_vectors(book):
            return True
        kept = self._library.load_basis(book.id, self._embedder.name)
        if kept is None:
            return False
        with self._library.alone(), self._vectors() as vectors:
            return vectors.has(book.id) == kept.vectors

    def _vectors(self) -> Vectors:
        """The vectors, open; only while the library's lock is held, for Chroma is not safe for several processes."""
        return Vectors(self._library.folder / "vectors", self._embedder.name)

    def _ready(self, book: Book) -> None:
        """Makes sure that a document's vectors and basis are there."""
        if book.id in self._bases:
            return
        kept = self._library.load_basis(book.id, self._embedder.name)
        if kept is not None and self.sound(book):
            self._bases[book.id] = self._embedder.load(kept.data)
            return
        self._tell(f"indexing {book.name}")
        basis, rows = self._embedder.fit(list(passage_texts([book])))
        with self._library.alone(), self._vectors() as vectors:
            vectors.add(book.id, rows)
            # Kept last: a basis says that the vectors are all there.
            self._library.save_basis(book.id, self._embedder.name, basis.to_bytes(), vectors.has(book.id))
        self._bases[book.id] = basis

    def _nearest(self, document: str, query: str, limit: int) -> list[int]:
        """Passages of a document by their vectors, nearest first."""
        near = self._near.pop(document, None)
        if near is None:
            with self._library.alone(), self._vectors() as vectors:
                near = vectors.of(document)
        self._near[document] = near
        while len(self._near) > IN_MEMORY:
            self._near.pop(next(iter(self._near)))
        return near.nearest(self._bases[document].embed(query), limit)


def worth_vectors(book: Book) -> bool:
    """Whether vectors of this document would have any weight: in very short and very long ones they only mislead."""
    return lsa_weight(len(book)) > 0
