"""The indexes of a library: built from its documents when missing or damaged, searched together, dropped with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..core.book import Book
from ..core.seams import Basis, Embedder
from .lexical import forget, open_index
from .library import Library
from .search import PassageSearch
from .vectors import Vectors


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
        self._vectors = Vectors(library.folder / "vectors")
        self._bases: dict[str, Basis] = {}

    def search(self, books: Sequence[Book]) -> PassageSearch:
        """The search over exactly `books`, in this order. Builds what is missing. Raises StoreError."""
        for book in books:
            self._ready(book)
        with self._library.alone():
            lexical = open_index(books, self._lexical)
        return PassageSearch(books, lexical, {book.id: partial(self._nearest, book.id) for book in books})

    def forget(self, document: str) -> None:
        """Drops everything about a document."""
        self._bases.pop(document, None)
        with self._library.alone():
            forget(self._lexical, document)
            self._vectors.remove(document)

    def sound(self, book: Book) -> bool:
        """Whether the vectors of a document are all there, and what queries need with them."""
        kept = self._library.load_basis(book.id, self._embedder.name) is not None
        with self._library.alone():
            return kept and self._vectors.has(book.id) == len(book)

    def _ready(self, book: Book) -> None:
        """Makes sure that a document's vectors and basis are there."""
        if book.id in self._bases:
            return
        data = self._library.load_basis(book.id, self._embedder.name)
        if data is not None and self.sound(book):
            self._bases[book.id] = self._embedder.load(data)
            return
        self._tell(f"indexing {book.name}")
        basis, vectors = self._embedder.fit([book.text(book.passage(at).span) for at in range(len(book))])
        with self._library.alone():
            self._vectors.remove(book.id)
            self._vectors.add(book.id, vectors)
            self._library.save_basis(book.id, self._embedder.name, basis.to_bytes())
        self._bases[book.id] = basis

    def _nearest(self, document: str, query: str, limit: int) -> list[int]:
        """Passages of a document by their vectors, nearest first."""
        vector = self._bases[document].embed(query)
        # Chroma is not safe for several processes: whoever reads must not read while another writes.
        with self._library.alone():
            return [index for index, _ in self._vectors.query(document, vector, limit)]
