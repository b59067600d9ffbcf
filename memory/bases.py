"""What an embedder needs in order to embed a query for a document: kept beside its text, and gone with it."""

from __future__ import annotations

from .database import Database


class Bases:
    """The bases of a library's documents, by embedder. One says that the document's vectors are all there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, document: str, embedder: str) -> bytes | None:
        """What `embedder` needs for queries about a document."""
        row = self._database.row("SELECT data FROM bases WHERE document = ? AND embedder = ?", (document, embedder))
        return None if row is None else bytes(row[0])

    def vectors(self, document: str, embedder: str) -> int | None:
        """Passages of a document that have a vector of `embedder`; None where there is no basis for them."""
        row = self._database.row("SELECT vectors FROM bases WHERE document = ? AND embedder = ?", (document, embedder))
        return None if row is None else int(row[0])

    def keep(self, document: str, embedder: str, data: bytes, vectors: int) -> None:
        self._database.execute("INSERT OR REPLACE INTO bases VALUES (?, ?, ?, ?)", (document, embedder, data, vectors))

    def drop(self, document: str) -> None:
        self._database.execute("DELETE FROM bases WHERE document = ?", (document,))
