"""From a name to a book: a file is read once, kept, and found again as long as its bytes are the same."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from ..core.book import Book
from ..core.errors import DocumentError
from ..core.trace import Trace
from ..documents.formats import suffix_of
from ..documents.load import read_file, read_stream
from ..documents.passages import prepare
from ..documents.shown import shown
from ..memory.library import Kept, Library

PARSER = "2"
"""Changes when loaders or borders of passages change: files are then read anew."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the question's scope that could not be opened."""

    name: str
    error: DocumentError


@dataclass(frozen=True, slots=True)
class Opened:
    """A book, and the version of its file that it replaced for good, whose indexes may go."""

    book: Book
    replaced: str | None


def open_book(library: Library, name: str, path: Path | None, trace: Trace, *, listed: bool) -> Opened:
    """The document called `name`, from the library where it was read before. Raises DocumentError, StoreError.

    Args:
        path: None is standard input.
        listed: whether questions without a scope are asked of it from now on.
    """
    if path is None:
        loaded = read_stream(sys.stdin.buffer)
        key, content = Path("-"), loaded.document.id
    else:
        loaded, key, content = None, Path(shown(path.resolve())), _content(path)
    found = library.find(content) if content else None
    book = library.load(found[0], name) if found else None
    notices = found[1] if found else ()
    if book is None:
        trace.progress(f"reading {name}")
        loaded = loaded or read_file(path or key)
        book, notices = prepare(name, loaded.document), loaded.notices
    for notice in notices:
        trace.notice(notice if notice.startswith(name) else f"{name}: {notice}")
    return Opened(book, library.keep(key, content, book, notices, listed=listed))


def stale(library: Library, kept: Kept) -> str | None:
    """What happened to a listed file since it was read, or None."""
    path = Path(kept.path)
    if not path.exists():
        return "is gone since it was indexed"
    found = library.find(_content(path))
    return None if found and found[0] == kept.document else "has changed since it was indexed; clew index it again"


def _content(path: Path) -> str:
    """Identity of what reading a file gives: its bytes, how it is read, and by which version of the reader.

    Empty, and so known to nobody, where it cannot be read, or not twice, as a pipe cannot: the loader will see.
    """
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return f"{PARSER}:{suffix_of(path)}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except (OSError, ValueError):
        return ""
