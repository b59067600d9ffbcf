"""The hard facts of an answer (numbers, dates, times, names, quoted strings, codes) and whether passages hold them.

A fact is supported where it occurs in a passage, printed alike or in another customary form, or where the answer shows
the equation that gives it and the passages hold what goes in. Nothing is judged here but occurrence: that the answer
says of a fact what the passage says of it is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from .arithmetic import Equation, equations
from .dates import Clock, Moment, clocks, dates
from .names import HONORIFICS, Name, bare, names
from .numerals import Numeral, numerals
from .tongues import language_of, main_language
from .words import DECIMAL_COMMA, fold, plain_digits, stop_words

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
_hyphenated = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
_of_a_noun = re.compile(
    r"(?:[Dd](?:er|ie|as|en|em|es)|[\w-]*[^\W\d_](?:e|en|er|es|em)|(?:[Kk]?[Ee]|[MmDdSs]e)in|[IiAaZzVvBb](?:m|ns|ur|om|eim)|\d[\d.,]*)"
)
"""The word before: an article, an adjective, a count."""
_cut_off = re.compile(r"-\s[^\W\d_]")
_cut_on = re.compile(r"[^\W\d_]-\s$")
_currencies = frozenset(("euro", "euros", "usd", "eur", "gbp", "jpy", "chf", "cad", "aud", "cny", "inr", "us"))
_small = frozenset(Decimal(n) for n in (1, 2))
# What no document states and every calculation uses: halves, quarters, months, days of a year, percent, scale.
_conversions = frozenset(Decimal(n) for n in (1, 2, 4, 12, 52, 60, 100, 360, 365, 366, 1000, 1_000_000))
_NEAR = 8
"""Words that may stand between the words of one name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A stretch of an answer that must be found in what the answer cites."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactCheck:
    """The facts of an answer as printed, each once, in order."""

    supported: tuple[str, ...]
    unsupported: tuple[str, ...]


def hard_facts(answer: str, passages: Sequence[str] = ()) -> list[Fact]:
    """The facts of `answer` in order. Citation marks, list numbers and ordinary words hold none.

    An answer that does not tell its language is in that of the `passages` it cites.
    """
    return [fact for fact, _ in _read(answer, _language(answer, passages))]


def _language(answer: str, passages: Sequence[str]) -> str:
    return language_of(answer, main_language("\n".join(passages)), margin=0)


def check_facts(answer: str, passages: Sequence[str]) -> FactCheck:
    """Which facts of `answer` occur in at least one of `passages`, or follow from them by an equation it shows."""
    language = _language(answer, passages)
    shelf = [_Passage(text, language) for text in passages]
    computed = _computed(answer, shelf)
    supported: dict[str, None] = {}
    unsupported: dict[str, None] = {}
    for fact, value in _read(answer, language):
        held = any(passage.holds(value) or passage.prints(fact) for passage in shelf)
        if not held and isinstance(value, Numeral):
            held = value.magnitude in computed or (value.start, value.end) in computed
        (supported if held else unsupported)[fact.text] = None
    return FactCheck(tuple(s for s in supported if s not in unsupported), tuple(unsupported))


_Value = Numeral | Moment | Clock | Name | str


def _read(answer: str, language: str) -> list[tuple[Fact, _Value]]:
    """Facts with what they mean, most binding reading first: a number within a quote or date is no fact of its own."""
    rest = _without_marks(answer)
    found: list[tuple[Fact, _Value]] = []

    def take(kind: Kind, start: int, end: int, value: _Value) -> None:
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
        if not _idle(number):
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


def _without_marks(answer: str) -> str:
    """`answer` without what only looks like a fact, every place kept."""
    blanked = _mark.sub(lambda m: " " * len(m[0]), answer)
    blanked = _list_number.sub(lambda m: " " * len(m[0]), blanked)
    return _fiscal.sub(lambda m: " " * len(m[0]), blanked)


def _idle(number: Numeral) -> bool:
    """`one`, `first` and the like, which are mostly no counts."""
    return number.in_words and number.value in _small and (number.ordinal or number.value == 1)


def _is_code(token: str) -> bool:
    """A section number, a model, a form's name; no number with its unit, product or range."""
    if not any(c.isdigit() for c in token) or any(len(token) == n.end - n.start for n in numerals(token)):
        return False
    return any(c.isalpha() for c in token.replace("x", "")) or token.count(".") > 1


def _computed(answer: str, shelf: Sequence[_Passage]) -> set[Decimal | tuple[int, int]]:
    """Results of the answer's sound equations: as values, and as places together with their constants' places."""
    known: set[Decimal | tuple[int, int]] = set()
    pending = equations(_without_marks(answer))
    while True:
        sound = [e for e in pending if _sound(e, shelf, known)]
        if not sound:
            return known
        for equation in sound:
            known.add(equation.result.magnitude)
            known.update((n.start, n.end) for n, _ in equation.operands)
            pending.remove(equation)


