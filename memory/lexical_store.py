"""Lexical indexes on disk: one file a scope, built where it is missing or damaged; the last few are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from ..core.arrays import unpacked
from ..core.book import Book
from .lexical import LexicalIndex
from .lexical_build import build, title
from .terms import TERMS_VERSION

FORMAT = 2
KEPT = 16
"""Index files kept in a folder; the one unused for longest goes first."""
_SUFFIX = ".bm25.npz"


def open_index(books: Sequence[Book], folder: Path) -> LexicalIndex:
    """The index over `books` from `folder`, built and written there where it is missing or damaged.

    A folder that cannot be written to costs the next run a second; it is not an error.
    """
    path = folder / (scope_key(books) + _SUFFIX)
    try:
        index = LexicalIndex.load(path)
        if index.passages == sum(map(len, books)):
            path.touch()
            return index
    except Exception:
        # Whatever a file raises that is missing or was damaged. Sound ones too may raise SystemError: `ast` of Python
        # 3.11, with which numpy reads headers, loses count in many threads at once.
        pass
    index = build(books)
    try:
        index.save(path, [book.id for book in books])
        for old in sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
    return index


def scope_key(books: Sequence[Book]) -> str:
    """Identity of the index over these documents, under these names, in this order."""
    digest = hashlib.sha256(f"{FORMAT}/{TERMS_VERSION}".encode())
    for book in books:
        digest.update(f"\0{book.id}\0{title(book.name)}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:20]


def forget(folder: Path, documents: Collection[str]) -> None:
    """Deletes every index in `folder` that holds words of any of `documents`, and those that cannot be read."""
    import numpy as np

    for path in folder.glob(f"*{_SUFFIX}*"):
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                holds = not set(documents).isdisjoint(unpacked(stored["documents"]))
        except Exception:
            holds = True
        if holds:
            path.unlink(missing_ok=True)
