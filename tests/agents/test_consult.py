"""From what a reader names to places in the text: what is quoted was printed, and nothing in between."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from clew.agents.consult import Printed, printed, told
from clew.agents.desk import Desk
from clew.prompts import PROMPTS, Finding
from clew.prompts.base import template
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


def test_the_example_of_a_prompt_sent_back_is_no_finding(desk_for: Callable[..., Desk]) -> None:
    examples = [re.search(r'\{"sentences".*?\}', template(kind.name)[0]) for kind in PROMPTS]
    copied = [Finding.model_validate_json(found[0]) for found in examples if found]
    assert len(copied) >= 6
    page = page_of(desk_for([], books=[small_book()]), 0)
    assert page.notes(copied) == ((), 0)
    lazy, _ = page.notes([Finding(sentences=[2], claim="...")])
    assert [note.claim for note in lazy] == [""]


@pytest.mark.parametrize(("claim", "kept"), [("...", ""), (" … ", ""), (" In 1871. ", "In 1871."), ("灯塔", "灯塔")])
def test_a_claim_that_says_nothing_is_none(claim: str, kept: str, desk_for: Callable[..., Desk]) -> None:
    page = page_of(desk_for([], books=[small_book()]), 0)
    (note,), _ = page.notes([Finding(sentences=[2], claim=claim)])
    assert note.claim == told(claim) == kept
