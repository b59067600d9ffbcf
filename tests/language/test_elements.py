"""Key elements: what is found in a sentence, under which key, and which names mean the same."""

from __future__ import annotations

import pytest
from clew.language.elements import Element, elements
from clew.language.variants import variants


def found(text: str, *kinds: str, language: str = "en") -> list[tuple[str, str]]:
    """Key and words of the elements of these kinds, in order of place."""
    hits: list[Element] = sorted(elements(text, language))
    return [(hit.key, text[hit.start : hit.end]) for hit in hits if hit.kind in kinds]


def test_names_dates_and_figures_are_found_under_one_key_each() -> None:
    text = "On 4 July 1901 Martha Venn’s brother paid $40 million; on July 4, 1901 Mrs. Martha Venn had 12 lamps."
    assert found(text, "name") == [("martha venn", "Martha Venn"), ("martha venn", "Mrs. Martha Venn")]
    assert found(text, "date") == [("1901-07-04", "4 July 1901"), ("1901-07-04", "July 4, 1901")]
    assert found(text, "number") == [("40 million", "40 million"), ("12 lamp", "12 lamps")]


@pytest.mark.parametrize(
    "text",
    [
        'Acme Corp. (the "Licensee") pays the fee.',
        "Acme Corp. (hereinafter the “Licensee”) pays the fee.",
        '"Licensee" means Acme Corp.',
    ],
)
def test_defined_terms(text: str) -> None:
    assert found(text, "term") == [("license", "Licensee")]
    assert ("license", "Licensee") in found("The fee is paid by Licensee.", "name")


def test_pairs_end_at_signs_and_words_of_grammar() -> None:
    text = "A storm lantern burned, whale oil in the keeper's house."
    assert [words for _, words in found(text, "phrase")] == [
        "storm lantern",
        "lantern burned",
        "whale oil",
        "keeper's house",
    ]


def test_everyday_words_and_small_numbers_say_nothing_by_themselves() -> None:
    assert not elements("She said that it was the one and only, and 2 of them.")


def test_words_of_other_languages() -> None:
    assert ("leuchtturm", "Leuchtturms") in found("Er sah oft des Leuchtturms wegen hinaus.", "name", language="de")
    keys = [key for key, _ in found("他的母亲是一位医生。", "word", language="zh")]
    assert {"母亲", "医生"} <= set(keys)
    assert not elements("— … !!! \n\n | | |")


def test_none_stands_within_a_stronger_one() -> None:
    text = "On 4 July 1901 Martha Venn paid 40 pounds."
    strong = [hit for hit in elements(text) if hit.kind not in ("word", "phrase")]
    assert len(strong) == 3
    assert all(a.end <= b.start or b.end <= a.start for a in strong for b in strong if a is not b)


def test_shorter_names_are_forms_of_the_only_longer_one() -> None:
    assert variants({"martha venn": 2, "venn": 5, "martha": 1}) == {"venn": "martha venn", "martha": "martha venn"}
    assert variants({"martha venn": 2, "tom venn": 2, "venn": 5}) == {}
    assert variants({"venn": 1, "martha venn": 1, "anna martha venn": 1})["venn"] == "anna martha venn"
    assert variants({"pari hilton": 1, "pari": 50}) == {}


def test_time_does_not_grow_with_the_square_of_names_that_share_a_word() -> None:
    names = {f"john {n}": 1 for n in range(20_000)} | {"john": 3}
    assert variants(names) == {}
