"""From what a reader names to places in the text: what is quoted was printed, and nothing in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clew.agents.consult import Printed, printed
from clew.agents.desk import Desk
from clew.prompts import Finding
from island import LINES, small_book


def page_of(desk: Desk, *passages: int) -> Printed:
    (book,) = desk.books.values()
    return printed(desk, [book.passage(at).span for at in passages])


@pytest.mark.parametrize(
    ("sentences", "noted"),
    [
        ([1, 2], [[0, 1]]),
        ([2, 3], [[1], [6]]),
        ([1, 2, 3, 4], [[0, 1], [6, 7]]),
        ([4, 1], [[0], [7]]),
        ([3, 3, 77], [[6]]),
    ],
)
def test_only_sentences_that_follow_one_another_become_one_note(
    sentences: list[int], noted: list[list[int]], desk_for: Callable[..., Desk]
) -> None:
    desk = desk_for([], books=[small_book()])
    page = page_of(desk, 0, 3)
    notes, rejected = page.notes([Finding(sentences=sentences, claim="so it is")])
    assert [desk.text(note.span) for note in notes] == ["\n".join(LINES[at] for at in run) for run in noted]
    assert rejected == (77 in sentences)
    assert page.places_of(sentences) == tuple(note.span for note in notes)


@pytest.mark.parametrize(("claim", "kept"), [("...", ""), (" … ", ""), (" In 1871. ", "In 1871."), ("灯塔", "灯塔")])
def test_a_claim_that_says_nothing_is_none(claim: str, kept: str, desk_for: Callable[..., Desk]) -> None:
    page = page_of(desk_for([], books=[small_book()]), 0)
    (note,), _ = page.notes([Finding(sentences=[1], claim=claim)])
    assert note.claim == kept
