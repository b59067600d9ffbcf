"""Sentences that the end of a page cuts off."""

from __future__ import annotations

import pytest
from clew.language.unended import goes_on


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
    assert goes_on(text + behind, len(text)) is cut


def test_feet_and_heads_of_pages_may_stand_between() -> None:
    sheet, next_sheet = "It is kept by consultants of\n\nAnnual report 31\n\n", "Acme Corp.\n\nsuch party who signed."
    end = sheet.index("\n")
    assert goes_on(sheet + next_sheet, end, len(sheet))
    assert not goes_on(sheet + next_sheet, end)
