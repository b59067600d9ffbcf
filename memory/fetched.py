"""Vectors that were read from Chroma: opening it and reading take seconds, comparing takes none.

Those of the documents asked last are held in memory, up to a number of passages. Those of a scope with more lie in one
file without a name, which the system maps and gives memory as there is, until the next such scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile

from ..core.book import Book
from .held import Held
from .vectors import Near, Vectors, unusable

IN_MEMORY = 100_000
"""Passages whose vectors are held in memory: 150 MB."""


class Fetched:
    """Vectors of documents, each read once while it is asked about.

    Args:
        opened: Chroma, for as long as the context lasts.
        folder: where the file is: the library's, which had room for all vectors.
        room: passages held in memory.
    """

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Vectors]], folder: Path, room: int = IN_MEMORY
    ) -> None:
        self._opened = opened
        self._folder = folder
        self._room = room
        self._held = Held[Near](room, lambda near: len(near.passages))
        self._large: dict[str, Near] = {}
        """Of the last scope that was larger than the room."""

    def of(self, books: Sequence[Book]) -> dict[str, Near]:
        """The vectors of `books`, by document. Opens Chroma once, or not at all. Raises StoreError."""
        large = sum(map(len, books)) > self._room
        known = {book.id: self._large.get(book.id) or self._held.get(book.id) for book in books}
        missing = [document for document, near in known.items() if near is None]
        read = self._read(missing, large=large) if missing else {}
        found = {document: near or read[document] for document, near in known.items()}
        if large:
            self._large = found
        return found

    def drop(self, document: str) -> None:
        """Forgets the vectors of a document."""
        self._held.drop(document)
        self._large = {other: near for other, near in self._large.items() if other != document}

    def _read(self, documents: Sequence[str], *, large: bool) -> dict[str, Near]:
        with self._opened() as vectors:
            found = map(vectors.of, documents)
            read = dict(zip(documents, mapped(found, self._folder) if large else found, strict=True))
        if not large:
            for document, near in read.items():
                self._held.put(document, near)
        return read


def mapped(read: Iterable[Near], folder: Path) -> list[Near]:
    """All of `read` with their rows in one file, which is gone when nobody holds them any more. Raises StoreError."""
    import numpy as np

    passages, ends = [], [0]
    try:
        with TemporaryFile(dir=folder) as file:
            for near in read:
                file.write(near.rows.tobytes())
                passages.append(near.passages)
                ends.append(ends[-1] + near.rows.size)
            file.flush()
            rows = np.asarray(np.memmap(file, np.float32, "r")) if ends[-1] else np.zeros(0, np.float32)
    except OSError as error:
        raise unusable(folder, error) from error
    parts = zip(passages, pairwise(ends), strict=True)
    return [Near(held, rows[start:end].reshape(len(held), -1) if held else rows[:0]) for held, (start, end) in parts]
