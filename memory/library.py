"""The library: a folder that holds documents, replies and runs. SQLite is the truth, indexes are rebuilt from it.

Knows files: which text each has now and had before, and what goes with a text that no file has any more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ..core.book import Book
from ..core.errors import StoreError
from .bases import Bases
from .database import Database
from .lock import Alone
from .profiles import Profile, Profiles
from .texts import Texts


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
        self.texts = Texts(self.database)
        self.bases = Bases(self.database)
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
            self.texts.keep(book)
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
            self._drop(old.document)
            return old.document

    def _drop(self, document: str) -> None:
        """Drops a text and all that is kept of it beside it."""
        self.bases.drop(document)
        self.profiles.drop(document)
        self.texts.drop(document)

    def _named(self, document: str) -> bool:
        return self.database.row("SELECT 1 FROM files WHERE document = ? LIMIT 1", (document,)) is not None

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
                self._drop(document)
        return list(purged)

    def _drop_runs(self, document: str) -> None:
        scopes = "SELECT scope FROM scopes WHERE document = ?"
        runs = f"SELECT id FROM runs WHERE scope IN ({scopes})"
        self.database.execute(f"DELETE FROM replies WHERE run IN ({runs})", (document,))
        self.database.execute(f"DELETE FROM runs WHERE scope IN ({scopes})", (document,))
        self.database.execute(f"DELETE FROM scopes WHERE scope IN ({scopes})", (document,))


def _version(row: tuple[object, ...] | None) -> Version | None:
    if row is None:
        return None
    document, content, stamp, name, listed, notices = map(str, row)
    return Version(document, content, stamp, name, listed == "1", tuple(json.loads(notices)))


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
