"""What a quote lacks of what is asked for: somebody's name, a place, a meaning, a count of the thing, an address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.answers import AnswerType, find_answers, is_role
from ...language.blocks import looks_like_row
from ...language.colours import colours
from ...language.words import words
from .ask import Ask
from .elsewhere import is_elsewhere
from .event import done_by_unnamed, of_another_event
from .match import new_answers
from .named import role_of
from .page import Page
from .quote import is_heading
from .tokens import tokens
from .who import is_attribute

NEAR = 10
"""Words between an amount, or a colour, and what it is of."""
_somebody = re.compile(
    r"\b(?:part(?:y|ies)|compan(?:y|ies)|corporation|licens(?:or|ee)|franchis(?:or|ee)|customers?|clients?|owners?"
    r"|tenants?|landlord|lessors?|lessees?|buyers?|sellers?|suppliers?|employe(?:r|e)s?|agents?|boards?|committees?|courts?"
    r"|governments?|members?|shareholders?|holders?|people|crew)\b",
    re.IGNORECASE,
)
"""Words for those who are not named."""
_located = re.compile(
    r"\b(?:in|at|on|under|near|inside|aboard|within|beneath|behind|from|to|off|by|beside|outside|around|through|into|over)"
    r"\s+(?:(?:the|an?|his|her|its|their|my|our|your|this|that|one|some|all|each|every)\b|[A-Z])"
)
_reached = re.compile(r"\b(?:address|(?:tele)?phone|fax|e-?mail|website|url|zip|postcode)\b", re.IGNORECASE)
_reaches = re.compile(
    r"@|://|\bwww\.|\d[\d ()/.-]{5,}\d|\b\d{5}\b|\d.{0,40}\b(?:street|st|road|rd|avenue|ave|drive|lane|boulevard"
    r"|blvd|plaza|parkway)\b",
    re.IGNORECASE,
)
_named = re.compile(
    r"\bwho (?:\w+ )?(?:sign|wrote|author|found|invent|kill|marri|direct|elect|appoint|win|won)", re.IGNORECASE
)
"""What is done by somebody who has a name."""
_part_of_a_name = re.compile(r"\b(?:first|last|given|middle|family|maiden|full|real) name\b|\bsurname\b", re.IGNORECASE)
_called = re.compile(r"\b(?:(?:sur)?name[ds]?|call(?:ed|s)?|christened|born|née)\b", re.IGNORECASE)
_PART = r"[“\"(]?\b(?:Notes?|Items?|Sections?|Exhibits?|Articles?|Schedules?|Appendix|Annex|Parts?|EXHIBIT|SCHEDULE)\b"
_points = re.compile(
    r"\b(?:see|refer to)\s+(?:also\s+)?(?:the\s+)?(?:discussion|disclosures?|information)?[^.;]{0,40}?"
    rf"{_PART}"
    r"|\b(?:is|are|be|been)\s+(?:\w+\s)?(?:discussed|described|set forth|set out|provided|specified|stated|listed"
    r"|included|contained|found|presented|detailed)\s+(?:\w+\s){0,3}?(?:in|under|on|at)\s+(?:the\s+)?"
    rf"{_PART}",
)
"""That what is asked for stands elsewhere."""
_for_more = re.compile(
    r"\W*for\s+(?:an?\s+)?(?:more|further|additional|detailed)\b[^.]{0,200}\b(?:see|refer to)\b", re.IGNORECASE
)
_figure = re.compile(r"\d|\b(?:total|number|value|rate|ratio|amount)\b", re.IGNORECASE)
"""In a question to which the row of a table may be the answer."""
LONGEST_NAME = 6
"""Words."""
SAYS_MORE = 25
"""Words of a sentence that says more than where something stands."""


def lacks(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether `units` of a page, quoted together, lack what every answer to an English question has."""
    if asked.language != "en":
        return False
    shown = [page.units[at].said for at in units]
    return (
        _names_nobody(page, asked, units)
        or _is_nowhere(page, asked, units)
        or _explains_nothing(asked, shown)
        or is_elsewhere(page, asked, units)
        or of_another_event(asked, shown)
        or (not page.is_chat and all(done_by_unnamed(asked, text) for text in shown))
        or (_reached.search(asked.text) is not None and not any(map(_reaches.search, shown)))
        or all(_only_points(text) for text in shown)
        or (asked.kind == "colour" and not any(_coloured(text, asked) for text in shown))
        or (_part_of_a_name.search(asked.text) is not None and not any(map(_called.search, shown)))
        or (asked.kind != "clause" and all(map(is_heading, shown)))
        or (asked.kind in ("definition", "any") and not _figure.search(asked.text) and all(map(looks_like_row, shown)))
    )


def _names_nobody(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether somebody is asked for, and nobody is there whom the question does not name: no name, no role."""
    if asked.kind not in ("person", "name") or any(_new_name(page.units[at].text, asked) for at in units):
        return False
    known = set(words(asked.text))
    return (
        _named.search(asked.text) is not None
        or bool(role_of(asked))
        or not any(
            word not in known and (is_role(word) or _somebody.fullmatch(word))
            for at in units
            for word in words(page.units[at].said)
        )
    )


def _new_name(text: str, asked: Ask) -> bool:
    """Whether `text` has a name, or few words in quotation marks, that the question does not have."""
    known = set(words(asked.text))
    kinds: tuple[AnswerType, ...] = ("person", asked.kind)
    places = [place for kind in kinds for place in find_answers(kind, text)]
    role = role_of(asked)
    found = [words(text[start:end]) for start, end in places if not is_attribute(text, start, end, role)]
    found = [said for said in found if not all(_somebody.fullmatch(word) for word in said)]
    return any(said and known.isdisjoint(said) and len(said) <= LONGEST_NAME for said in found)


def _is_nowhere(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether a place is asked for, and nothing is said to be in or at anything, nor to be reached there."""
    if asked.kind != "place":
        return False
    shown = [page.units[at].said for at in units]
    where = re.match(r"\W*where\b", asked.text, re.IGNORECASE) is not None
    if not where and any(new_answers(page, at, asked) for at in units):
        return False
    ways = [_located, _reaches, *asked.said.values()]
    return not any(way.search(text) for way in ways for text in shown)


def _explains_nothing(asked: Ask, shown: Sequence[str]) -> bool:
    """Whether a meaning is asked for, and none is given."""
    return asked.term is not None and asked.term.explained and not any(map(asked.term.said.search, shown))


def _only_points(text: str) -> bool:
    """Whether a sentence says no more than where something is told."""
    return _for_more.match(text) is not None or (len(text.split()) <= SAYS_MORE and _points.search(text) is not None)


def _coloured(text: str, asked: Ask) -> bool:
    """Whether a colour stands near a word of the question."""
    line = [token for token in tokens(text, asked) if token.text[0].isalnum()]
    of = [at for at, token in enumerate(line) if token.matched]
    starts = {start for start, _ in colours(text)}
    return not of or any(
        token.start in starts and min(abs(at - o) for o in of) <= NEAR for at, token in enumerate(line)
    )
