"""What goes into one prompt: groups keep order, lose nothing and fit; numbers that were never printed are counted."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from clew.agents.desk import Desk
from clew.agents.numbers import named
from clew.agents.packing import packed, printed_size, shortened, span_groups
from clew.core.types import Span
from hypothesis import given
from hypothesis import strategies as st
from island import small_book
from keeper import long_book


@given(st.lists(st.integers(0, 40), max_size=40), st.integers(1, 60))
def test_groups_keep_the_order_fit_and_are_as_few_as_order_allows(costs: list[int], room: int) -> None:
    groups = packed(range(len(costs)), costs, room)
    assert [item for group in groups for item in group] == list(range(len(costs)))
    assert all(len(group) == 1 or sum(costs[item] for item in group) <= room for group in groups)
    for group, after in pairwise(groups):
        assert sum(costs[item] for item in group) + costs[after[0]] > room


@given(st.text(alphabet="ab \n张三", max_size=60), st.integers(0, 30))
def test_what_is_shortened_is_a_beginning_that_fits(text: str, room: int) -> None:
    said = shortened(text, room, len)
    assert text.startswith(said)
    assert len(said) <= room
    assert said == text or len(text) > room


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alpha beta gamma", "alpha beta"),
        ("张三在北京大学工作他的母亲是医生", "张三在北京大学工作他的"),
        ("abcdefghijklmnop", "abcdefghijk"),
    ],
)
def test_it_ends_with_a_word_where_words_have_spaces(text: str, said: str) -> None:
    assert shortened(text, 11, len) == said
    assert shortened(text, len(text), len) == text


def test_spans_are_grouped_in_the_order_of_the_text_and_joined_where_they_touch(desk_for: Callable[..., Desk]) -> None:
    first, second = long_book(), small_book()
    desk = desk_for([], books=[first, second])
    spans = [book.passage(at).span for book in (second, first) for at in (3, 0, 1)]
    groups = span_groups(spans, desk)
    joined = [span for group in groups for span in group]
    assert [(span.document, span.start) for span in joined] == [
        (book.id, book.passage(at).start) for book in (first, second) for at in (0, 3)
    ]
    assert joined[0].end == first.passage(1).end
    assert all(sum(printed_size(span, "reader", desk) for span in g) <= desk.room("reader").text for g in groups)


def test_a_span_too_large_for_a_prompt_stands_alone(desk_for: Callable[..., Desk]) -> None:
    book = long_book()
    desk = desk_for([], books=[book])
    whole, last = Span(book.id, 0, book.passage(18).start), book.passage(18).span
    assert span_groups([last, whole], desk) == [(whole,), (last,)]


@pytest.mark.parametrize(
    ("numbers", "printed", "places", "unknown"),
    [([2, 1, 2], 2, (1, 0), 0), ([0, 3, -1, 3, 1], 2, (0,), 3), ([], 5, (), 0), ([1], 0, (), 1)],
)
def test_numbers_are_places_of_what_was_printed(
    numbers: list[int], printed: int, places: tuple[int, ...], unknown: int
) -> None:
    assert named(numbers, printed) == (places, unknown)
