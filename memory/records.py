"""What models replied and what servers can do, by key: the shelf of the journal and of the handshake."""

from __future__ import annotations

from .database import Database


class Records:
    """Replies and small facts of a library. Implements `core.seams.ReplyStore` and `core.seams.Memo`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_reply(self, key: str) -> str | None:
        """The record under `key`, or None."""
        row = self._database.row("SELECT record FROM replies WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def save_reply(self, key: str, record: str, run: str) -> None:
        """Keeps a validated reply; it is on disk when this returns."""
        self._database.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (key, record, run))

    def recall(self, key: str) -> str | None:
        """The fact under `key`, or None."""
        row = self._database.row("SELECT value FROM facts WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def under(self, beginning: str) -> dict[str, str]:
        """The facts whose keys begin so, in the order of their keys."""
        sql = "SELECT key, value FROM facts WHERE substr(key, 1, ?) = ? ORDER BY key"
        return {str(key): str(value) for key, value in self._database.rows(sql, (len(beginning), beginning))}

    def keep(self, key: str, value: str) -> None:
        """Remembers a fact."""
        self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))
