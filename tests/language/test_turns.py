"""Words that turn a statement round: each in its language, all of them where that is not known."""

from __future__ import annotations

import pytest
from clew.language.grammar import GRAMMAR
from clew.language.turns import DENIALS, SIDES, turns
from clew.language.words import fold, words


@pytest.mark.parametrize(
    ("text", "language", "denies"),
    [
        ("It isn't insured", "en", True),
        ("It is insured", "en", False),
        ("Im Mai 1843", "de", False),
        ("Non mai", "it", True),
        ("Il n'est plus là", "fr", True),
        ("No Brasil", "pt", False),
        ("Não", "pt", True),
        ("Nie był", "", True),
        ("Was it so", "", False),
    ],
)
def test_a_denial_counts_in_its_own_language(text: str, language: str, denies: bool) -> None:
    assert turns(text, language).denies == denies


def test_sides_are_the_words_that_name_them() -> None:
    assert turns("After 1890, and before the war", "en").sides == {"after", "before"}
    assert not turns("1890", "en").sides
    assert not turns("After 1890", "xx").sides


def test_every_language_has_denials_and_each_is_a_word_as_words_are_matched() -> None:
    assert {*GRAMMAR, "en"} <= DENIALS.keys()
    listed = [word for table in (DENIALS, SIDES) for line in table.values() for word in line.split()]
    assert [word for word in listed if word != "n't" and words(word) != [fold(word)]] == []
