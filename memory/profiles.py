"""Which terms stand in a document and how often: enough to say in which of ten thousand documents to look.

A profile is a row of a table, written with its document and deleted with it: there is no index to keep in step, and
nothing of a removed document stays behind. A question reads all profiles, which are about a third of the texts' size,
a thousand at a time. Terms are kept as checksums, so a profile can tell whether a
word stands in a document, and cannot be read.

Ranking is BM25 over whole documents; what is counted is counted in the scope alone.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from ..core.book import Book
from ..language.words import languages_of
from .bm25 import rarity, strength
from .database import Database
from .lexical_build import indexed_texts, title
from .terms import TERMS_VERSION, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1_000
"""Profiles looked at together."""
MOST = 255
"""Occurrences counted at most; more say no more."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The terms of one document, as the index of its passages has them."""

    version: int
    length: int
    """Terms in all."""
    languages: str
    """In which a question must be stemmed to meet them, with commas between."""
    terms: bytes
    """Four bytes of checksum for each different term, then one byte of count for each."""


def profile(book: Book) -> Profile:
    counts = Counter(term for text, language in indexed_texts(book) for term in terms(text, language).all)
    held = array("I", map(key, counts)).tobytes() + bytes(min(count, MOST) for count in counts.values())
    return Profile(TERMS_VERSION, counts.total(), ",".join(languages_of(counts)), held)


def key(term: str) -> int:
    """A term's checksum. Two words share one in a few of four thousand million pairs: the passages tell them apart."""
    return crc32(term.encode("utf-8", "surrogatepass"))


class Profiles:
    """The profiles of a library's documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, document: str, made: Profile) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?, ?)",
            (document, made.version, made.length, made.languages, made.terms),
        )

    def drop(self, document: str) -> None:
        self._database.execute("DELETE FROM profiles WHERE document = ?", (document,))

    def languages(self) -> list[str]:
        """Those of all documents, English first."""
        rows = self._database.rows("SELECT DISTINCT languages FROM profiles")
        found = {language for (held,) in rows for language in held.split(",")}
        return ["en", *sorted(found - {"en"})]

    def missing(self, documents: Sequence[str]) -> list[str]:
        """Those of `documents` without a profile of the present version."""
        rows = self._database.rows("SELECT document FROM profiles WHERE version = ?", (TERMS_VERSION,))
        there = {document for (document,) in rows}
        return [document for document in documents if document not in there]

    def rank(self, books: Sequence[Book], query: Mapping[str, float]) -> list[tuple[str, float]]:
        """Documents among `books` that share a term with the weighted `query`, best first."""
        named = {term: at for at, term in enumerate(query)}
        held, lengths = self._counts(books, list(query))
        for book in books:
            for term in set(terms(title(book.name)).all) & named.keys():
                own = held.setdefault(book.id, {})
                own[named[term]] = own.get(named[term], 0) + 1
        mean = max(1.0, sum(lengths.values()) / max(1, len(lengths)))
        frequency = Counter(at for own in held.values() for at in own)
        weights = [weight * rarity(frequency[at], len(books)) for at, weight in enumerate(query.values())]
        scores = {
            document: sum(weights[at] * strength(n, lengths.get(document, 0) / mean) for at, n in own.items())
            for document, own in held.items()
        }
        # Equal ones in the order of their ids: the same on every machine.
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _counts(self, books: Sequence[Book], query: Sequence[str]) -> tuple[dict[str, dict[int, int]], dict[str, int]]:
        """How often each term of the query, by its place in it, stands in each document; and all documents' lengths."""
        import numpy as np

        wanted = np.array([key(term) for term in query], dtype=np.uint32)
        scope = {book.id for book in books}
        held: dict[str, dict[int, int]] = {}
        lengths: dict[str, int] = {}
        for rows in self._batches():
            mine = [row for row in rows if row[0] in scope]
            lengths.update((document, length) for document, length, _ in mine)
            for document, at, count in matches([(document, data) for document, _, data in mine], wanted):
                held.setdefault(document, {})[at] = count
        return held, lengths

    def _batches(self) -> Iterator[list[tuple[str, int, bytes]]]:
        last = ""
        while rows := self._database.rows(
            "SELECT document, length, terms FROM profiles WHERE document > ? AND version = ? ORDER BY document LIMIT ?",
            (last, TERMS_VERSION, BATCH),
        ):
            last = rows[-1][0]
            yield [(document, length, data) for document, length, data in rows]


def matches(profiles: Sequence[tuple[str, bytes]], wanted: NDArray[np.uint32]) -> Iterator[tuple[str, int, int]]:
    """Document, place in `wanted`, and count, wherever a wanted checksum stands in a profile."""
    import numpy as np

    if not profiles or not len(wanted):
        return
    sizes = [len(data) // 5 for _, data in profiles]
    ends = np.cumsum(sizes)
    sums = np.concatenate([np.frombuffer(data, np.uint32, n) for (_, data), n in zip(profiles, sizes, strict=True)])
    counts = np.concatenate(
        [np.frombuffer(data, np.uint8, n, 4 * n) for (_, data), n in zip(profiles, sizes, strict=True)]
    )
    for place, checksum in enumerate(wanted):
        for at in np.flatnonzero(sums == checksum):
            document = profiles[int(np.searchsorted(ends, at, side="right"))][0]
            yield document, place, int(counts[at])
