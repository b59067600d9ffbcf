"""Kinds of answers, and where a text holds one."""

from __future__ import annotations

import pytest
from clew.language.answers import AnswerType, answer_type, find_answers, has_form
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who commands the brig?", "person"),
        ("Whose inn does the landlord recommend, and what is it called?", "person"),
        ("The brig was built for which captain?", "person"),
        ("Where was the coin minted, according to its border?", "place"),
        ("In which city is the museum?", "place"),
        ("When did she launch the campaign?", "date"),
        ("How long ago was that?", "date"),
        ("In what year was the company founded?", "date"),
        ("How long did the voyage last?", "duration"),
        ("How many years did he serve?", "duration"),
        ("How much did the owners pay for the ship?", "money"),
        ("What is the entrance fee?", "money"),
        ("What percentage of the sales is that?", "percent"),
        ("The price is in coins: how many coins is it?", "number"),
        ("How old is the boy?", "number"),
        ("What colour is the whale?", "colour"),
        ("Which eye color did he have?", "colour"),
        ("Why was the trial stopped?", "reason"),
        ("How was the lamplighter paid?", "manner"),
        ("Who was born first, Ada Hall or Bo Lind?", "choice"),
        ("Is the port open in winter?", "yes_no"),
        ("In what words does he bless the harpoon, and who hears it?", "quote"),
        ("What is the schooner called?", "name"),
        ("Which ship rescues him at the end?", "name"),
        ('Which text of this contract, if any, concerns "Insurance"? (Is insurance required?)', "clause"),
        ("What is a lay?", "definition"),
        ('What does "Commencement Date" mean?', "definition"),
        ('How is "Gross Revenue" defined?', "definition"),
        ("What is the definition of a price?", "definition"),
        ("船长是谁？", "any"),
        ("", "any"),
    ],
)
def test_kind_of_answer(question: str, kind: str) -> None:
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("date", "On 3 May 1851, or in 1852, or last week at 4 pm.", ["3 May 1851", "1852", "last week", "4 pm"]),
        ("duration", "It took about three years and two (2) weeks.", ["about three years", "two (2) weeks"]),
        ("duration", "He works at home two days, for half an hour.", ["two days", "half an hour"]),
        ("money", "It costs $1.5 million, or two cents, or 40 USD.", ["$1.5 million", "two cents", "40 USD"]),
        ("percent", "A rise of 4.8% or five percent.", ["4.8%", "five percent"]),
        ("number", "On 3 May 1851 he saw twenty-one whales, first 12.", ["twenty-one", "12"]),
        ("colour", "The Grey mare, reddish or white-footed, was hired.", ["Grey", "reddish", "white"]),
        ("person", "The mate was Derick De Deer.", ["Derick De Deer"]),
        ("quote", "He said “Thar she blows” and 'lower away'.", ["Thar she blows", "lower away"]),
        ("any", "Nothing has this form.", []),
    ],
)
def test_places_of_answers(kind: AnswerType, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_answers(kind, text)] == found
    assert has_form(kind) is (kind != "any")


@given(st.text(max_size=300), st.sampled_from(["date", "duration", "money", "percent", "number", "person", "name"]))
def test_places_lie_within_any_text(text: str, kind: AnswerType) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_answers(kind, text))
    answer_type(text)
