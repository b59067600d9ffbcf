"""The lexical index of a scope, an ordered set of books, built with bm25s.

A passage is indexed with its file's name and the headings above it, where a question may name what the text does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from sys import intern
from typing import Any, NamedTuple

from ..core.book import Book
from ..language.tongues import language_of, main_language
from .bm25 import K1, B
from .lexical import LexicalIndex
from .terms import name_shares, terms


class Termed(NamedTuple):
    """A document as its terms."""

    name: str
    """What stands above every passage."""
    passages: list[list[str]]
    named: Counter[str]
    """How often each term is written as a name."""


def termed(book: Book, name: str) -> Termed:
    """The terms of the passages of `book`, each with those of `name` and of the headings above it."""
    passages: list[list[str]] = []
    named: Counter[str] = Counter()
    for text, language in indexed_texts(book, name):
        found = terms(text, language)
        passages.append(list(map(intern, found.all)))
        named.update(found.named)
    return Termed(name, passages, named)


def build(books: Sequence[Book], read: Callable[[Book, str], Termed] = termed) -> LexicalIndex:
    """The index over the passages of `books`, in order; a file's name counts where there are several.

    Args:
        read: makes or remembers a document's terms.
    """
    return _assembled(read(book, title(book.name) if len(books) > 1 else "") for book in books)


def _assembled(documents: Iterable[Termed]) -> LexicalIndex:
    import bm25s
    import numpy as np

    counts: Counter[str] = Counter()
    named: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    corpus: list[list[int]] = []
    for document in documents:
        named.update(document.named)
        for passage in document.passages:
            counts.update(passage)
            corpus.append([numbers.setdefault(term, len(numbers)) for term in passage])
    shares = name_shares(counts, named)
    vocabulary = list(numbers)
    if not vocabulary:
        empty = np.zeros(0, dtype=np.float32)
        return LexicalIndex([], np.zeros(1, np.int32), empty.astype(np.int32), empty, empty, len(corpus))
    ranker = bm25s.BM25(method="lucene", k1=K1, b=B)
    ranker.index((corpus, numbers), create_empty_token=False, show_progress=False)
    columns: dict[str, Any] = ranker.scores
    return LexicalIndex(
        vocabulary,
        columns["indptr"].astype(np.int32),
        columns["indices"].astype(np.int32),
        columns["data"].astype(np.float32),
        np.array([shares[term] for term in vocabulary], dtype=np.float32),
        len(corpus),
    )


def passage_texts(books: Sequence[Book]) -> Iterator[str]:
    """Texts of all passages of `books`, in order."""
    for book in books:
        for index in range(len(book)):
            yield book.text(book.passage(index).span)


def indexed_texts(book: Book, name: str = "") -> Iterator[tuple[str, str]]:
    """Texts of all passages, in order, each with its language; they stand under `name` and the headings above them."""
    document = book.document
    prior = main_language(document.text)
    for index in range(len(book)):
        span = book.passage(index).span
        titles = (document.text[heading.start : heading.end] for heading in document.headings_above(span.start))
        text = book.text(span)
        yield "\n".join((*([name] if name else []), *titles, text)), language_of(text, prior)


def title(name: str) -> str:
    """A file's name as words: without folders and ending, which say where it lies and not what it is."""
    return PurePath(name).stem.replace("_", " ")
