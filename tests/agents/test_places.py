"""`find`: literal words everywhere, places across a document weighed and cut, neighbours in a paragraph made one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.places import MOST_DOUBTFUL, chosen, joined, places, together
from clew.agents.said import is_word, occurrences, quoted
from clew.agents.sections import levels, sections
from clew.agents.strategies.find import Find
from clew.core.book import Book
from clew.core.results import Found
from clew.core.types import Call, Document, Heading, Note, Span, Usage
from clew.documents.passages import prepare
from clew.models.scripted import Scripted
from hypothesis import given, settings
from hypothesis import strategies as st
from island import InOrder, small_book, wait

LINES = [
    "“Confidential Information” means what is told in secret.",
    "It is kept for five years.",
    "Each party guards the other's confidential",
    "information as its own.",
    "The price is paid on Monday.",
    "CONFIDENTIAL INFORMATION is given back.",
]


def nothing(call: Call) -> dict[str, Any]:
    return {"findings": []}


def found(desk: Desk, what: str, cutoff: float = 0.35) -> Found:
    strategy = Find(what)
    return places(wait(run(strategy, desk)), strategy, desk, "r", "m", Usage(), [], cutoff=cutoff)


def test_words_in_quotation_marks_are_found_everywhere_without_a_call(desk_for: Callable[..., Desk]) -> None:
    what = '"Confidential Information"'
    result = found(desk_for([], what, books=[small_book(LINES, "nda.txt")]), what)
    assert [item.quote.split()[0] for item in result.items] == ["“Confidential", "Each", "CONFIDENTIAL"]
    assert result.coverage.complete


def test_a_single_word_is_listed_wherever_it_stands_whatever_the_model_says(desk_for: Callable[..., Desk]) -> None:
    result = found(desk_for(nothing, "paid", books=[small_book(LINES, "nda.txt")]), "paid")
    assert [item.quote for item in result.items] == ["The price is paid on Monday."]


@pytest.mark.parametrize(
    ("what", "words"), [('"a b"', "a b"), ("“a”", "a"), ('the "a" clause', None), ("a b", None), ('""', None)]
)
def test_what_counts_as_quoted(what: str, words: str | None) -> None:
    assert quoted(what) == words


def test_what_counts_as_a_word() -> None:
    assert [is_word(what) for what in ("non-compete", " whale ", "two words", "")] == [True, True, False, False]


def test_occurrences_keep_to_the_ends_of_words(desk_for: Callable[..., Desk]) -> None:
    book = small_book(["A cap of gold.", "The captain's cap.", "Landscape."], "cap.txt")
    desk = desk_for([], books=[book])
    notes = occurrences(desk, [Span(book.id, 0, len(book.document.text))], "cap")
    assert [desk.text(note.span) for note in notes] == ["A cap of gold.", "The captain's cap."]


@pytest.mark.parametrize("words", ["the captain's cap", "The captain’s  cap"])
def test_occurrences_take_every_apostrophe_for_one(words: str, desk_for: Callable[..., Desk]) -> None:
    book = small_book(["The captain's cap.", "The captain’s\ncap.", "The captains cap."], "cap.txt")
    desk = desk_for([], books=[book])
    assert len(occurrences(desk, [Span(book.id, 0, len(book.document.text))], words)) == 2


WORDS = st.sampled_from(["secret", "Secret\n", "notes", "notes.", "\n\n", "of.", "information", "by\n\n\n"])


@given(st.lists(WORDS, min_size=1, max_size=80), st.sampled_from(["secret", "secret notes", "notes of", "information"]))
@settings(max_examples=80, deadline=None)
def test_every_occurrence_lies_within_a_place_whatever_the_text_and_its_parts(parts: list[str], words: str) -> None:
    book = prepare("a.txt", Document(" ".join(parts), (), (), "plain"))
    text = book.document.text
    desk = Desk(f'"{words}"', {book.id: book}, {"reader": Scripted([])}, lambda: InOrder([book]))
    spans = [Span(book.id, start, min(start + 40, len(text))) for start in range(0, len(text), 40)]
    notes = [one for span in reversed(spans) for one in occurrences(desk, [span], words)]
    places = together(notes)
    form = r"\b" + words.replace(" ", r"\s+") + r"\b"
    for match in re.finditer(form, text, re.IGNORECASE):
        assert any(one.span.start <= match.start() and match.end() <= one.span.end for one in places)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(places))


def test_rows_of_a_table_are_places_of_their_own(desk_for: Callable[..., Desk]) -> None:
    table = "\n".join(["| Item | 2016 |", *(f"| Item {n} | {n} |" for n in range(9))])
    book = prepare("a.md", Document(table, (), (), "plain"))
    notes = [Note(span, "", 1, 0.5) for span in book.sentences_in(Span(book.id, 0, len(table)))]
    assert len(joined(notes, desk_for([], books=[book]))) == len(notes) == 10


def note(start: int, confidence: float) -> Note:
    return Note(Span("d", start, start + 1), "", 1, confidence)


def test_places_that_fall_off_from_the_best_are_left_out() -> None:
    assert len(chosen([note(0, 0.9), note(2, 0.5), note(4, 0.2)], 0.35)) == 2


def test_doubtful_places_are_limited_and_sure_ones_are_not() -> None:
    doubtful = [note(2 * at, 0.4) for at in range(100)]
    sure = [note(1000 + 2 * at, 0.9) for at in range(100)]
    assert len(chosen([*sure, *doubtful], 0.3)) == 100 + MOST_DOUBTFUL


def test_places_left_out_are_counted(desk_for: Callable[..., Desk]) -> None:
    def two(call: Call) -> dict[str, Any]:
        return {"findings": [{"sentences": [1], "confidence": 0.9}, {"sentences": [5], "confidence": 0.1}]}

    result = found(desk_for(two, "the secrets", books=[small_book(LINES, "nda.txt")]), "the secrets")
    assert (len(result.items), result.left_out, result.to_dict()["left_out"]) == (1, 1, 1)


def test_neighbours_in_a_paragraph_are_one_place_and_paragraphs_are_not_joined(desk_for: Callable[..., Desk]) -> None:
    document = Document("One. Two.\n\nThree.", (), (), "plain")
    book = Book("a.txt", document, [0, 5, 11], [0])
    desk = desk_for([], books=[book])
    notes = [Note(span, "", 1, 0.5) for span in book.sentences_in(Span(book.id, 0, 17))]
    assert [desk.text(one.span) for one in joined(notes, desk)] == ["One. Two.", "Three."]


def test_text_is_cut_at_headings_of_the_given_ranks(desk_for: Callable[..., Desk]) -> None:
    text = "1 A\nx\n1.1 B\ny\n2 C\nz\n"
    document = Document(text, (), (Heading(1, 0, 3), Heading(2, 6, 11), Heading(1, 14, 17)), "plain")
    book = Book("a.txt", document, [0, 4, 6, 12, 14, 18], [0])
    desk = desk_for([], books=[book])
    whole = [Span(book.id, 0, len(text))]
    assert levels(desk, whole) == [1, 2]
    assert [desk.text(part) for part in sections(desk, whole, [1])] == ["1 A\nx\n1.1 B\ny\n", "2 C\nz\n"]
    assert [desk.text(part) for part in sections(desk, whole, [1, 2])] == ["1 A\nx\n", "1.1 B\ny\n", "2 C\nz\n"]
    assert sections(desk, whole, []) == whole
