"""`clew index`: lists documents in the library and builds their indexes."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from . import options as o


def index(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files or folders.")],
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List documents in the library: questions without a FILE are asked of them. Calls no model."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        shelf = clew.open(files, listed=True)
        for book in shelf.books.values():
            progress.progress(f"indexing {book.name}")
            clew.search([book])
        rows = [
            {"document": b.name, "document_id": b.id, "characters": len(b.document.text), "passages": len(b)}
            for b in shelf.books.values()
        ]
    failed = [{"document": unread.name, "reason": str(unread.error)} for unread in shelf.unread]
    if as_json:
        print(json.dumps({"schema": "clew.index/1", "documents": rows, "failed": failed}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['document']}  {row['characters']:,} characters, {row['passages']:,} passages")
    for unread in shelf.unread:
        typer.echo(f"clew: {unread.error}", err=True)
    return 0
