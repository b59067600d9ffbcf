"""`clew index`: lists documents in the library and builds their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.serialize import json_line
from ..core.wording import counted, printable
from . import options as o

if TYPE_CHECKING:
    from ..app.opened import Unread
    from ..core.book import Book

LINES = 20
"""Documents up to which each has a line of its own."""
NAMED = 5
"""Files named of those that could not be read."""


def index(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files or folders.")],
    embedder: o.EmbedderName = None,
    ocr: o.Ocr = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List documents, to be asked without being named.

    What is there already and has not changed is not read again; an interrupted command goes on where it stopped. No
    model is called but an --embedder. Ends with 3 where a named file could not be read; the others are listed.
    """
    from ..documents.shown import shown
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library, o.Models(embedder=embedder, ocr=ocr)) as clew:
        shelf = clew.open(files, listed=True)
        clew.prepare(shelf)
    books = list(shelf.books.values())
    if as_json:
        rows = [
            {"document": name, "document_id": b.id, "characters": b.extent.characters, "passages": len(b)}
            for b in books
            for name in (b.name, *b.also)
        ]
        failed = [{"document": unread.name, "reason": str(unread.error)} for unread in shelf.unread]
        print(json_line({"schema": "clew.index/1", "documents": rows, "failed": failed}))
    else:
        _print(books)
        _complain(shelf.unread)
    # A file that was named was wanted; what a folder holds beside texts is told of and no failure.
    return 3 if {one.name for one in shelf.unread} & set(map(shown, files)) else 0


def _print(books: Sequence[Book]) -> None:
    if len(books) <= LINES:
        for book in books:
            print(f"{book.name}  {_size(book.extent.characters, len(book))}")
    else:
        characters, passages = sum(book.extent.characters for book in books), sum(map(len, books))
        print(f"{len(books):,} documents, {_size(characters, passages)}")


def _size(characters: int, passages: int) -> str:
    return f"{counted(characters, 'character')}, {counted(passages, 'passage')}"


def _complain(unread: Sequence[Unread]) -> None:
    """What could not be read: a few with their reasons, the others counted."""
    for one in unread[:NAMED]:
        typer.echo(f"clew: {printable(str(one.error))}", err=True)
    if len(unread) > NAMED:
        more = counted(len(unread) - NAMED, "more file", "more files")
        typer.echo(f"clew: {more} could not be read; --json names them all", err=True)
