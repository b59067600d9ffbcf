"""Chunks: runs of whole passages that fill a budget, composed when asked, the same for every question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from ..core.book import Book
from ..core.types import Chunk

NUMBERED = 3
"""Tokens for a sentence's number and line end, as chunks are printed for reading."""


def compose(book: Book, budget: int, count: Callable[[str], int]) -> list[Chunk]:
    """The chunks of `book`, in order, without gap or overlap, each of at most `budget` tokens as `count` counts.

    A passage over the budget is divided between its sentences; only a single sentence may be larger than the budget.
    Takes linear time: every passage is counted once.
    """
    chunks: list[Chunk] = []
    start = end = tokens = 0

    def close() -> None:
        if end > start:
            chunks.append(Chunk(book.id, len(chunks), start, end, tokens))

    for first, last, cost in _pieces(book, budget, count):
        if tokens + cost > budget:
            close()
            start, tokens = first, 0
        end = last
        tokens += cost
    close()
    return chunks


def _pieces(book: Book, budget: int, count: Callable[[str], int]) -> Iterator[tuple[int, int, int]]:
    """Start, end and tokens of what is never divided: passages, or the sentences of a passage over the budget."""
    text = book.document.text
    sentences = [*book.sentence_starts, len(text)]
    for first, last in pairwise([*book.passage_firsts, len(book.sentence_starts)]):
        start, end = sentences[first], sentences[last]
        cost = count(text[start:end]) + NUMBERED * (last - first)
        if cost <= budget or last - first == 1:
            yield start, end, cost
        else:
            for begin, stop in pairwise(sentences[first : last + 1]):
                yield begin, stop, count(text[begin:stop]) + NUMBERED
