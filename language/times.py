"""When something is, as texts say it: dates, hours, years, times that come again, times counted from something else.

A number of four digits is a year only where it is written like one: `1500 Solana Blvd` and `1000 dollars` are none.
"""

from __future__ import annotations

import re

from .dates import clocks, dates
from .numerals import numerals
from .words import plain_digits

Place = tuple[int, int]

EARLIEST = 1500
"""Numbers under it are years only behind a word of time."""
_year = re.compile(r"(?<![\d.,/$€£¥#-])(?P<year>1\d\d\d|20\d\d)(?P<decade>s?)(?![\w%]|[.,/-]\d)")
_when_before = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|during|before|after|around|circa|c\.|ca\.|year|years|early|late|mid|spring"
    r"|summer|autumn|fall|winter|born|died|a\.?d\.?|fy)\s|[(–—]\s?|\b\d{4}(?:,| and| to|-)\s?)$",
    re.IGNORECASE,
)
_sum_before = re.compile(
    r"(?:\b(?:USD|EUR|GBP|CHF|Rs\.?|nos?\.|number|at least|at most|up to|over|than)\s)$", re.IGNORECASE
)
_thing_behind = re.compile(
    r"\s(?:(?:US\s)?(?:dollars?|cents?|euros?|pounds?|francs?|guineas?|yen|crowns?)\b|(?:per|an?|each)\s\w|USD\b|EUR\b"
    r"|(?:thousand|million|billion|feet|foot|miles?|met(?:re|er)s?|km|kg|tons?|acres?|barrels?|people|persons|men|women"
    r"|years?|months?|weeks?|days?|hours?|words|pages|shares|units|employees|square)\b"
    r"|(?:[NSEW]\.?\s)?(?:[A-Z][\w.'’]*\s){1,4}?(?:St|Street|Ave|Avenue|Blvd|Boulevard|Road|Rd|Drive|Dr|Lane|Ln|Way"
    r"|Parkway|Pkwy|Plaza|Square|Court|Place|Highway|Suite|Circle)\b)"
)
_DAY = r"(?:(?:business|calendar|working|week)?[\s-]?days?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
_PERIOD = r"(?:(?:calendar|fiscal|financial|lease|contract)\s)?(?:week|month|quarter|half[\s-]year|year|term)"
_WHICH = r"(?:first|second|third|fourth|fifth|last|other|\d{1,2}(?:st|nd|rd|th)|[a-z]{3,9}(?:th|teenth|ieth))"
_COUNT = r"(?:\d{1,3}|[a-z]{3,9}(?:-[a-z]{3,5})?)(?:\s\(\d{1,3}\))?"
_again = re.compile(
    rf"\b(?:(?:on or before|not later than|no later than|on|by|at)\s)?"
    rf"(?:the\s(?:{_WHICH}\s)?(?:{_DAY}|beginning|start|end)\sof\s(?:each|every|the)\s(?:following\s)?{_PERIOD}s?"
    rf"|(?:each|every)\s(?:{_WHICH}\s)?(?:{_DAY}|{_PERIOD}|morning|afternoon|evening|night|hour)s?"
    rf"(?:\sof\s(?:each|every|the)\s{_PERIOD})?)\b"
    r"|\b(?:once|twice|(?:two|three|four|\d)\stimes)\s(?:an?|each|every|per)\s(?:day|week|month|quarter|year)\b"
    r"|\b(?:semi-?|bi-?)?(?:annually|monthly|weekly|yearly|hourly)\b|\b(?:daily|quarterly|nightly)\b(?!\s[a-z]+s\b)",
    re.IGNORECASE,
)
_counted_from = re.compile(
    rf"\b(?:(?:within|not later than|no later than|at least|not less than|upon|after)\s)?(?:the\s)?{_COUNT}\s"
    r"(?:(?:business|calendar|working)\s)?(?:days?|weeks?|months?|years?|hours?)['’]?\s"
    r"(?:after|before|following|prior to|from|of|ago|later)\b"
    rf"|\bwithin\s(?:the\s)?{_COUNT}\s(?:(?:business|calendar|working)\s)?(?:days?|weeks?|months?|years?|hours?)\b",
    re.IGNORECASE,
)
_relative = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow"
    r"|last (?:night|week|weekend|month|year|summer|winter|spring|fall|autumn|\w+day)"
    r"|this (?:week|weekend|month|year|morning|afternoon|evening)|next (?:week|weekend|month|year|\w+day)"
    r"|(?:a few |about |nearly )?[a-z0-9-]{1,40} (?:days?|weeks?|months?|years?|hours?) (?:ago|later|before|after)"
    r"|recently|the other day|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_range = re.compile(r"\b(?:between|from)\s\d{1,2}(?:[:.]\d\d)?\s(?:and|to|until|till)\s$", re.IGNORECASE)


def times(text: str) -> list[Place]:
    """The places of `text` that say when something is; where two overlap, the first of the kinds above."""
    found = [(day.start, day.end) for day in dates(text)]
    hours = [_with_its_beginning(text, hour.start, hour.end) for hour in clocks(text)]
    again = [match.span() for match in _again.finditer(text)]
    counted = [match.span() for match in _counted_from.finditer(text) if numerals(match[0])]
    relative = [match.span() for match in _relative.finditer(text)]
    for place in [*hours, *again, *counted, *years(text), *relative]:
        if not any(start < place[1] and place[0] < end for start, end in found):
            found.append(place)
    return found


def years(text: str) -> list[Place]:
    """The numbers of `text` that stand there as years, with an `s` behind for decades."""
    text = plain_digits(text)
    return [match.span() for match in _year.finditer(text) if _is_year(text, match)]


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    if _thing_behind.match(text, match.end()) or _sum_before.search(before):
        return False
    return bool(match["decade"]) or int(match["year"]) >= EARLIEST or _when_before.search(before) is not None


def _with_its_beginning(text: str, start: int, end: int) -> Place:
    """`9 a.m.` with what it ends: `between 7 and 9 a.m.`"""
    first = _range.search(text, max(0, start - 24), start)
    return (first.start() if first else start), end
