"""A document prepared for reading: the name the user knows it by, and the borders of its sentences and passages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .types import Document, Evidence, Passage, Span


class Book:
    """A document with its sentence table. Sentences tile the text, passages are runs of whole sentences.

    Args:
        name: path as the user gave it.
        document: the text and its map.
        sentences: start offset of every sentence, the first 0 (empty for an empty text).
        passages: index into `sentences` of every passage's first sentence.
    """

    def __init__(self, name: str, document: Document, sentences: Sequence[int], passages: Sequence[int]) -> None:
        self.name = name
        self.document = document
        self._starts = sentences
        self._passages = passages

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def sentence_starts(self) -> Sequence[int]:
        return self._starts

    @property
    def passage_firsts(self) -> Sequence[int]:
        return self._passages

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._passages)

    def passage(self, index: int) -> Passage:
        start = self._starts[self._passages[index]]
        after = index + 1
        end = self._starts[self._passages[after]] if after < len(self._passages) else len(self.document.text)
        return Passage(self.id, index, start, end)

    def passage_at(self, offset: int) -> Passage:
        """The passage that holds `offset`."""
        sentence = max(0, bisect_right(self._starts, offset) - 1)
        return self.passage(max(0, bisect_right(self._passages, sentence) - 1))

    def passages_over(self, span: Span) -> list[Passage]:
        """The passages that touch `span`, in order."""
        found = [self.passage_at(span.start)]
        while found[-1].end < span.end:
            found.append(self.passage(found[-1].index + 1))
        return found

    def sentences_in(self, span: Span) -> list[Span]:
        """The sentences that begin within `span`, trimmed of surrounding white space; blank ones left out."""
        text = self.document.text
        found = []
        for at in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)):
            end = self._starts[at + 1] if at + 1 < len(self._starts) else len(text)
            trimmed = self.trim(Span(self.id, self._starts[at], end))
            if trimmed.start < trimmed.end:
                found.append(trimmed)
        return found

    def trim(self, span: Span) -> Span:
        """`span` without white space at its ends."""
        raw = self.document.text[span.start : span.end]
        lead = len(raw) - len(raw.lstrip())
        return Span(span.document, span.start + lead, max(span.start + lead, span.start + len(raw.rstrip())))

    def text(self, span: Span) -> str:
        """Exactly the characters of `span`."""
        return self.document.text[span.start : span.end]

    def evidence(self, span: Span) -> Evidence:
        """`span` as evidence. Raises ValueError where there is no text."""
        return Evidence(self.document, span.start, span.end)
