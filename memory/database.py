"""One SQLite file: its schema, its transactions, and its failures in words a user can act on."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..core.errors import StoreError
from .schema import VERSION, bring_up


class Database:
    """A connection that any thread of this process may use, one at a time; other processes may use the file as well.

    Raises StoreError, on opening and on every use, when the file is locked, read-only, full, damaged or newer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._process = os.getpid()
        with self._translated():
            # Autocommit: every transaction is opened by name below, so that none stays open unnoticed.
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise

    def _set_up(self) -> None:
        # Deleted text must not linger in free pages.
        self.execute("PRAGMA secure_delete = ON")
        self.execute("PRAGMA journal_mode = WAL")
        # Survives a killed process, as promised; a power cut may lose the last replies, never the file.
        self.execute("PRAGMA synchronous = NORMAL")
        with self.transaction():
            version = self.rows("PRAGMA user_version")[0][0]
            if version > VERSION:
                raise StoreError(
                    f"{self.path} was written by a newer Clew (format {version}, this one knows {VERSION})",
                    "update clew, or name another folder with --library",
                )
            if version < VERSION:
                bring_up(self, version)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._translated():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """One statement; outside `transaction` it is its own and is on disk on return."""
        with self._lock, self._translated():
            self._connection.execute(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside, or none. Takes the write lock at once: it cannot fail half way for want of it.

        One inside another is a part of it.
        """
        with self._lock, self._translated():
            if self._connection.in_transaction:
                yield
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite itself has rolled back where the disk is full. One that stayed open would swallow all to come.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def shrink(self) -> bool:
        """Empties the write-ahead log, and rewrites the file without what was deleted.

        Returns whether there was room for the second; what was deleted is overwritten either way.
        """
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            self.execute("VACUUM")
        except StoreError:
            return False
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True

    def damage(self) -> str | None:
        """What SQLite's own check finds wrong, or None."""
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check(5)")]
        return None if found == ["ok"] else "; ".join(found)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        if self._process != os.getpid():
            # SQLite's own rule: what a fork does with its parent's connection damages the file.
            raise StoreError(
                f"the library {self.path} was opened by another process",
                "make a Clew in every process: with Clew(…) as clew",
            )
        try:
            yield
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """`error` as what happened to the library at `path` and what to do."""
    text = str(error)
    for sign, what, hint in (
        ("closed database", "was closed", "ask inside `with Clew(…) as clew:`, or before `close`"),
        ("locked", "is in use by another process that does not let go", "end the other clew, then try again"),
        ("readonly", "is read-only", "make the folder writable, or name another with --library"),
        ("unable to open", "cannot be opened", "check the folder's permissions, or name another with --library"),
        ("full", "cannot grow: the disk is full", "free some space; finished calls are kept"),
        ("disk I/O", "cannot be read or written", "the disk may be full or failing; finished calls are kept"),
        ("malformed", "is damaged", "move the folder away and index again; clew library verify tells more"),
        ("not a database", "is damaged", "move the folder away and index again"),
    ):
        if sign in text:
            return StoreError(f"the library {path} {what}", hint)
    return StoreError(f"the library {path} cannot be used: {text}", "name another folder with --library")
