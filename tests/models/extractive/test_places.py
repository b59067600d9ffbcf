"""Which sentences concern a thing, as the built-in model tells: those with the thing's words, where they mean it."""

from __future__ import annotations

import pytest
from clew.models.extractive.places import places_in
from clew.prompts import Excerpt, Excerpts, Line

LINES = (
    "Venn Lamps is a limited liability company of the state of Vellmouth.",
    "The limit of its liability for broken lamps is the price of ten.",
    "Venn is the general partner of a limited partnership, and not of a public limited company.",
    "The keeper counts the lamps every evening.",
)


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("limitation of liability", [2]),
        ("the company's limits", [2]),
        ("limited liability company", [1, 2]),
        ("limits of a partner", [2, 3]),
    ],
)
def test_what_somebody_is_says_nothing_of_limits_and_liability(what: str, lines: list[int]) -> None:
    # Each line is an excerpt of its own, since neighbours lend each other their words.
    text = Excerpts(tuple(Excerpt("a.txt", (Line(at, line),)) for at, line in enumerate(LINES, 1)))
    found = places_in(text, what)
    assert [number for finding in found for number in finding.sentences] == lines
