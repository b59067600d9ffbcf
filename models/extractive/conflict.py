"""Whether a text says the same twice with different values: `The annual fee is 500 dollars.`, `… is 700 dollars.`

Nothing is understood here, so only what cannot well be meant otherwise counts: two sentences of one document, under the
same headings, of the same words, names and figures but for the one value of the kind that is asked for, in one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ...language.answers import has_form
from ...language.blocks import looks_like_row
from ...language.dates import dates
from ...language.numerals import numerals
from ...language.words import DECIMAL_COMMA, stop_words, words
from .ask import Ask
from .page import Page
from .text import base_stems

VALUED = ("money", "percent", "number", "duration", "date")
"""Kinds of answers of which two can be told to differ."""
LEAST_SAID = 2
"""Words that say what a value is the value of."""
_ARTICLES = frozenset(("the", "a", "an", "this", "that"))
_digits = re.compile(r"\d[\d.,:]*")
_asks = re.compile(r"[?？؟][\s\"'”’»)\]」』]*$")
_sheet = re.compile(r", page \d+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with one value taken out of it."""

    said: frozenset[str]
    """Its other words: stems, words of grammar, figures."""
    value: frozenset[Decimal | str]
    unit: frozenset[str]
    where: str
    """Its document and headings."""


def contradicting(page: Page, asked: Ask, first: int, others: Iterable[int]) -> int | None:
    """The first of `others` that states what the unit `first` does with another value; None where none does."""
    own = statement(page, asked, first)
    if own is None:
        return None
    for at in others:
        other = statement(page, asked, at) if at != first else None
        alike = other and (other.said, other.unit, other.where) == (own.said, own.unit, own.where)
        if other and alike and not other.value & own.value:
            return at
    return None


def statement(page: Page, asked: Ask, at: int) -> Statement | None:
    """What a unit states; None where it is no sentence by itself or holds not just one value of the asked-for kind."""
    unit = page.units[at]
    if asked.kind not in VALUED or not has_form(asked.kind) or page.is_chat:
        return None
    places = page.answers(at, asked.kind)
    if len(places) != 1 or _asks.search(unit.text) or unit.leans_back or looks_like_row(unit.text):
        return None
    start, end = places[0]
    comma = page.language in DECIMAL_COMMA
    start += next((number.start for number in numerals(unit.text[start:end], comma=comma)), 0)
    if not any(word[0].isalpha() and not word[0].isupper() for word in unit.text[:start].split()):
        # The number of a chapter, a heading or an item.
        return None
    value, measure = _value(unit.text[start:end], page.language)
    said = _said(f"{unit.text[:start]} {unit.text[end:]}", page.language)
    stems = frozenset(base_stems(unit.text, page.language))
    if not value or len(said & stems) < LEAST_SAID:
        return None
    return Statement(said, value, measure, _sheet.sub("", page.sources[at]))


def _said(text: str, language: str) -> frozenset[str]:
    grammar = stop_words(language) & set(words(text)) - _ARTICLES
    return frozenset((*base_stems(text, language), *grammar, *_digits.findall(text)))


def _value(text: str, language: str) -> tuple[frozenset[Decimal | str], frozenset[str]]:
    """The numbers of a value, or its date; and the words and signs around them."""
    days = dates(text)
    if days:
        return frozenset(f"{day.year}-{day.month}-{day.day}" for day in days), frozenset()
    found = numerals(text, comma=language in DECIMAL_COMMA)
    rest = text
    for number in reversed(found):
        rest = rest[: number.start] + " " + rest[number.end :]
    units = re.findall(r"\w+|[^\w\s.,()]", rest.lower())
    stems = frozenset(stem for unit in units for stem in base_stems(unit, language) or [unit])
    return frozenset(number.magnitude for number in found), stems
