"""Ages, heights, distances and weights: how they are asked for, and what their numbers stand before."""

from __future__ import annotations

import re
from collections.abc import Set

from ...language.numerals import numerals
from ...language.times import years
from ...language.words import words

MEASURED = re.compile(
    r"[\s-]*(?:(?:square|cubic|nautical)\s)?(?:feet|foot|inch(?:es)?|yards?|fathoms?|leagues?|miles?|tons?|tonnes?|pounds?|"
    r"ounces?|barrels?|gallons?|lit(?:re|er)s?|kilograms?|kg|grams?|met(?:re|er)s?|kilomet(?:re|er)s?|km|cm|mm|m|knots?|"
    r"degrees?|times|acres?|hectares?)\b",
    re.IGNORECASE,
)
UNIT = re.compile(
    rf"{MEASURED.pattern}|[\s-](?:\w+\s)?(?:second|minute|hour|day|night|week|month|year|decade)s?\b", re.IGNORECASE
)
"""A measure or a stretch of time behind its number."""
AGE = re.compile(r"[\s-]years?(?:[\s-]old|\sof\sage)\b", re.IGNORECASE)
AGE_BEFORE = re.compile(r"\b(?:aged?|at the age of|boy-\w+ of|girl of|boy of|man of|woman of)\s+$", re.IGNORECASE)
_then = re.compile(
    r"\b(?:till|until|when|before|after|since|once)\s+(?:[\w’']+\s+){0,2}(?:was|were|is|are|turned)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before an age that somebody had when something else happened."""
_clause = re.compile(r"[;:.!?—–]|--")
_bearer = re.compile(
    r"[\w-]+?[\s-]years?[\s-]old\s(?P<who>(?-i:[A-Z])[\w'’-]*(?:\s(?-i:[A-Z])[\w'’-]*)*)", re.IGNORECASE
)
"""Whose age it is that stands before a name: `fourteen-year-old Peter`."""
_somebody = re.compile(r"\b(?:i|i'm|i’m|he|she|they|we|you|me|him|her|my|your)\b", re.IGNORECASE)
_old = re.compile(r"\bhow old\b", re.IGNORECASE)
_when = re.compile(r"\b(?:when|while|at the time|before|after)\b", re.IGNORECASE)
_sized = re.compile(r"\bhow (?:tall|deep|wide|far|heavy)\b", re.IGNORECASE)
_begun = re.compile(r"\b(?:born|birthday|turn(?:s|ed|ing)?|founded|built|established|since)\b", re.IGNORECASE)
_alone = re.compile(
    r"[\s-](?:years?|months?|weeks?|days?)[\s-](?:old|of age)\b|(?:\s(?:years?|months?))?\s?(?:[.,;:!?)\"”’]|$)",
    re.IGNORECASE,
)


_how_long = re.compile(r"\bhow long (?:is|are|was|were) (?:an?|the|its|his|her|their|my|our|your)\b", re.IGNORECASE)
_lasts = re.compile(
    r"\b(?:terms?|periods?|duration|time|notices?|warrant\w+|leases?|contracts?|agreements?|licen[cs]es?|wars?|reigns?|sieges?"
    r"|battles?|voyages?|journeys?|trips?|flights?|walks?|drives?|stays?|visits?|marriages?|engagements?|careers?|li[fv]es?"
    r"|gestation|sessions?|meetings?|films?|movies?|shows?|songs?|courses?|leave|sentences?|delays?|waits?|breaks?|holidays?"
    r"|seasons?|phases?|trials?|stud(?:y|ies)|he|she|they|it|going)\b",
    re.IGNORECASE,
)
_for_long = re.compile(
    r"\b(?:for|lasts?|lasted|lasting|takes?|took)\s(?:[\w-]+\s){0,4}?(?:second|minute|hour|day|week|month|year|centur)",
    re.IGNORECASE,
)


def is_of_length(question: str) -> bool:
    """Whether `how long is a …` is asked of what does not last."""
    return _how_long.search(question) is not None and not _lasts.search(question)


def is_length(text: str) -> bool:
    """Whether `text` tells a length, or for how long something lasts or is done."""
    return _for_long.search(text) is not None or any(MEASURED.match(text, number.end) for number in numerals(text))


def is_measured(question: str) -> bool:
    """Whether an age or a measure is asked for, which a mere number is not."""
    return bool(_old.search(question) or _sized.search(question))


def is_measure(text: str, question: str, names: Set[str] = frozenset()) -> bool:
    """Whether `text` holds a number that may be the age of one of `names`, or the measure, that `question` asks for."""
    found = [n for n in numerals(text) if not (n.in_words and (n.ordinal or n.value == 1))]
    if not _old.search(question):
        return any(UNIT.match(text, number.end) for number in found)
    if _begun.search(text) and years(text):
        return True
    found = [n for n in found if not is_of_then(text, n.start, question) and not is_of_another(text, n.start, names)]
    return any(_alone.match(text, number.end) or AGE_BEFORE.search(text[: number.start]) for number in found)


def is_of_another(text: str, start: int, names: Set[str]) -> bool:
    """Whether the clause around an age at `start` neither holds one of `names` nor a word for somebody named before.

    Args:
        names: words, in lower case; none where nobody is named.
    """
    bearer = _bearer.match(text, start)
    if bearer and names:
        return not names & set(words(bearer["who"]))
    own = f"{_clause.split(text[:start])[-1]} {re.split('[,;:.!?—–]', text[start:])[0]}"
    return bool(names) and not names & set(words(own)) and not _somebody.search(own)


def is_of_then(text: str, start: int, question: str) -> bool:
    """Whether an age at `start` is that of a time which `question` does not ask about: `not till he was forty`."""
    return _then.search(text[:start]) is not None and not _when.search(question)
