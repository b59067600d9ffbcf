"""Headings above a place: each under the nearest before it that is of a higher rank."""

from __future__ import annotations

from clew.core.types import Document, Heading
from hypothesis import given
from hypothesis import strategies as st

LEVELS = st.lists(st.integers(1, 9), max_size=30)


def scanned(headings: tuple[Heading, ...], offset: int) -> tuple[Heading, ...]:
    """As one would find them by hand: upwards from `offset`, each that is of a higher rank than all below it."""
    path: list[Heading] = []
    for heading in reversed(headings):
        if heading.start <= offset and (not path or heading.level < path[0].level):
            path.insert(0, heading)
    return tuple(path)


@given(LEVELS)
def test_headings_above_any_place_are_those_that_one_would_find_by_hand(levels: list[int]) -> None:
    headings = tuple(Heading(level, 10 * at + 3, 10 * at + 8) for at, level in enumerate(levels))
    document = Document("word word " * (len(levels) + 1), (), headings, "plain")
    for offset in range(0, len(document.text), 3):
        assert document.headings_above(offset) == scanned(headings, offset)


def test_the_path_of_a_place_is_in_words_on_one_line() -> None:
    text = "PART\nONE\nText. Below\nMore."
    document = Document(text, (), (Heading(1, 0, 8), Heading(4, 15, 20)), "plain")
    assert document.heading_path(text.index("More")) == ("PART ONE", "Below")
    assert document.heading_path(text.index("Text")) == ("PART ONE",)
    assert Document(text, (), (), "plain").heading_path(5) == ()
