"""Sentences that the end of a page cuts off."""

from __future__ import annotations

import pytest
from clew.language.unended import goes_on, rest


@pytest.mark.parametrize(
    ("text", "behind", "cut"),
    [
        ("It is kept by consultants of", "\n\n      31\n\nsuch party who signed.", True),
        ("It is kept by consultants of", "\n\nsuch party who signed.", True),
        ("It is kept by both.", "\n\nsuch party who signed.", False),
        ("The duties of the keeper", "\n\nHe lights the lamp.", False),
        ("The following are duties:", "\n\nlighting the lamp", False),
        ("| Item | 5 | 6 |", "\n\nlighting the lamp", False),
        ("It is kept by consultants of", "", False),
    ],
)
def test_a_sentence_goes_on_in_lower_case_behind_no_end_mark(text: str, behind: str, cut: bool) -> None:
    assert (goes_on(text + behind, len(text)) is not None) is cut


def test_feet_and_heads_of_pages_may_stand_between() -> None:
    sheet, next_sheet = "It is kept by consultants of\n\nAnnual report 31\n\n", "Acme Corp.\n\nsuch party who signed."
    end = sheet.index("\n")
    at = goes_on(sheet + next_sheet, end, len(sheet))
    assert at == (sheet + next_sheet).index("such")
    assert not goes_on(sheet + next_sheet, end)


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        ("such party\nwho signed. And then.", "such party who signed."),
        ("who said “no.” Then", "who said “no.”"),
        ("such as these\n\nHeading", "such as these"),
        ("to the end", "to the end"),
        ("on " * 300, " ".join(["on"] * 133) + "…"),
    ],
)
def test_the_rest_of_a_sentence_ends_with_it(behind: str, left: str) -> None:
    assert rest(behind, 0) == left