def _sound(equation: Equation, shelf: Sequence[_Passage], known: set[Decimal | tuple[int, int]]) -> bool:
    return equation.holds and all(
        number.magnitude in known
        or number.value == 1
        or (is_factor and not number.unit and number.value in _conversions)
        or any(passage.holds(number) for passage in shelf)
        for number, is_factor in equation.operands
    )


class _Passage:
    """A cited text, read once for all facts."""

    def __init__(self, text: str, prior: str) -> None:
        self._text = text
        self._comma = language_of(text, prior) in DECIMAL_COMMA

    def holds(self, value: _Value) -> bool:
        match value:
            case Numeral():
                return any(_same_number(value, own) for own in self._numbers)
            case Moment():
                return any(own.covers(value, self._years) for own in self._dates)
            case Clock():
                return any(own.agrees(value) for own in self._clocks)
            case Name():
                return self._holds_name(value)
        return any(_contains(text, value) for text in self._plain)

    def prints(self, fact: Fact) -> bool:
        """Whether a number or date stands here character by character, whatever its points and commas mean."""
        if fact.kind not in ("number", "date", "time"):
            return False
        form = r"\s+".join(map(re.escape, plain_digits(fact.text).split()))
        return re.search(rf"(?<![\d.,])(?<!\d[./:-]){form}(?!\d|[.,/:-]\d)", plain_digits(self._text)) is not None

    @cached_property
    def _numbers(self) -> list[Numeral]:
        text = _fiscal.sub(lambda m: " " * len(m[0]), self._text)
        found = numerals(text, comma=self._comma)
        return [n for n in found if not (_idle(n) and n.ordinal)]

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(int(n.value) for n in self._numbers if not n.places and 1000 <= n.value < 3000)

    @cached_property
    def _dates(self) -> list[Moment]:
        return dates(self._text)

    @cached_property
    def _clocks(self) -> list[Clock]:
        return clocks(self._text)

    @cached_property
    def _plain(self) -> tuple[str, str]:
        """The text on one line, as it is and with words put together that a line's end had cut."""
        return plain(self._text), plain(_hyphenated.sub("", self._text))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Word positions of every word and of the parts of hyphenated ones, but not of what a line's end cut off."""
        places: dict[str, list[int]] = {}
        for text in dict.fromkeys(self._plain):
            for at, match in enumerate(re.finditer(r"[^\W_]+(?:['.&-][^\W_]+)*", text)):
                if _cut_off.match(text, match.end()) or _cut_on.search(text[max(0, match.start() - 3) : match.start()]):
                    continue
                whole = match[0]
                for form in {whole, bare(whole), *re.split(r"['.&-]", whole), whole.replace(".", "")}:
                    places.setdefault(form, []).append(at)
        return places

    def _holds_name(self, name: Name) -> bool:
        wanted = []
        for word in name.words:
            form = plain(word).rstrip(".")
            if form in HONORIFICS:
                continue
            own = (
                self._places.get(form)
                or self._places.get(form.replace(".", ""))
                or self._places.get(form.replace("-", ""))
                or self._places.get(form.rstrip("s"))
            )
            if not own:
                parts = [p for p in re.split(r"['&-]", form) if p]
                if len(parts) < 2 or not all(p in self._places for p in parts):
                    return False
                own = self._places[parts[0]]
            wanted.append(own)
        return not wanted or any(
            all(any(abs(at - start) <= _NEAR + len(wanted) for at in own) for own in wanted) for start in wanted[0]
        )


def _same_number(asked: Numeral, own: Numeral) -> bool:
    if asked.magnitude == own.magnitude and "%" not in (asked.unit, own.unit):
        return True
    return asked.value == own.value and (asked.unit == own.unit or not (asked.unit and own.unit))


def plain(text: str) -> str:
    """`text` as quotes are compared: folded, on one line, dashes and quotation marks in one form, no brackets."""
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"[“”„«»]", '"', text)
    return " ".join(fold(text).replace("[", "").replace("]", "").split())


def _contains(text: str, quote: str) -> bool:
    """Whether `text` (plain) holds the words of `quote`; where the quote leaves out (`...`), its parts in order."""
    at = 0
    for part in re.split(r"\.\.\.+", plain(quote)):
        words = part.strip(" .,;:!?")
        if not words:
            continue
        before = r"(?<![a-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
        after = r"(?![a-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
        # `70mm` is also printed `70 mm`, and `K200` with a hyphen.
        form = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", "[ -]?", re.escape(words))
        match = re.compile(before + form + after).search(text, at)
        if match is None:
            return False
        at = match.end()
    return True
