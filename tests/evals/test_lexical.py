"""Accepted answers in the text of answers: words in a row, numbers and dates by value, and nothing understood."""

from __future__ import annotations

import pytest
from clew.evals.lexical import stands

HELD = [
    ("the Low Mill", "It burned at Low Mill."),
    ("President of United States", "He was the President of the United States [2]."),
    ("New York", "It is new york city."),
    ("Café Noir", "the cafe noir"),
    ("Ahab", "Ahab's ship"),
    ("U.S.", "in the US"),
    ("Plan A", "They chose Plan A."),
    ("A", "The answer is A."),
    ("mother-in-law", "his mother in law"),
    ("北京", "首都是北京。"),
    ("1871", "It was built in 1871 [1]."),
    ("3 May 2031", "It ends on May 3, 2031."),
    ("1924", "born on 15 June 1924"),
    ("June 2005", "on 15 June 2005"),
    ("12 months", "for twelve (12) months"),
    ("one year", "1 year"),
    ("fifth", "on the 5th day"),
    ("$5 million", "5,000,000 dollars"),
    ("5%", "5 percent"),
    ("1500 Euro", "Es kostet 1.500 Euro, und die Gebühr ist nicht enthalten."),
    ("4 pm", "at 16:00"),
    ("no", "No, it was not [1]."),
]
MISSED = [
    ("rat", "They are separate."),
    ("Martha Venn", "Martha, said Anna Venn"),
    ("Plan A", "They chose Plan B."),
    ("A", "It is a cat."),
    ("Apollo 11", "Apollo 13"),
    ("5", "It rose by 3.5 points."),
    ("5%", "5 basis points"),
    ("90 days", "30 days, or 90 percent"),
    ("15 June 2005", "in June 2005"),
    ("1924", "born on 15 June 1925"),
    ("no", "There was no record of it."),
    ("yes", "They say yes."),
    ("a mill", ""),
    ("–", "– and –"),
]


@pytest.mark.parametrize(("accepted", "said"), HELD)
def test_what_stands_in_an_answer(accepted: str, said: str) -> None:
    assert stands(accepted, said)


@pytest.mark.parametrize(("accepted", "said"), MISSED)
def test_what_does_not(accepted: str, said: str) -> None:
    assert not stands(accepted, said)
