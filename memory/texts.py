"""The texts of a library by document id, with their borders; those that were looked at last are held in memory."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable

from ..core.book import Book, Content, Extent
from ..core.errors import DocumentError
from ..core.types import Document, Heading, Page
from .database import Database
from .held import Held

ROOM = 32_000_000
"""Characters of documents held in memory."""


class Texts:
    """The texts of a library's documents, and what is known of each without loading it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._contents = Held[Content](ROOM, lambda content: len(content.document.text))

    def keep(self, book: Book) -> None:
        """Keeps the text of `book`, unless it is here."""
        if self._database.row("SELECT 1 FROM documents WHERE id = ?", (book.id,)):
            return
        document, extent = book.document, book.extent
        self._database.execute(
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
        self._database.execute(
            "INSERT INTO extents VALUES (?, ?, ?, ?, ?)",
            (document.id, extent.characters, extent.passages, extent.sheets, json.dumps(extent.blank)),
        )
        self._contents.put(book.id, book.content)

    def drop(self, document: str) -> None:
        for table, key in (("extents", "document"), ("documents", "id")):
            self._database.execute(f"DELETE FROM {table} WHERE {key} = ?", (document,))
        self._contents.drop(document)

    def load(self, document: str, name: str) -> Book | None:
        """The document under `name`, its text fetched when it is looked at; None when it is not here."""
        found = self.books([(document, name)])
        return found[0] if found else None

    def books(self, wanted: Iterable[tuple[str, str]]) -> list[Book]:
        """Documents by id under their names, in order; those that are not here are left out. No text is loaded."""
        wanted = list(wanted)
        where, values = ("WHERE document = ?", (wanted[0][0],)) if len(wanted) == 1 else ("", ())
        rows = self._database.rows(f"SELECT document, characters, passages, sheets, blank FROM extents {where}", values)
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
        here = {document for (document,) in self._database.rows("SELECT document FROM extents")}
        if any(book.id not in here for book in books):
            raise _removed()

    def read(self, document: str) -> Content | None:
        """What the database holds of a document."""
        row = self._database.row(
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


def _removed() -> DocumentError:
    return DocumentError("a document was removed from the library while it was being read", "ask again")


def _integers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers
