"""The indexes of a library: built from its documents when missing or damaged, searched together, dropped with them.

Up to `MANY` documents have vectors, and their passages are ranked all together. Of more, vectors would take most
of the time of indexing for the little they add (`fusion`); and where they have more than `ROOM` passages, documents are
chosen first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from ..core.book import Book
from ..core.errors import DocumentError
from ..core.seams import Basis, Concepts, Embedder, Search
from .fetched import IN_MEMORY, Fetched
from .fusion import FEWEST
from .graph_store import Graphs
from .held import Held
from .lexical_build import Termed, passage_texts
from .lexical_store import forget, open_index
from .library import Library
from .parts import Parts
from .profiles import profile
from .search import PassageSearch
from .vectors import Near, Vectors
from .wide import WideSearch

MANY = 200
"""Documents."""
ROOM = 20_000
"""Passages: some seconds' indexing, and less memory than one would notice."""
BATCH = 10
"""Documents whose vectors are added together."""
GROUP = 100
"""Documents profiled in one transaction."""


class Index:
    """Lexical index and vectors beside a library's database.

    Args:
        embedder: makes the vectors. What it needs for queries is kept in the database, the vectors in Chroma.
        tell: told what is being built, how many parts of it are done, and how many there are.
        many, room: documents up to which there are vectors, passages up to which all are ranked together.
        in_memory: passages whose vectors are held there.
    """

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        tell: Callable[[str, int, int], None],
        many: int = MANY,
        room: int = ROOM,
        in_memory: int = IN_MEMORY,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._tell = tell
        self._many, self._room = many, room
        self._lexical = library.folder / "lexical"
        self._folder = library.folder / "vectors"
        self._under_way = library.folder / "embedding"
        self._graphs = Graphs(library.folder / "graphs", tell)
        self._making = threading.Lock()
        """Held while vectors are made: questions asked side by side would each have a document embedded."""
        self._bases: dict[str, Basis] = {}
        self._fetched = Fetched(self._vectors, library.folder, in_memory)
        self._termed = Held[Termed](room, lambda document: len(document.passages))

    def search(self, books: Sequence[Book]) -> Search:
        """The search over exactly `books`, in this order. Builds what is missing. Raises StoreError."""
        if len(books) > self._many and sum(map(len, books)) > self._room:
            self._profiled(books)
            profiles = self._library.profiles
            return WideSearch(books, partial(profiles.rank, books), profiles.languages(), self._room // 2, self._termed)
        embedded = [book for book in books if self._worth_vectors(book)] if len(books) <= self._many else []
        with self._making:
            self._ready(embedded)
            fetched = self._fetched.of(embedded)
            bases = {book.id: self._bases[book.id] for book in embedded}
        with self._library.alone():
            self._library.texts.check(books)
            lexical = open_index(books, self._lexical)
        rankers = {document: partial(_nearest, fetched[document], basis) for document, basis in bases.items()}
        return PassageSearch(books, lexical, rankers, self._embedder.weight)

    def connect(self, books: Sequence[Book]) -> Concepts:
        """The concept graph of exactly `books`. Builds what is missing. Raises DocumentError for what was removed."""
        graph = self._graphs.connect(books)
        try:
            self._library.texts.check(books)
        except DocumentError:
            self._graphs.forget([book.id for book in books])
            raise
        return graph

    def prepare(self, books: Sequence[Book]) -> None:
        """Builds what questions about `books` will want, so far as it can be kept."""
        self._profiled(books)
        if len(books) <= self._many:
            with self._making:
                self._ready([book for book in books if self._worth_vectors(book)])

    def forget(self, documents: Collection[str]) -> None:
        """Drops everything about these documents."""
        if not documents:
            return
        for document in documents:
            self._bases.pop(document, None)
            self._fetched.drop(document)
            self._termed.drop(document)
        with self._library.alone():
            forget(self._lexical, documents)
            self._graphs.forget(documents)
        for document in documents:
            Parts(self._under_way / document).clear()
        if self._folder.exists():
            with self._vectors() as vectors:
                for document in documents:
                    vectors.purge(document)

    def unsound(self, books: Iterable[Book]) -> list[Book]:
        """Those of `books` whose vectors are not all there, though what queries need with them is."""
        counts = [(book, self._library.bases.vectors(book.id, self._embedder.name)) for book in books]
        based = [(book, count) for book, count in counts if count is not None]
        if not based:
            return []
        with self._vectors() as vectors:
            return [book for book, count in based if vectors.has(book.id) != count]

    def rebuild(self, books: Sequence[Book]) -> None:
        """Builds the vectors of `books` anew."""
        for book in books:
            self._bases.pop(book.id, None)
        self._ready(books)

    def _profiled(self, books: Sequence[Book]) -> None:
        """Makes sure that every document has a profile."""
        missing = set(self._library.profiles.missing([book.id for book in books]))
        todo = [book for book in books if book.id in missing]
        for first in range(0, len(todo), GROUP):
            self._tell("indexing", first, len(todo))
            group = todo[first : first + GROUP]
            made = [(book.id, profile(book)) for book in group]
            with self._library.database.transaction():
                self._library.texts.check(group)
                for document, one in made:
                    self._library.profiles.keep(document, one)

    @contextmanager
    def _vectors(self) -> Iterator[Vectors]:
        """The vectors, open; only while the library's lock is held, for Chroma is not safe for several processes."""
        with self._library.alone(), Vectors(self._folder, self._embedder.name) as vectors:
            yield vectors

    def _ready(self, books: Sequence[Book]) -> None:
        """Makes sure that vectors and bases of documents are there."""
        unknown = [book for book in books if book.id not in self._bases]
        broken = {book.id for book in self.unsound(unknown)}
        todo: list[Book] = []
        for book in unknown:
            kept = None if book.id in broken else self._library.bases.load(book.id, self._embedder.name)
            if kept is not None:
                self._bases[book.id] = self._embedder.load(kept)
            else:
                todo.append(book)
        for first in range(0, len(todo), BATCH):
            self._tell(f"indexing {todo[0].name}" if len(todo) == 1 else "indexing", first, len(todo))
            self._embed(todo[first : first + BATCH])

    def _embed(self, books: Sequence[Book]) -> None:
        """Makes and keeps the vectors of a few documents: opening the folder takes as long as computing them."""
        parts = {book.id: self._parts(book) for book in books}
        fitted = [(book.id, *self._embedder.fit(list(passage_texts([book])), parts[book.id])) for book in books]
        with self._vectors() as vectors:
            self._library.texts.check(books)
            for document, basis, rows in fitted:
                vectors.add(document, rows)
                # Kept last: a basis says that the vectors are all there.
                self._library.bases.keep(document, self._embedder.name, basis.to_bytes(), vectors.has(document))
                self._bases[document] = basis
                parts[document].clear()

    def _worth_vectors(self, book: Book) -> bool:
        """Whether vectors of this document would have any weight. In very short ones they only mislead."""
        return len(book) >= FEWEST and self._embedder.weight(len(book)) > 0

    def _parts(self, book: Book) -> Parts:
        """Where the vectors of a document are kept until all of them are there."""
        return Parts(self._under_way / book.id / self._embedder.name, partial(self._tell, f"embedding {book.name}"))


def _nearest(near: Near, basis: Basis, query: str, limit: int) -> list[int]:
    """Passages of a document by their vectors, nearest first."""
    return near.nearest(basis.embed(query), limit)
