"""The library: a folder that holds documents, replies and runs. SQLite is the truth, indexes are rebuilt from it."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ..core.book import Book, Content, Extent
from ..core.errors import DocumentError, StoreError
from ..core.types import Document, Heading, Page
from .database import Database
from .held import Held
from .lock import Alone
from .profiles import Profile, Profiles


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
class Version:
    """What the library knows of a file's content."""

    document: str
    content: str
    """Fingerprint of the bytes and of how they are read."""
    stamp: str
    """Of the file when it was read; empty where the file has to be read to be known again."""
    name: str
    listed: bool
    notices: tuple[str, ...]


TEXTS = 32_000_000
"""Characters of documents held in memory."""
FILES = "SELECT document, content, stamp, name, listed, notices FROM files"


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
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise StoreError(
                f"the library folder {folder} cannot be made: {reason}", "name another with --library"
            ) from error
        self.database = Database(folder / "clew.sqlite3")
        self.profiles = Profiles(self.database)
        self._contents = Held[Content](TEXTS, lambda content: len(content.document.text))
        if self.new:
            # The folder may have been there before, and be open to others.
            (folder / "clew.sqlite3").chmod(0o600)

    def close(self) -> None:
        self.database.close()

    def alone(self) -> AbstractContextManager[object]:
        """Holds the lock of what must have one writer at a time. Raises StoreError."""
        return Alone(self.folder, self.tell)

    def find(self, content: str) -> Version | None:
        """What is known of any file with this content fingerprint."""
        return _version(self.database.row(f"{FILES} WHERE content = ? LIMIT 1", (content,)))

    def version(self, path: str) -> Version | None:
        """What is known of the file at `path`."""
        return _version(self.database.row(f"{FILES} WHERE path = ?", (path,)))

    def keep(
        self,
        path: Path,
        content: str,
        book: Book,
        notices: Sequence[str],
        *,
        listed: bool,
        stamp: str = "",
        profile: Profile | None = None,
    ) -> str | None:
        """Keeps `book` as the present version of the file at `path`.

        Returns the id of an older version that no file has any more (its indexes may go), or None. A listed file
        stays listed, under the name it was listed by.
        """
        with self.database.transaction():
            self._keep_text(book)
            if profile is not None:
                self.profiles.keep(book.id, profile)
            old = self.version(str(path))
            self.database.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    str(path),
                    old.name if old and old.listed and not listed else book.name,
                    content,
                    int(listed or bool(old and old.listed)),
                    json.dumps(list(notices)),
                    book.id,
                    stamp,
                ),
            )
            if old is None or old.document == book.id:
                return None
            self.database.execute("INSERT OR IGNORE INTO former VALUES (?, ?)", (str(path), old.document))
            if self._named(old.document):
                return None
            self._drop_text(old.document)
            return old.document

    def _keep_text(self, book: Book) -> None:
        if self.database.row("SELECT 1 FROM documents WHERE id = ?", (book.id,)):
            return
        document, extent = book.document, book.extent
        self.database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
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
        self.database.execute(
            "INSERT INTO extents VALUES (?, ?, ?, ?, ?)",
            (document.id, extent.characters, extent.passages, extent.sheets, json.dumps(extent.blank)),
        )
        self._contents.put(book.id, book.content)

    def _named(self, document: str) -> bool:
        return self.database.row("SELECT 1 FROM files WHERE document = ? LIMIT 1", (document,)) is not None

    def _drop_text(self, document: str) -> None:
        for table in ("bases", "profiles", "extents"):
            self.database.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        self.database.execute("DELETE FROM documents WHERE id = ?", (document,))
        self._contents.drop(document)

    def load(self, document: str, name: str) -> Book | None:
        """The document under `name`, its text fetched when it is looked at; None when it is not here."""
        found = self.books([(document, name)])
        return found[0] if found else None

    def books(self, wanted: Iterable[tuple[str, str]]) -> list[Book]:
        """Documents by id under their names, in order; those that are not here are left out. No text is loaded."""
        wanted = list(wanted)
        where, values = ("WHERE document = ?", (wanted[0][0],)) if len(wanted) == 1 else ("", ())
        rows = self.database.rows(f"SELECT document, characters, passages, sheets, blank FROM extents {where}", values)
        extents = {row[0]: Extent(row[0], row[1], row[2], row[3], blank=tuple(json.loads(row[4]))) for row in rows}
        return [
            Book.kept(name, extents[document], lambda document=document: self.content(document))  # type: ignore[misc]
            for document, name in wanted
            if document in extents
        ]

    def content(self, document: str) -> Content:
        """The text of a document and its borders. Raises DocumentError where it is not here any more."""
        held = self._contents.get(document)
        if held is None:
            held = self.read(document)
            if held is None:
                raise _removed()
            self._contents.put(document, held)
        return held

    def check(self, books: Iterable[Book]) -> None:
        """Raises DocumentError where a document of `books` is not here any more: nothing about it is to be kept."""
        here = {document for (document,) in self.database.rows("SELECT document FROM extents")}
        if any(book.id not in here for book in books):
            raise _removed()

    def read(self, document: str) -> Content | None:
        """What the database holds of a document."""
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
        return Content(loaded, _integers(sentences), _integers(passages))

    def files(self, *, listed: bool) -> list[Kept]:
        """Files the library knows, by path; with `listed` only those that `clew index` was told of."""
        rows = self.database.rows(
            "SELECT path, name, files.document, listed, passages, characters FROM files"
            " JOIN extents ON extents.document = files.document WHERE listed >= ? ORDER BY path",
            (int(listed),),
        )
        return [Kept(path, name, document, bool(on), n, size) for path, name, document, on, n, size in rows]

    def remove(self, paths: Sequence[str]) -> list[str]:
        """Takes files out; a text that no file has any more is purged with every run over it and all their replies.

        What earlier versions of the files left behind goes with them. Returns the ids of what was purged; the room that
        this took is given back by `database.shrink`.
        """
        purged: dict[str, None] = {}
        with self.database.transaction():
            for path in paths:
                own: list[str] = []
                for table in ("files", "former"):
                    own += [
                        row[0] for row in self.database.rows(f"SELECT document FROM {table} WHERE path = ?", (path,))
                    ]
                    self.database.execute(f"DELETE FROM {table} WHERE path = ?", (path,))
                purged.update(dict.fromkeys(document for document in own if not self._named(document)))
            for document in purged:
                self._drop_runs(document)
                self._drop_text(document)
        return list(purged)

    def _drop_runs(self, document: str) -> None:
        scopes = "SELECT scope FROM scopes WHERE document = ?"
        runs = f"SELECT id FROM runs WHERE scope IN ({scopes})"
        self.database.execute(f"DELETE FROM replies WHERE run IN ({runs})", (document,))
        self.database.execute(f"DELETE FROM runs WHERE scope IN ({scopes})", (document,))
        self.database.execute(f"DELETE FROM scopes WHERE scope IN ({scopes})", (document,))

    def load_basis(self, document: str, embedder: str) -> bytes | None:
        """What `embedder` needs in order to embed a query for this document."""
        row = self.database.row("SELECT data FROM bases WHERE document = ? AND embedder = ?", (document, embedder))
        return None if row is None else bytes(row[0])

    def vectors_of(self, document: str, embedder: str) -> int | None:
        """Passages of this document that have a vector of `embedder`; None where there is no basis for them."""
        row = self.database.row("SELECT vectors FROM bases WHERE document = ? AND embedder = ?", (document, embedder))
        return None if row is None else int(row[0])

    def save_basis(self, document: str, embedder: str, data: bytes, vectors: int) -> None:
        self.database.execute("INSERT OR REPLACE INTO bases VALUES (?, ?, ?, ?)", (document, embedder, data, vectors))


def _removed() -> DocumentError:
    return DocumentError("a document was removed from the library while it was being read", "ask again")


def _version(row: tuple[object, ...] | None) -> Version | None:
    if row is None:
        return None
    document, content, stamp, name, listed, notices = map(str, row)
    return Version(document, content, stamp, name, listed == "1", tuple(json.loads(notices)))


def _integers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers


def default_folder() -> Path:
    """Where the library is when nobody says: the user's data directory."""
    from platformdirs import user_data_path

    named = os.environ.get("CLEW_LIBRARY")
    try:
        return Path(named) if named else user_data_path("clew", appauthor=False)
    except RuntimeError as error:
        raise StoreError(
            "there is no home folder to keep a library in", "set HOME, or name one with --library"
        ) from error
