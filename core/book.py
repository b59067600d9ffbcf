"""A document prepared for reading: the name the user knows it by, and the borders of its sentences and passages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .types import Document, Evidence, Passage, Span

_WORD = re.compile(r"\A\S{0,30}\s+(?=\S)")
"""The rest of a word at which text was cut; where no spaces are written, words cannot be told."""


@dataclass(frozen=True, slots=True)
class Content:
    """A document with its sentence table. Sentences tile the text, passages are runs of whole sentences."""

    document: Document
    sentences: Sequence[int]
    """Start offset of every sentence, the first 0 (empty for an empty text)."""
    passages: Sequence[int]
    """Index into `sentences` of every passage's first sentence."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What is known of a document without its text."""

    id: str
    characters: int
    passages: int
    sheets: int
    """Pages of the file; 0 where the format has none."""
    blank: tuple[int, ...]
    """Numbers of the sheets without text."""


def extent_of(content: Content) -> Extent:
    document = content.document
    return Extent(
        document.id,
        len(document.text),
        len(content.passages),
        len(document.pages),
        document.pages_without_text(),
    )


class Book:
    """A document under a name. Its text is at hand, or loaded whenever it is looked at: thousands can be open at once.

    Args:
        name: path as the user gave it.
        document: the text and its map.
        sentences: start offset of every sentence.
        passages: index into `sentences` of every passage's first sentence.

    Attributes:
        also: names of other files in the same scope that hold the same text.
    """

    def __init__(self, name: str, document: Document, sentences: Sequence[int], passages: Sequence[int]) -> None:
        content = Content(document, sentences, passages)
        self._begin(name, lambda: content)

    @classmethod
    def kept(cls, name: str, extent: Extent, load: Callable[[], Content]) -> Book:
        """A book whose text is fetched by `load`, which is called often and should remember."""
        book = cls.__new__(cls)
        book._begin(name, load)
        book.extent = extent
        return book

    def _begin(self, name: str, load: Callable[[], Content]) -> None:
        self.name = name
        self.also: tuple[str, ...] = ()
        self._load = load

    @cached_property
    def extent(self) -> Extent:
        return extent_of(self._load())

    @property
    def id(self) -> str:
        return self.extent.id

    @property
    def content(self) -> Content:
        return self._load()

    @property
    def document(self) -> Document:
        return self._load().document

    @property
    def sentence_starts(self) -> Sequence[int]:
        return self._load().sentences

    @property
    def passage_firsts(self) -> Sequence[int]:
        return self._load().passages

    def __len__(self) -> int:
        """Number of passages."""
        return self.extent.passages

    def passage(self, index: int) -> Passage:
        content, after = self._load(), index + 1
        start = content.sentences[content.passages[index]]
        last = after >= len(content.passages)
        end = len(content.document.text) if last else content.sentences[content.passages[after]]
        return Passage(self.id, index, start, end)

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds `offset`."""
        content = self._load()
        sentence = max(0, bisect_right(content.sentences, offset) - 1)
        return self.passage(max(0, bisect_right(content.passages, sentence) - 1))

    def passages_over(self, span: Span) -> list[Passage]:
        """The passages that touch `span`, in order."""
        found = [self.passage_at(span.start)]
        while found[-1].end < span.end:
            found.append(self.passage(found[-1].index + 1))
        return found

    def sentences_in(self, span: Span) -> list[Span]:
        """The sentences that begin within `span`, trimmed of surrounding white space; blank ones left out."""
        content = self._load()
        starts, text = content.sentences, content.document.text
        found = []
        for at in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            end = starts[at + 1] if at + 1 < len(starts) else len(text)
            trimmed = _trimmed(text, Span(self.id, starts[at], end))
            if trimmed.start < trimmed.end:
                found.append(trimmed)
        return found

    def whole(self, span: Span) -> Span:
        """The sentences that hold `span`, from the first one's beginning to the last one's end."""
        content = self._load()
        first = max(0, bisect_right(content.sentences, span.start) - 1)
        last = bisect_left(content.sentences, span.end)
        end = content.sentences[last] if last < len(content.sentences) else len(content.document.text)
        return Span(span.document, content.sentences[first], end)

    def trim(self, span: Span) -> Span:
        """`span` without white space at its ends."""
        return _trimmed(self.document.text, span)

    def text(self, span: Span) -> str:
        """Exactly the characters of `span`."""
        return self.document.text[span.start : span.end]

    def around(self, span: Span, characters: int) -> tuple[str, str]:
        """About so many characters of text before and after `span`, in whole words, with … where there is more."""
        text = self.document.text
        before = text[max(0, span.start - characters) : span.start]
        after = text[span.end : span.end + characters]
        cut_before, cut_after = span.start > characters, span.end + characters < len(text)
        return (
            "…" + _WORD.sub("", before, count=1) if cut_before else before,
            _WORD.sub("", after[::-1], count=1)[::-1] + "…" if cut_after else after,
        )

    def evidence(self, span: Span) -> Evidence:
        """`span` as evidence. Raises ValueError where there is no text."""
        return Evidence(self.document, span.start, span.end)


def _trimmed(text: str, span: Span) -> Span:
    raw = text[span.start : span.end]
    lead = len(raw) - len(raw.lstrip())
    return Span(span.document, span.start + lead, max(span.start + lead, span.start + len(raw.rstrip())))
