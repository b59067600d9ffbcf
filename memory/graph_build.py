"""The concept graph of one document as arrays: its key elements, and the sentences that each stands in.

One pass over the passages. Variants of a name become one element, pairs of words that stand together only once are
dropped, a heading's words count for the passages below it. What else the graph is (neighbours, weights, walks) follows
from this and is computed where it is asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ..core.book import Book
from ..language.elements import KINDS, LONGEST_NAME, Element, Kind, elements, key_of
from ..language.tongues import main_language
from ..language.variants import variants

if TYPE_CHECKING:
    from ..core.arrays import Bytes, Integers

STRENGTH = {kind: at for at, kind in enumerate(KINDS)}
NAME, WORD = KINDS.index("name"), KINDS.index("word")
LONGEST_LABEL = 60
"""Characters."""
LONGEST_ENDING = 8
"""Characters that a word may have beyond its stem."""
DEEPEST = 6
"""Headings above a passage that count for it."""
_acronym = re.compile(r"\(\s?[\"“]?([A-Z][A-Z&.]{1,7})[\"”]?\s?\)")
_space = re.compile(r"\s+")


@dataclass(frozen=True)
class Postings:
    """Elements of one document, by number."""

    keys: Sequence[str]
    language: str
    """That most of the text is in."""
    labels: Sequence[str]
    """As a mention is written."""
    kinds: Bytes
    """Index into `KINDS`."""
    starts: Integers
    """Of each element's entries in `sentences`, one more than there are elements."""
    sentences: Integers
    """Sentence numbers of the document, ascending within an element, each once."""


class _Found:
    """Mentions as they are found."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.labels: list[str] = []
        self.kinds = bytearray()
        self.capitals = array("I")
        """Mentions of each element as a name."""
        self.element = array("I")
        self.sentence = array("I")

    def add(self, key: str, kind: Kind, words: str, sentence: int) -> None:
        number = self.numbers.setdefault(key, len(self.labels))
        strength = STRENGTH[kind]
        if number == len(self.labels):
            self.labels.append(_label(key, kind, words))
            self.kinds.append(strength)
            self.capitals.append(0)
        elif strength < self.kinds[number]:
            self.labels[number], self.kinds[number] = _label(key, kind, words), strength
        self.capitals[number] += kind == "name"
        self.element.append(number)
        self.sentence.append(sentence)


def build(book: Book) -> Postings:
    """The elements of `book` and where they stand."""
    found = _Found()
    starts, language = book.sentence_starts, main_language(book.document.text) or "en"
    acronyms: dict[str, str] = {}
    for at in range(len(book)):
        passage = book.passage(at)
        text = book.text(passage.span)
        ends: dict[int, str] = {}
        for start, end, key, kind in _elements(text, language):
            found.add(key, kind, text[start:end], bisect_right(starts, passage.start + start) - 1)
            if kind == "name":
                ends[end] = key
        acronyms.update(_acronyms(text, ends, language))
    for key, words, sentence in _headings(book, language):
        found.add(key, "heading", words, sentence)
    return _arranged(found, acronyms, language)


def gather(book: Book, mentions: Iterable[tuple[str, int]]) -> Postings:
    """The graph of elements that somebody else found: their words, and the offset of the sentence that holds them."""
    found = _Found()
    language = main_language(book.document.text) or "en"
    for words, offset in mentions:
        if key := key_of(words, language):
            found.add(key, "name", words, bisect_right(book.sentence_starts, offset) - 1)
    return _arranged(found, {}, language)


def _label(key: str, kind: Kind, words: str) -> str:
    """What an element is called: as it is written, where that is not a whole run of words without spaces."""
    if kind == "word" and len(words) > len(key) + LONGEST_ENDING:
        return key
    written = _space.sub(" ", words).strip()
    return written if len(written) <= LONGEST_LABEL else f"{written[:LONGEST_LABEL]}…"


@lru_cache(maxsize=16)
def _elements(text: str, language: str) -> list[Element]:
    """Remembered for texts that say the same over and over."""
    return elements(text, language)


def _acronyms(text: str, ends: dict[int, str], language: str) -> Iterator[tuple[str, str]]:
    """`World Health Organization (WHO)`: the key of the short form, and of the long one."""
    for match in _acronym.finditer(text):
        long = ends.get(len(text[: match.start()].rstrip()))
        if long and [part[0] for part in long.split()] == list(match[1].replace(".", "").lower()):
            yield key_of(match[1], language), long


def _headings(book: Book, language: str) -> Iterator[tuple[str, str, int]]:
    """Key and label of every heading, with the first sentence of each passage that stands under it."""
    document = book.document
    words = {heading: document.text[heading.start : heading.end] for heading in document.headings}
    keys = {heading: key_of(written, language) for heading, written in words.items()}
    for at in range(len(book)):
        for heading in document.headings_above(book.passage(at).end - 1)[-DEEPEST:]:
            if keys[heading] and keys[heading].count(" ") < LONGEST_NAME:
                yield keys[heading], words[heading], book.passage_firsts[at]


def _arranged(found: _Found, acronyms: dict[str, str], language: str) -> Postings:
    """The mentions by element; names merged, single pairs dropped."""
    import numpy as np

    keys = list(found.numbers)
    same = np.arange(len(keys), dtype=np.int64)
    mentions = np.frombuffer(found.element, dtype=np.uint32).astype(np.int64)
    kinds = np.frombuffer(bytes(found.kinds), dtype=np.uint8).copy()
    # What only a title or the start of a line has made a capital of is a word.
    rarely = 2 * np.frombuffer(found.capitals, dtype=np.uint32) < np.bincount(mentions, minlength=len(keys))
    kinds[(kinds == NAME) & rarely] = WORD
    named = {key: found.capitals[at] for key, at in found.numbers.items() if kinds[at] == NAME}
    for short, long in {**variants(named), **acronyms}.items():
        if short in found.numbers and long in found.numbers:
            same[found.numbers[short]] = found.numbers[long]
    element = same[same[mentions]]
    sentence = np.frombuffer(found.sentence, dtype=np.uint32).astype(np.int64)
    pairs = np.unique(element * (int(sentence.max(initial=0)) + 1) + sentence)
    element, sentence = np.divmod(pairs, int(sentence.max(initial=0)) + 1)
    counts = np.bincount(element, minlength=len(keys))
    kept = (counts > 1) | ((counts == 1) & (kinds != KINDS.index("phrase")))
    chosen = np.flatnonzero(kept)
    inside = kept[element]
    return Postings(
        [keys[at] for at in chosen],
        language,
        [found.labels[at] for at in chosen],
        kinds[chosen],
        np.concatenate([[0], np.cumsum(counts[chosen])]).astype(np.int32),
        sentence[inside].astype(np.int32),
    )
