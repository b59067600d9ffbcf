"""Key elements of a text: what its sentences are about, each with a key under which its mentions come together.

Names, defined terms, dates, figures with their units, pairs of words, and single words that say something. Found by
letters, signs and stop words alone (as RAKE finds phrases: Rose et al. 2010), in time linear in the text. Scripts
without spaces have no names here; their pairs of characters are their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from .common import COMMON
from .dates import Moment, dates
from .names import names
from .numerals import Numeral, numerals
from .words import stems, words

Kind = Literal["term", "name", "date", "number", "heading", "phrase", "word"]
KINDS: tuple[Kind, ...] = ("term", "name", "date", "number", "heading", "phrase", "word")
"""The strongest first: an element found in several ways is of the first of its kinds."""
ELEMENTS_VERSION = 2
"""Changes when the same text gives other elements: graphs made with another version are built anew."""
SMALL = 13
"""A smaller number in words counts nothing that is worth finding again."""
LONGEST_NAME = 8
"""Stems; a longer run of capitals is a line in capitals."""

_token = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
_unit = re.compile(r"\s?-?(?P<unit>[^\W\d_]{2,})")
_money = re.compile(r"(?:[$€£¥₹]|US\$|USD|EUR|GBP)\s?$")
_quoted = r"[\"“”«]\s?(?P<term>[A-Z][^\"“”«»\n]{1,60}?)[,.]?\s?[\"“”»]"
_defined = re.compile(
    rf"\((?:[^()\"“”]{{0,60}}\s)?{_quoted}[^()]{{0,40}}\)"
    rf"|{_quoted.replace('term', 'term2')}\s(?:means|shall mean|refers to|has the meaning|is defined)\b"
)


class Element(NamedTuple):
    """A mention of a key element."""

    start: int
    end: int
    key: str
    """Equal for mentions of the same thing."""
    kind: Kind


def elements(text: str, language: str = "en") -> list[Element]:
    """The elements of `text`, which is in `language`; none within one of a stronger kind, but words within phrases."""
    taken = bytearray(len(text))
    strong: list[Element] = []
    for find in (_dates, _defined_terms, _names, _figures):
        kept = [found for found in find(text, language) if not any(taken[found.start : found.end])]
        for start, end, _, _ in kept:
            taken[start:end] = b"\1" * (end - start)
        strong.extend(kept)
    return [*strong, *_words(text, taken, language)]


def key_of(text: str, language: str = "en") -> str:
    """The key under which `text` as a name or phrase is known; empty where nothing is left of it."""
    return " ".join(_stems(text, language))


def _defined_terms(text: str, language: str) -> Iterator[Element]:
    """`(the "Licensee")`, `"Affiliate" means`."""
    if '"' in text or "“" in text or "«" in text:
        for match in _defined.finditer(text):
            group = "term" if match["term"] else "term2"
            if key := key_of(match[group], language):
                yield Element(match.start(group), match.end(group), key, "term")


def _names(text: str, language: str) -> Iterator[Element]:
    for name in names(text):
        found = _stems(" ".join(name.words), language)
        if found and len(found) <= LONGEST_NAME:
            yield Element(name.start, name.end, " ".join(found), "name")


def _dates(text: str, language: str) -> Iterator[Element]:
    for moment in dates(text):
        yield Element(moment.start, moment.end, _said(moment), "date")


def _said(moment: Moment) -> str:
    """A date in one form; parts that were not said are zeros."""
    return f"{moment.year or 0:04}-{moment.month or 0:02}-{moment.day or 0:02}"


def _figures(text: str, language: str) -> Iterator[Element]:
    for numeral in numerals(text):
        unit, end = _unit_of(text, numeral, language)
        small = numeral.value < SMALL if numeral.in_words else not unit and numeral.value < 100
        if not small and not (numeral.ordinal and not unit):
            yield Element(numeral.start, end, f"{numeral.value.normalize():f} {unit}".rstrip(), "number")


def _unit_of(text: str, numeral: Numeral, language: str) -> tuple[str, int]:
    """What is counted, and where it ends: money, per cent, a word of scale, or the word behind the figure."""
    if numeral.unit or _money.search(text, max(0, numeral.start - 4), numeral.start):
        return numeral.unit or "money", numeral.end
    behind = None if numeral.ordinal else _unit.match(text, numeral.end)
    found = _stems(behind["unit"], language) if behind and behind["unit"].islower() else ()
    return (found[0], behind.end()) if behind and found else ("", numeral.end)


def _words(text: str, taken: bytearray, language: str) -> Iterator[Element]:
    """Words that say something, and pairs of words with nothing between them, neither sign nor word of grammar."""
    last: tuple[int, int, str] | None = None
    for match in _token.finditer(text):
        start, end = match.span()
        found = () if taken[start] else _telling(match[0], language)
        for stem in found:
            if stem.weight:
                yield Element(start, end, stem.text, "word")
        if len(found) != 1:
            last = None
            continue
        if last is not None and start - last[1] <= 2:
            yield Element(last[0], end, f"{last[2]} {found[0].text}", "phrase")
        last = (start, end, found[0].text)


class _Stem(NamedTuple):
    text: str
    weight: bool
    """It says something by itself."""


@lru_cache(maxsize=200_000)
def _telling(token: str, language: str) -> tuple[_Stem, ...]:
    """The stems of a token; none of a stop word or a sign."""
    common = language == "en" and all(word in COMMON for word in words(token))
    found = _stems(token, language)
    return tuple(_Stem(stem, not common and len(stem) > 1 and not stem.isdecimal()) for stem in found)


@lru_cache(maxsize=200_000)
def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stems(text, language))
