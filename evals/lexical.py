"""Whether an accepted answer stands in an answer's text: by its words and the values of its numbers, without a model.

Words count in a row and whole, whatever their capitals, accents, signs and articles; numbers, dates and times of day by
what they mean, in whichever form. Nothing is understood: what says the same in other words does not count, and what
says the words and then takes them back does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language.dates import Clock, Moment, clocks, dates
from ..language.numerals import Numeral, numerals
from ..language.tongues import language_of
from ..language.words import DECIMAL_COMMA, words

Value = Numeral | Moment | Clock
Token = str | int
"""A word; or the place of a value among those of the accepted answer, `ELSE` for a value that is none of them."""
ELSE = -1
_MARK = re.compile(r"\[\d+\]")
# A capital A within a sentence is a name: Plan A, Appendix A.
_ARTICLE = re.compile(r"^\W*An?\s+(?=\w)|\b(?:[Tt]he|an?)\s+(?=\w)")
_JUDGEMENT = frozenset(("yes", "no"))
"""Words that judge where an answer begins with them, and stand in many a sentence that does not."""


def unmarked(text: str) -> str:
    """The text of an answer without the marks of its citations."""
    return _MARK.sub(" ", text)


def stands(accepted: str, text: str) -> bool:
    """Whether `accepted` stands in `text`; a yes or no does only where the text begins with it."""
    text = unmarked(text)
    language = language_of(text)
    wanted = _values(accepted, language)
    sought, said = _tokens(accepted, wanted, wanted), _tokens(text, _values(text, language), wanted)
    if len(sought) == 1 and sought[0] in _JUDGEMENT:
        return said[:1] == sought
    return any(said[at : at + len(sought)] == sought for at in range(len(said) - len(sought) + 1)) and bool(sought)


def _values(text: str, language: str) -> list[Value]:
    """The dates, times and numbers of `text` in order; a number within a date is none of its own."""
    found: list[Value] = []
    read: list[Value] = [*dates(text), *clocks(text), *numerals(text, comma=language in DECIMAL_COMMA)]
    for value in read:
        if not any(value.start < one.end and one.start < value.end for one in found):
            found.append(value)
    return sorted(found, key=lambda value: value.start)


def _tokens(text: str, values: Sequence[Value], wanted: Sequence[Value]) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    for value in values:
        tokens += words(_ARTICLE.sub(" ", text[at : value.start]))
        tokens.append(next((place for place, one in enumerate(wanted) if _means(value, one)), ELSE))
        at = value.end
    return tokens + words(_ARTICLE.sub(" ", text[at:]))


def _means(said: Value, wanted: Value) -> bool:
    """Whether what is `said` says at least what is `wanted`: a day says its year."""
    match said, wanted:
        case Moment(), Moment():
            return said.covers(wanted)
        case Moment(), Numeral():
            return said.year == wanted.magnitude
        case Clock(), Clock():
            return said.agrees(wanted)
        case Numeral(), Numeral():
            share = wanted.unit != "%" or said.unit == "%"
            return share and said.ordinal == wanted.ordinal and said.magnitude == wanted.magnitude
    return False
