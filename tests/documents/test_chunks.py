"""Chunks tile a document and keep to their budget."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from clew.core.book import Book
from clew.core.types import Document
from clew.documents.chunks import NUMBERED, compose
from clew.language.sentences import sentence_starts
from hypothesis import given
from hypothesis import strategies as st


def make_book(text: str, per_passage: int) -> Book:
    starts = sentence_starts(text)
    return Book("b", Document(text, (), (), "plain"), starts, range(0, len(starts), per_passage))


def words(text: str) -> int:
    return len(text.split())


TEXTS = st.lists(
    st.sampled_from(["One two. ", "Three. ", "A long one with many words in it. ", "\n\n", "x " * 90])
).map("".join)


@given(TEXTS, st.integers(1, 6), st.integers(1, 80))
def test_chunks_tile_and_keep_to_the_budget(text: str, per_passage: int, budget: int) -> None:
    book = make_book(text, per_passage)
    chunks = compose(book, budget, words)
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    assert "".join(text[chunk.start : chunk.end] for chunk in chunks) == text
    assert all(first.end == second.start for first, second in pairwise(chunks))
    for chunk in chunks:
        sentences = [start for start in book.sentence_starts if chunk.start <= start < chunk.end]
        assert chunk.start in book.sentence_starts
        assert chunk.tokens == words(text[chunk.start : chunk.end]) + NUMBERED * len(sentences)
        assert chunk.tokens <= budget or len(sentences) == 1


def test_passages_stay_whole_where_they_fit() -> None:
    book = make_book("One two. " * 12, 3)
    passages = {book.passage(index).start for index in range(len(book))}
    assert {chunk.start for chunk in compose(book, 35, words)} <= passages


def test_every_passage_is_counted_once() -> None:
    seen: list[str] = []

    def counting(inner: Callable[[str], int]) -> Callable[[str], int]:
        def count(text: str) -> int:
            seen.append(text)
            return inner(text)

        return count

    book = make_book("One two. " * 12, 3)
    compose(book, 35, counting(words))
    assert "".join(seen) == book.document.text
