"""The library: a folder that holds documents, replies and runs. SQLite is the truth, indexes are rebuilt from it."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.book import Book
from ..core.errors import StoreError
from ..core.types import Document, Heading, Page
from .database import Database

if TYPE_CHECKING:
    from filelock import FileLock


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that the library knows."""

    path: str
    """Absolute."""
    name: str
    """As it was given."""
    document: str
    """Document id."""
    listed: bool
    """Whether questions without a FILE are asked of it."""
    passages: int
    characters: int


@dataclass(frozen=True, slots=True)
class KeptBasis:
    """An embedder's basis for a document."""

    data: bytes
    vectors: int
    """Passages that have a vector."""


class Library:
    """A folder with `clew.sqlite3` and, beside it, indexes that can be deleted at any time.

    Args:
        folder: made, for this user only, when missing.

    Raises:
        StoreError: the folder or its database cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tell: Callable[[str], None] = lambda text: None
        """Told what is waited for."""
        self.new = not (folder / "clew.sqlite3").exists()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the library folder {folder} cannot be made: {error.strerror}", "name another with --library"
            ) from error
        self.database = Database(folder / "clew.sqlite3")
        if self.new:
            # The folder may have been there before, and be open to others.
            (folder / "clew.sqlite3").chmod(0o600)

    def close(self) -> None:
        self.database.close()

    def alone(self) -> AbstractContextManager[object]:
        """Holds the lock of what must have one writer at a time; the system releases it when the process ends.

        Raises StoreError when another process keeps it for ten minutes.
        """
        from filelock import FileLock

        return _Held(FileLock(self.folder / "lock"), self.folder, self.tell)

    def find(self, content: str) -> tuple[str, tuple[str, ...]] | None:
        """Document id and notices of a file with this content fingerprint, if it was read before."""
        row = self.database.row("SELECT document, notices FROM files WHERE content = ? LIMIT 1", (content,))
        return None if row is None else (row[0], tuple(json.loads(row[1])))

    def keep(self, path: Path, content: str, book: Book, notices: Sequence[str], *, listed: bool) -> str | None:
        """Keeps `book` as the present version of the file at `path`.

        Returns the id of an older version that no file has any more (its indexes may go), or None. A listed file
        stays listed.
        """
        document = book.document
        with self.database.transaction():
            self.database.execute(
                "INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.loader,
                    document.text,
                    json.dumps([(p.number, p.start, p.end, p.label) for p in document.pages]),
                    json.dumps([(h.level, h.start, h.end) for h in document.headings]),
                    array("I", book.sentence_starts).tobytes(),
                    array("I", book.passage_firsts).tobytes(),
                ),
            )
            old = self.database.row("SELECT document, listed FROM files WHERE path = ?", (str(path),))
            self.database.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
                (
                    str(path),
                    book.name,
                    content,
                    int(listed or bool(old and old[1])),
                    json.dumps(list(notices)),
                    document.id,
                ),
            )
            if old is None or old[0] == document.id:
                return None
            self.database.execute("INSERT OR IGNORE INTO former VALUES (?, ?)", (str(path), old[0]))
            if self._named(old[0]):
                return None
            self._drop_text(old[0])
            return str(old[0])

    def _named(self, document: str) -> bool:
        return self.database.row("SELECT 1 FROM files WHERE document = ? LIMIT 1", (document,)) is not None

    def _drop_text(self, document: str) -> None:
        self.database.execute("DELETE FROM bases WHERE document = ?", (document,))
        self.database.execute("DELETE FROM documents WHERE id = ?", (document,))

    def load(self, document: str, name: str) -> Book | None:
        """The document under `name`, or None when it is not here."""
        row = self.database.row(
            "SELECT loader, text, pages, headings, sentences, passages FROM documents WHERE id = ?", (document,)
        )
        if row is None:
            return None
        loader, text, pages, headings, sentences, passages = row
        loaded = Document(
            text,
            tuple(Page(*page) for page in json.loads(pages)),
            tuple(Heading(*heading) for heading in json.loads(headings)),
            loader,
        )
        return Book(name, loaded, _integers(sentences), _integers(passages))

    def files(self, *, listed: bool) -> list[Kept]:
        """Files the library knows, by path; with `listed` only those that `clew index` was told of."""
        rows = self.database.rows(
            "SELECT path, name, document, listed, length(passages) / 4, length(text) FROM files"
            " JOIN documents ON documents.id = document WHERE listed >= ? ORDER BY path",
            (int(listed),),
        )
        return [Kept(path, name, document, bool(on), n, size) for path, name, document, on, n, size in rows]

    def remove(self, document: str) -> None:
        """Purges a document: its text, its files' names, every run over it, and every reply those runs received.

        What earlier versions of its files left behind goes with it.
        """
        with self.database.transaction():
            mine = "SELECT path FROM files WHERE document = ?"
            rows = self.database.rows(f"SELECT document FROM former WHERE path IN ({mine})", (document,))
            self.database.execute(f"DELETE FROM former WHERE path IN ({mine})", (document,))
            self.database.execute("DELETE FROM files WHERE document = ?", (document,))
            for gone in {document, *(row[0] for row in rows if not self._named(row[0]))}:
                self._drop_runs(gone)
                self._drop_text(gone)
        self.database.shrink()

    def _drop_runs(self, document: str) -> None:
        runs = "SELECT run FROM run_documents WHERE document = ?"
        self.database.execute(f"DELETE FROM replies WHERE run IN ({runs})", (document,))
        for (run,) in self.database.rows(runs, (document,)):
            self.database.execute("DELETE FROM run_documents WHERE run = ?", (run,))
            self.database.execute("DELETE FROM runs WHERE id = ?", (run,))

    def load_basis(self, document: str, embedder: str) -> KeptBasis | None:
        """What `embedder` needs in order to embed a query for this document."""
        row = self.database.row(
            "SELECT data, vectors FROM bases WHERE document = ? AND embedder = ?", (document, embedder)
        )
        return None if row is None else KeptBasis(bytes(row[0]), row[1])

    def save_basis(self, document: str, embedder: str, data: bytes, vectors: int) -> None:
        self.database.execute("INSERT OR REPLACE INTO bases VALUES (?, ?, ?, ?)", (document, embedder, data, vectors))


VISIBLE = 2.0
"""Seconds of waiting for another process that nobody needs to be told of."""
PATIENCE = 600.0
"""Seconds after which it is given up."""


class _Held:
    """A lock file held for the length of a `with` block."""

    def __init__(self, lock: FileLock, folder: Path, tell: Callable[[str], None]) -> None:
        self._lock = lock
        self._folder = folder
        self._tell = tell

    def __enter__(self) -> object:
        from filelock import Timeout

        try:
            try:
                return self._lock.acquire(timeout=VISIBLE)
            except Timeout:
                self._tell(f"waiting for another clew that is indexing in {self._folder}")
                return self._lock.acquire(timeout=PATIENCE)
        except Timeout as error:
            raise StoreError(
                f"another clew has been indexing in {self._folder} for ten minutes", "wait for it, or end it"
            ) from error
        except OSError as error:
            raise StoreError(
                f"the library {self._folder} cannot be locked: {error.strerror}", "make the folder writable"
            ) from error

    def __exit__(self, *error: object) -> None:
        self._lock.release()


def _integers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers


def default_folder() -> Path:
    """Where the library is when nobody says: the user's data directory."""
    from platformdirs import user_data_path

    named = os.environ.get("CLEW_LIBRARY")
    return Path(named) if named else user_data_path("clew", appauthor=False)
