"""Words as they are matched: one form for what is printed in several."""

from __future__ import annotations

import pytest
from clew.language.words import STOPWORDS, content_words, fold, number, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It paid $1,577.00 in FY2018.", ["it", "paid", "1577", "in", "fy", "2018"]),
        ("grew 3.20% to 1,2 of 1.2.0", ["grew", "3.2", "to", "1,2", "of", "1.2.0"]),
        ("Ahab\u2019s and Ahab's", ["ahab", "and", "ahab"]),
        ("don\u2019t, O'Brien", ["don't", "o'brien"]),
        ("the U.S. and the US", ["the", "us", "and", "the", "us"]),
        ("na\u00efve CAF\u00c9 \ufb01nance \uff11\uff12", ["naive", "cafe", "finance", "12"]),
        ("Stra\u00dfe strasse", ["strasse", "strasse"]),
        ("a well-known 10-K", ["a", "well", "known", "10", "k"]),
        ("soft\u00adware", ["software"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("\u2014 \u2026 !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u6771\u4eac\u90fd", ["\u6771\u4eac", "\u4eac\u90fd"]),
        ("\u90fd", ["\u90fd"]),
        ("iPhone\u306e\u4fa1\u683c", ["iphone", "\u306e\u4fa1", "\u4fa1\u683c"]),
        ("\ud55c\uad6d\uc5b4 \ubb38\uc11c", ["\ud55c\uad6d", "\uad6d\uc5b4", "\ubb38\uc11c"]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939\u093f\u0928\u094d\u0926\u0940"]),
    ],
    ids=["pairs", "one", "mixed", "korean", "hindi"],
)
def test_other_scripts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_vowel_points_do_not_matter() -> None:
    assert words("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f") == words("\u0645\u062d\u0645\u062f")


def test_ascii_and_other_text_give_the_same_words() -> None:
    plain = "The U.S. paid 1,577.00 for O'Brien's ship, v1.2 of 3.20%."
    assert words(plain) == words(plain + " \u2014")


def test_stems_leave_out_the_words_of_grammar_and_join_forms() -> None:
    assert stems("Which whales were being hunted by the hunters?") == ["whale", "hunt", "hunter"]
    assert content_words("What is the name of it") == ["name"]
    assert not STOPWORDS & {"us", "may", "second", "name"}


def test_fold_and_number() -> None:
    assert fold("\u201cC\u2019est l\u2019\u00c9T\u00c9\u201d") == "\u201cc'est l'ete\u201d"
    assert [number(n) for n in ("1,000,000", "10.50", "100", "7.0", "12,34")] == [
        "1000000",
        "10.5",
        "100",
        "7",
        "12,34",
    ]


def test_a_fiscal_year_is_found_by_its_year() -> None:
    assert words("FY2018 and fy '19") == ["fy", "2018", "and", "fy", "19"]
    assert words("fyrd") == ["fyrd"]
