"""What a question for an amount takes for an answer: a figure, and one of the year it names."""

from __future__ import annotations

import re

from ..language.answers import AnswerType, amounts_in
from ..language.dates import dates
from ..language.numerals import Numeral, numerals
from ..language.words import DECIMAL_COMMA
from .extractive_ask import Ask, akin
from .extractive_text import base_stems

AMOUNTS: tuple[AnswerType, ...] = ("money", "percent", "number")
_year = re.compile(r"(?<![\d.,])(?:FY\s?'?)?((?:19|20)\d\d)(?![\d.,]\d|\d)|\bFY\s?'?(\d\d)\b", re.IGNORECASE)
_ended = re.compile(r"[.!?…。！？।][\s\"'”’»)\]]*$")


def can_answer(text: str, asked: Ask) -> bool:
    """Whether `text` may answer `asked`: an amount of a year needs a figure, any other amount a figure or a sentence.

    A line without either is a heading of figures, never one of them.
    """
    if asked.kind not in AMOUNTS or _figures(text, asked):
        return True
    return not years(asked.text) and _ended.search(text) is not None


def years(text: str) -> frozenset[str]:
    """The years that `text` names, in four digits: `2018`, `FY2018`, `FY18`."""
    return frozenset(whole or f"20{short}" for whole, short in _year.findall(text))


def doubtful(asked: Ask, shown: str) -> bool:
    """Whether the amount of a year is asked for, and the quotes with what they stand under lack the year or the amount.

    `revenue` of 2018 may be the `net sales` of a row, but words do not tell that it is.
    """
    wanted = years(asked.text)
    if asked.kind not in AMOUNTS or not wanted:
        return False
    named = base_stems(" ".join(amounts_in(asked.text)), asked.language)
    held = base_stems(shown, asked.language)
    return not (wanted <= years(shown) and all(any(stem == own or akin(stem, own) for own in held) for stem in named))


def _figures(text: str, asked: Ask) -> bool:
    """Whether a number stands in `text` that is no date, no year and not in the question."""
    days = [(day.start, day.end) for day in dates(text)]
    known = {number.magnitude for number in numerals(asked.text)}
    found = numerals(text, comma=asked.language in DECIMAL_COMMA)
    return any(
        number.magnitude not in known
        and not _is_year(number)
        and not any(start < number.end and number.start < end for start, end in days)
        for number in found
    )


def _is_year(number: Numeral) -> bool:
    return not number.unit and not number.places and number.end - number.start == 4 and 1900 <= number.value < 2100
