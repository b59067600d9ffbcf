"""BM25 over the passages of a scope: an ordered set of books. Built with bm25s, kept as one file, rebuilt when missing.

A passage is indexed with its file's name and the headings above it, where a question may name what the text does not.
Knows terms and their weights in passages; how a question becomes weighted terms is for `search`.
BM25 as in Lucene (Robertson and Zaragoza 2009; Kamphuis et al. 2020), k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from ..core.book import Book
from ..core.types import Heading
from ..language.tongues import language_of, main_language
from ..language.words import languages_of
from .terms import TERMS_VERSION, name_shares, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]

FORMAT = 2
KEPT = 16
"""Index files kept in a folder; the one unused for longest goes first."""
_SUFFIX = ".bm25.npz"


class LexicalIndex:
    """BM25 weights of terms in passages, by columns.

    Args:
        vocabulary: terms.
        starts: of each term's entries in `rows` and `weights`, one more than there are terms.
        rows: passages, counted through the scope, ascending within a term.
        weights: what an occurrence adds to a passage's score.
        shares: how far each term is a name, 0 to 1.
        passages: in all.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        starts: Integers,
        rows: Integers,
        weights: Floats,
        shares: Floats,
        passages: int,
    ) -> None:
        self.vocabulary = vocabulary
        self.passages = passages
        self.languages = languages_of(vocabulary)
        """In which a question must be stemmed to meet the terms."""
        self._numbers = {term: number for number, term in enumerate(vocabulary)}
        self._starts, self._rows, self._weights, self._shares = starts, rows, weights, shares

    def scores(self, query: Mapping[str, float]) -> Floats:
        """Score of every passage for weighted terms."""
        import numpy as np

        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in query.items():
            number = self._numbers.get(term)
            if number is not None:
                here = slice(self._starts[number], self._starts[number + 1])
                total[self._rows[here]] += weight * self._weights[here]
        return total

    def weight(self, term: str, passage: int) -> float:
        """What `term` adds to the score of `passage`; 0 where it does not stand."""
        import numpy as np

        number = self._numbers.get(term)
        if number is None:
            return 0.0
        low, high = int(self._starts[number]), int(self._starts[number + 1])
        at = low + int(np.searchsorted(self._rows[low:high], passage))
        return float(self._weights[at]) if at < high and self._rows[at] == passage else 0.0

    def frequency(self, term: str) -> int:
        """Number of passages that hold `term`."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def rarity(self, *forms: str) -> float:
        """Inverse document frequency of a term, as BM25 has it, all its forms taken as one; of an unknown term, 0."""
        from math import log

        held = min(self.passages, sum(map(self.frequency, forms)))
        return log(1 + (self.passages - held + 0.5) / (held + 0.5)) if held else 0.0

    def share(self, term: str) -> float:
        """How far `term` is a name."""
        number = self._numbers.get(term)
        return 0.0 if number is None else float(self._shares[number])

    def save(self, path: Path, documents: Sequence[str]) -> None:
        """Writes the index to `path`, all at once."""
        import numpy as np

        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            np.savez(
                file,
                vocabulary=packed(self.vocabulary),
                starts=self._starts,
                rows=self._rows,
                weights=self._weights,
                shares=self._shares,
                passages=np.array([self.passages]),
                documents=packed(documents),
            )
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Raises whatever a missing or damaged file does."""
        import numpy as np

        # Opened here: NumPy leaves a damaged archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            vocabulary = unpacked(stored["vocabulary"])
            starts, rows, weights, shares = (stored[name] for name in ("starts", "rows", "weights", "shares"))
            passages = int(stored["passages"][0])
        if len(starts) != len(vocabulary) + 1 or not starts[-1] == len(rows) == len(weights):
            raise ValueError(f"{path} does not fit together")
        return cls(vocabulary, starts, rows, weights, shares, passages)


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
    ranker = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
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
    prior = main_language(book.document.text)
    document, above = book.document, list[Heading]()
    headings = iter(document.headings)
    coming = next(headings, None)
    for index in range(len(book)):
        span = book.passage(index).span
        while coming is not None and coming.start <= span.start:
            above = [*(heading for heading in above if heading.level < coming.level), coming]
            coming = next(headings, None)
        titles = (document.text[heading.start : heading.end] for heading in above)
        text = book.text(span)
        yield "\n".join((*([name] if name else []), *titles, text)), language_of(text, prior)


def title(name: str) -> str:
    """A file's name as words: without folders and ending, which say where it lies and not what it is."""
    return PurePath(name).stem.replace("_", " ")


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
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def packed(strings: Sequence[str]) -> NDArray[np.uint8]:
    """Strings without line breaks as bytes, so that nothing has to be unpickled."""
    import numpy as np

    return np.frombuffer("\n".join(strings).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpacked(data: NDArray[np.uint8]) -> list[str]:
    text = data.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
