"""The concept graph of a scope: key elements and passages, joined where an element stands in a passage.

Elements of several documents with the same key are one. Two elements are neighbours where they share a sentence;
that is read off the postings when asked for, so the graph never grows with the square of anything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..core.book import Book
from ..core.seams import Spread
from ..core.types import Passage, Span
from ..language.elements import elements
from ..language.words import stems
from .graph_build import Postings, build
from .graph_rank import Ranks
from .numbering import Numbering

if TYPE_CHECKING:
    from ..core.arrays import Floats, Integers

HALF = 0.5
"""Share of an element's words from which a question that holds them names it."""
PARTLY = 0.3
"""Weight of an element that a question names only in part."""
LOOKED_AT = 2000
"""Sentences of an element that its neighbours are read from, evenly taken: enough to tell who is near whom."""


class ConceptGraph:
    """Elements by number, passages counted through the books. Implements `core.seams.Concepts`.

    Args:
        books: the scope, in order.
        parts: the postings of each.
    """

    def __init__(self, books: Sequence[Book], parts: Sequence[Postings]) -> None:
        self._books = books
        self._numbering = Numbering(books)
        self._order = {book.id: at for at, book in enumerate(books)}
        self._languages = sorted({part.language for part in parts})
        self._numbers, self._labels = _joined_elements(parts)
        self._starts, self._sentences, self._passages, self._firsts = _joined_postings(books, parts, self._numbers)

    def __len__(self) -> int:
        return len(self._labels)

    def label(self, element: int) -> str:
        """As a mention is written."""
        return self._labels[element]

    @property
    def rarities(self) -> Floats:
        """Inverse passage frequencies."""
        return self.ranks.rarity

    @cached_property
    def ranks(self) -> Ranks:
        """The graph as matrices."""
        return Ranks(self._starts, self._passages, self._numbering.firsts, sum(map(len, self._books)))

    def named(self, text: str) -> dict[int, float]:
        """The elements that `text` names, with 1 for each named in full; whole ones first, then by number."""
        keys = [found.key for language in self._languages for found in elements(text, language)]
        found = {self._numbers[key]: 1.0 for key in keys if key in self._numbers}
        said = {stem for language in self._languages for stem in stems(text, language)}
        held: defaultdict[int, int] = defaultdict(int)
        for stem in sorted(said):
            for element in self._by_stem.get(stem, ()):
                held[element] += 1
        for element, count in sorted(held.items()):
            share = count / self._sizes[element]
            if share >= HALF:
                found.setdefault(element, 1.0 if share >= 1 else PARTLY * share)
        return found

    def spread(self, elements: Mapping[int, float], passages: Mapping[Passage, float]) -> Spread:
        """Personalised PageRank from weighted elements and passages, each kind taken as half of the start."""
        numbered = {self._number(passage): weight for passage, weight in passages.items()}
        return self.ranks.spread(elements, numbered)

    def passage(self, number: int) -> Passage:
        return self._numbering.passage(number)

    def mentions(self, element: int, worth: Floats, limit: int) -> list[Span]:
        """At most `limit` sentences that hold `element`; those whose passage has the highest `worth` first."""
        import numpy as np

        here = self._slice(element)
        order = np.argsort(-worth[self._passages[here]], kind="stable")[:limit]
        return [self._sentence(int(at)) for at in self._sentences[here][order]]

    def neighbours(self, element: int) -> dict[int, float]:
        """Elements that share sentences with `element`, by the share of its sentences that they stand in."""
        import numpy as np

        order, by_sentence, owners = self._by_sentence
        here = self._sentences[self._slice(element)]
        here = here[:: max(1, len(here) // LOOKED_AT)]
        # Of the type of what is searched, which else would be copied.
        lows, highs = np.searchsorted(by_sentence, here), np.searchsorted(by_sentence, here, side="right")
        entries = [order[low:high] for low, high in zip(lows, highs, strict=True)]
        others, counts = np.unique(owners[np.concatenate([order[:0], *entries])], return_counts=True)
        shares = zip(others.tolist(), (counts / max(1, len(here))).tolist(), strict=True)
        return {other: share for other, share in shares if other != element}

    def _slice(self, element: int) -> slice:
        return slice(int(self._starts[element]), int(self._starts[element + 1]))

    @cached_property
    def _by_sentence(self) -> tuple[Integers, Integers, Integers]:
        """The postings the other way round: their order by sentence, the sentences in it, the element of each."""
        import numpy as np

        owners = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self._starts))
        order = np.argsort(self._sentences, kind="stable").astype(np.int32)
        return order, self._sentences[order], owners

    @cached_property
    def _by_stem(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for key, number in self._numbers.items():
            for stem in set(key.split()):
                found[stem].append(number)
        return found

    @cached_property
    def _sizes(self) -> list[int]:
        """Different words of each element's key."""
        return [len(set(key.split())) for key in self._numbers]

    def _number(self, passage: Passage) -> int:
        return self._numbering.firsts[self._order[passage.document]] + passage.index

    def _sentence(self, number: int) -> Span:
        at = bisect_right(self._firsts, number) - 1
        book, within = self._books[at], number - self._firsts[at]
        starts = book.sentence_starts
        end = starts[within + 1] if within + 1 < len(starts) else len(book.document.text)
        return Span(book.id, starts[within], end)


def connect(books: Sequence[Book]) -> ConceptGraph:
    """The graph of `books`, built and not kept."""
    return ConceptGraph(books, [build(book) for book in books])


def _joined_elements(parts: Sequence[Postings]) -> tuple[dict[str, int], list[str]]:
    """Keys with their numbers, and labels: that of the strongest kind that any document has."""
    numbers: dict[str, int] = {}
    labels: list[str] = []
    kinds = bytearray()
    for part in parts:
        for key, label, kind in zip(part.keys, part.labels, part.kinds, strict=True):
            at = numbers.setdefault(key, len(labels))
            if at == len(labels):
                labels.append(label)
                kinds.append(int(kind))
            elif kind < kinds[at]:
                labels[at], kinds[at] = label, int(kind)
    return numbers, labels


def _joined_postings(
    books: Sequence[Book], parts: Sequence[Postings], numbers: Mapping[str, int]
) -> tuple[Integers, Integers, Integers, list[int]]:
    """Starts by element; sentence and passage of every entry; number of each book's first sentence."""
    import numpy as np

    owners, sentences, passages, firsts = [], [], [], [0]
    passage = 0
    for book, part in zip(books, parts, strict=True):
        own = np.array([numbers[key] for key in part.keys], dtype=np.int64)
        owners.append(np.repeat(own, np.diff(part.starts)))
        sentences.append(part.sentences.astype(np.int64) + firsts[-1])
        first_of = np.asarray(book.passage_firsts, dtype=np.int64)
        passages.append(np.searchsorted(first_of, part.sentences, side="right") - 1 + passage)
        firsts.append(firsts[-1] + len(book.sentence_starts))
        passage += len(book)
    if not owners:
        empty = np.zeros(0, dtype=np.int32)
        return np.zeros(1, dtype=np.int32), empty, empty, firsts
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(numbers)))])
    sentence, held_in = (np.concatenate(entries)[order].astype(np.int32) for entries in (sentences, passages))
    return starts.astype(np.int32), sentence, held_in, firsts
