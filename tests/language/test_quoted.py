"""What a question quotes, and whether a text says it."""

from __future__ import annotations

import pytest
from clew.language.quoted import UNMARKED, quoted, verbatim


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("Who says 'Call me Ishmael'?", ["Call me Ishmael"]),
        ('What does "Confidential Information" mean?', ["Confidential Information"]),
        ("Who cries “Hast seen the White Whale?”", ["Hast seen the White Whale"]),
        ("What is ‘Ahab’s leg’ made of?", ["Ahab’s leg"]),
        ("Don't the owners' agents know Ann's house?", []),
        ("", []),
    ],
)
def test_what_a_question_quotes(question: str, phrases: list[str]) -> None:
    assert quoted(question) == phrases


@pytest.mark.parametrize(
    ("text", "phrase", "share"),
    [
        ('the term "Confidential\nInformation," means', "confidential information", 1.0),
        ("all confidential information is kept", "Confidential Information", UNMARKED),
        ("information that is confidential", "Confidential Information", 0.0),
        ("our way of work (the “System”)", "System", 1.0),
        ("a system of roads", "System", 0.0),
        ("Ahab's leg was ivory", "Ahab’s leg", UNMARKED),
    ],
)
def test_how_far_a_text_says_it(text: str, phrase: str, share: float) -> None:
    assert verbatim(text, phrase) == share
