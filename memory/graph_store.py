"""Concept graphs on disk: the postings of each document in a file of its own, built when asked for and missing.

Graphs of several documents are joined in memory from these; nothing that is kept speaks of more than one document.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from ..core.arrays import packed, unpacked
from ..core.book import Book
from ..language.elements import ELEMENTS_VERSION
from ..language.words import WORDS_VERSION
from .archives import replaced
from .graph import ConceptGraph
from .graph_build import Postings, build

FORMAT = 2
_SUFFIX = f".{FORMAT}-{ELEMENTS_VERSION}-{WORDS_VERSION}.npz"


class Graphs:
    """The concept graphs in a folder, which can be deleted at any time.

    Args:
        tell: told what is being built, how many parts of it are done, and how many there are.
    """

    def __init__(self, folder: Path, tell: Callable[[str, int, int], None]) -> None:
        self._folder = folder
        self._tell = tell

    def connect(self, books: Sequence[Book]) -> ConceptGraph:
        """The graph of exactly `books`, in this order."""
        parts = []
        for at, book in enumerate(books):
            kept = self._load(book)
            if kept is None:
                self._tell("connecting", at, len(books))
                kept = build(book)
                self._save(book, kept)
            parts.append(kept)
        return ConceptGraph(books, parts)

    def forget(self, documents: Collection[str]) -> None:
        """Deletes the graphs of these documents, of every version."""
        for document in documents:
            for path in self._folder.glob(f"{document}.*"):
                path.unlink(missing_ok=True)

    def _path(self, book: Book) -> Path:
        return self._folder / (book.id + _SUFFIX)

    def _load(self, book: Book) -> Postings | None:
        """What is kept of `book`; None where it is missing or damaged."""
        import numpy as np

        try:
            # Opened here: NumPy leaves a damaged archive open.
            with self._path(book).open("rb") as file, np.load(file, allow_pickle=False) as kept:
                keys, labels, (language,) = (unpacked(kept[name]) for name in ("keys", "labels", "language"))
                found = Postings(keys, language, labels, kept["kinds"], kept["starts"], kept["sentences"])
                fits = len(keys) == len(labels) == len(found.kinds) == len(found.starts) - 1
                return found if fits and int(found.starts[-1]) == len(found.sentences) else None
        except Exception:
            # Whatever a file raises that was damaged, among it what its compression or its headers do.
            return None

    def _save(self, book: Book, graph: Postings) -> None:
        """Keeps `graph`, all at once. A folder that cannot be written to costs the next run some seconds."""
        import numpy as np

        try:
            with replaced(self._path(book)) as file:
                np.savez_compressed(
                    file,
                    keys=packed(graph.keys),
                    language=packed([graph.language]),
                    labels=packed(graph.labels),
                    kinds=graph.kinds,
                    starts=graph.starts,
                    sentences=graph.sentences,
                )
        except OSError:
            pass
