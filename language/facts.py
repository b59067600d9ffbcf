"""The hard facts of an answer: numbers, dates, times, names, quoted strings, codes.

Nothing is judged here: whether what an answer cites holds its facts is for `support`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .dates import Clock, Moment, clocks, dates
from .names import Name, names
from .numerals import Numeral, numerals
from .tongues import language_of, main_language
from .words import DECIMAL_COMMA, fold, stop_words

Kind = Literal["number", "date", "time", "name", "quote", "code"]

_mark = re.compile(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]")
_list_number = re.compile(r"^[ \t]*(?:\(?\d{1,3}[.)](?=\s)|[-*•]\s)", re.MULTILINE)
_quoted = re.compile(
    r'"([^"\n]{2,})"|“([^”\n]{2,})”|„([^“”\n]{2,})[“”]|«([^»\n]{2,})»|‘([^‘\n]{2,}?)’(?!\w)|「([^」\n]+)」|『([^』\n]+)』'
    r"|(?<![\w'])'(?=\S)([^'\n]{2,}(?:\w'\w[^'\n]*)*)(?<=\S)'(?!\w)"
)
# Letters and digits in one word, or digits with several inner signs: section numbers, models, form names.
_code = re.compile(r"(?<![\w.])(?=[\w./:-]*\d)(?:[^\W_]+(?:[./:-][^\W_]+)+|[^\W_]*[^\W\d_][^\W_]*)(?![\w])", re.ASCII)
_fiscal = re.compile(r"\bFY\s?'?(?=\d{2}(?:\d{2})?\b)", re.IGNORECASE)
_of_a_noun = re.compile(
    r"(?:[Dd](?:er|ie|as|en|em|es)|[\w-]*[^\W\d_](?:e|en|er|es|em)|(?:[Kk]?[Ee]|[MmDdSs]e)in|[IiAaZzVvBb](?:m|ns|ur|om|eim)|\d[\d.,]*)"
)
"""The word before: an article, an adjective, a count."""
_currencies = frozenset(("euro", "euros", "usd", "eur", "gbp", "jpy", "chf", "cad", "aud", "cny", "inr", "us"))
_small = frozenset(Decimal(n) for n in (1, 2))


@dataclass(frozen=True, slots=True)
class Fact:
    """A stretch of an answer that must be found in what the answer cites."""

    kind: Kind
    text: str
    start: int
    end: int


Value = Numeral | Moment | Clock | Name | str
"""What a fact means; a quote or a code is its words."""


def hard_facts(answer: str, passages: Sequence[str] = ()) -> list[Fact]:
    """The facts of `answer`, which cites `passages`, in order. Marks, list numbers, ordinary words hold none."""
    return [fact for fact, _ in read(answer, answered_in(answer, passages))]


def answered_in(answer: str, passages: Sequence[str]) -> str:
    """The language of `answer`; that of the `passages` it cites where it does not tell."""
    return language_of(answer, main_language("\n".join(passages)), margin=0)


def read(answer: str, language: str) -> list[tuple[Fact, Value]]:
    """Facts with what they mean, most binding reading first: a number within a quote or date is no fact of its own."""
    rest = without_marks(answer)
    found: list[tuple[Fact, Value]] = []

    def take(kind: Kind, start: int, end: int, value: Value) -> None:
        nonlocal rest
        found.append((Fact(kind, answer[start:end], start, end), value))
        rest = rest[:start] + "\x01" * (end - start) + rest[end:]

    for match in _quoted.finditer(rest):
        take("quote", match.start(), match.end(), next(g for g in match.groups() if g is not None))
    for moment in dates(rest):
        take("date", moment.start, moment.end, moment)
    for clock in clocks(rest):
        take("time", clock.start, clock.end, clock)
    for match in _code.finditer(rest):
        if _is_code(match[0]):
            take("code", match.start(), match.end(), match[0])
    for number in numerals(rest, comma=language in DECIMAL_COMMA):
        if not idle(number):
            take("number", number.start, number.end, number)
    for name in names(_divided(rest, answer)):
        if not all(word.lower() in _currencies for word in name.words) and not _is_word(rest, name, language):
            take("name", name.start, name.end, name)
    return sorted(found, key=lambda f: f[0].start)


def _divided(rest: str, answer: str) -> str:
    """`rest` with a sign that no name reaches over where `answer` has a citation mark."""
    signs = list(rest)
    for match in _mark.finditer(answer):
        signs[match.start()] = "•"
    return "".join(signs)


def _is_word(text: str, name: Name, language: str) -> bool:
    """Whether a capital makes no name: a word of grammar at the beginning; in German, a noun behind its article.

    German nouns that stand alone cannot be told from names and are taken for them.
    """
    if language in ("en", ""):
        return False
    words = name.words[1:] if name.initial and fold(name.words[0]) in stop_words(language) else name.words
    before = name.words[:1] if len(words) < len(name.words) else text[: name.start].split()[-1:]
    is_noun = language == "de" and any(map(_of_a_noun.fullmatch, before))
    return not words or (len(words) == 1 and is_noun)


def without_marks(answer: str) -> str:
    """`answer` without what only looks like a fact, every place kept."""
    blanked = _mark.sub(lambda m: " " * len(m[0]), answer)
    blanked = _list_number.sub(lambda m: " " * len(m[0]), blanked)
    return without_fiscal(blanked)


def without_fiscal(text: str) -> str:
    """`text` with the letters of `FY2018` as blanks: what is left is a year."""
    return _fiscal.sub(lambda m: " " * len(m[0]), text)


def idle(number: Numeral) -> bool:
    """`one`, `first` and the like, which are mostly no counts."""
    return number.in_words and number.value in _small and (number.ordinal or number.value == 1)


def _is_code(token: str) -> bool:
    """A section number, a model, a form's name; no number with its unit, product or range."""
    if not any(c.isdigit() for c in token) or any(len(token) == n.end - n.start for n in numerals(token)):
        return False
    return any(c.isalpha() for c in token.replace("x", "")) or token.count(".") > 1
