"""What the extractive model takes from a question: weighted terms, phrases that belong together, the kind of answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ...language.answers import AnswerType, answer_type
from ...language.asked import in_passing, names_have_form, without_asking
from ...language.common import COMMON
from ...language.forms import RELATED
from ...language.names import names
from ...language.quoted import quoted
from ...language.words import content_words, fold, stop_words
from .defined import ASKING, Term, asked_term
from .said import said
from .text import base_stems, derived

COMMON_WEIGHT = 0.4
NAME_WEIGHT = 1.6
QUOTED_WEIGHT = 1.6
ASIDE_WEIGHT = 0.8
"""What stands in parentheses, or in a sentence of the question that does not ask."""
NEGATION_WEIGHT = 0.1
IN_PASSING_WEIGHT = 0.2
"""A pair of characters of which one is of grammar."""
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
"""Everyday words that tell one of several from the others."""
DEFINED = "(defined)"
"""Stands among the stems for the words by which a text says what a thing is."""
_NEGATIONS = frozenset(("non", "anti", "un", "any", "re", "etc"))
_acronym = re.compile(r"\b(?:[A-Z]{3,6}|[A-Z][A-Za-z]{3,5})\b")
_aside = re.compile(r"\([^()]*\)")
_about_asking = re.compile(
    r"\bif .{0,120}\b(?:not|isn't)\b.{0,160}\bstate (?:so|that|this)\b.*|\bgive (?:a|your) (?:response|answer)\b.*"
    r"|\banswer (?:in|the following|with)\b[^:.]*|\bassume (?:that )?you\b[^.]*\."
    r"|\bwhat (?:has |had |will |would )?(?:happen(?:s|ed)?|bec[ao]mes?)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Ask:
    """A question or need, ready for matching."""

    text: str
    kind: AnswerType
    weights: dict[str, float]
    """Stem -> how much a match on it says, before rarity in the text is known."""
    pairs: tuple[tuple[str, str], ...]
    """Neighbouring stems: found close together they say more."""
    names: tuple[tuple[str, ...], ...]
    """The names of the question, each as its words in lower case."""

    pinned: frozenset[str]
    """Stems of what the question puts in quotation marks, or else of its names and numbers."""
    acronyms: frozenset[str]
    """Words that may stand for the first letters of several."""
    said: Mapping[str, re.Pattern[str]]
    """Stems that texts hardly repeat -> how they say it."""
    phrases: tuple[str, ...] = ()
    """What it puts in quotation marks."""
    language: str = "en"
    """That it was stemmed as."""
    term: Term | None = None
    """What it asks the meaning of."""

    @property
    def named(self) -> frozenset[str]:
        """Stems of its names."""
        return frozenset(stem for name in self.names for word in name for stem in base_stems(word, self.language))

    @cached_property
    def derived(self) -> frozenset[str]:
        """Stems of which it has but a noun made from a verb."""
        return derived(self.text, self.language)

    @property
    def total(self) -> float:
        return sum(self.weights.values())


@lru_cache(maxsize=512)
def ask(text: str, language: str = "en") -> Ask:
    """`text` as the model understands it; `language` is that of the page it is asked of (`Page.language`)."""
    return _english(text) if language == "en" else _other(text, language)


def _other(text: str, language: str) -> Ask:
    """A question that is not in English: no more is known of it than its words and the kind of its answer."""
    whole = " ".join(text.split())
    asked = without_asking(whole, language)
    if not content_words(asked, language):
        asked = whole
    order = base_stems(asked, language)
    weights = {stem: IN_PASSING_WEIGHT if not stem.isascii() and in_passing(stem) else 1.0 for stem in order}
    phrases = tuple(quoted(asked))
    marked = {stem for part in phrases for stem in base_stems(part, language)} & weights.keys()
    weights.update(dict.fromkeys(marked, QUOTED_WEIGHT))
    stops = stop_words(language)
    # One word at the beginning has its capital from there.
    spoken = [name for name in names(whole) if not (name.initial and len(name.words) == 1)]
    spoken = [name for name in spoken if not all(fold(word) in stops for word in name.words)]
    named = tuple(tuple(w.lower() for w in name.words) for name in spoken) if names_have_form(language) else ()
    own = {stem for name in named for word in name for stem in base_stems(word, language)} & weights.keys()
    weights.update({stem: max(weights[stem], NAME_WEIGHT) for stem in own})
    pinned = marked or own | {stem for stem in weights if stem[0].isdigit()}
    pairs = tuple((a, b) for a, b in zip(order, order[1:], strict=False) if a != b)
    kind = answer_type(whole, language)
    return Ask(whole, kind, weights, pairs, named, frozenset(pinned), frozenset(), {}, phrases, language)


def _english(text: str) -> Ask:
    whole = " ".join(text.split())
    asked = _about_asking.sub(" ", whole)
    if not content_words(asked):
        asked = whole
    weights: dict[str, float] = {}
    for part, factor in _parts(asked):
        for word in dict.fromkeys(content_words(part)):
            for stem in base_stems(word):
                weights[stem] = max(weights.get(stem, 0.0), factor * _said_by(word))
    kind = answer_type(asked)
    ways = {stem: way for stem, way in said(asked).items() if stem in weights}
    weights.update(dict.fromkeys(ways, 1.0))
    term = asked_term(asked) if kind == "definition" else None
    if term and weights:
        weights = _of_the_thing(weights, term)
        ways[DEFINED] = term.said
        weights[DEFINED] = 0.6 * max(weights.values())
    named = tuple(tuple(w.lower() for w in name.words) for name in names(asked))
    for stem in {stem for name in named for word in name for stem in base_stems(word)} & weights.keys():
        weights[stem] = max(weights[stem], NAME_WEIGHT * min(1.0, max(weights[stem], 0.7)))
    phrases = tuple(quoted(asked))
    marked = {stem for part in phrases for stem in base_stems(part)}
    pinned = marked or {stem for stem in weights if stem[0].isdigit()} | {
        stem for name in named for word in name for stem in base_stems(word)
    }
    acronyms = {word.lower() for word in _acronym.findall(asked)}
    order = base_stems(asked)
    pairs = tuple((a, b) for a, b in zip(order, order[1:], strict=False) if a != b)
    heavy = frozenset(stem for stem in pinned & weights.keys() if weights[stem] > NEGATION_WEIGHT * QUOTED_WEIGHT)
    return Ask(whole, kind, weights, pairs, named, heavy, frozenset(acronyms) - COMMON, ways, phrases, term=term)


def _of_the_thing(weights: Mapping[str, float], term: Term) -> dict[str, float]:
    """`weights` without the words by which a meaning is asked for; all of them where the thing has no others."""
    asking = {stem for word in ASKING for stem in base_stems(word)} - set(base_stems(term.words))
    return {stem: weight for stem, weight in weights.items() if stem not in asking} or dict(weights)


def _said_by(word: str) -> float:
    """How much a match on `word` says, as far as English in general goes."""
    if word in _NEGATIONS:
        return NEGATION_WEIGHT
    return COMMON_WEIGHT if word in COMMON and word not in ORDINALS else 1.0


def _parts(asked: str) -> list[tuple[str, float]]:
    """Stretches of the question and what a match on their words counts."""
    asides = " ".join(_aside.findall(asked))
    main = _aside.sub(" ", asked)
    sentences = re.split(r"(?<=[.?!])\s+", main)
    asking = [s for s in sentences if "?" in s] or sentences
    rest = " ".join(s for s in sentences if s not in asking)
    found = [(" ".join(asking), 1.0), (asides, ASIDE_WEIGHT), (rest, ASIDE_WEIGHT)]
    return found + [(phrase, QUOTED_WEIGHT) for phrase in quoted(main)]


@cache
def _related() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for group in RELATED:
        members = {stem for word in group for stem in base_stems(word)}
        for member in members:
            table.setdefault(member, set()).update(members - {member})
    return {stem: frozenset(others) for stem, others in table.items()}


def relatives(stem: str) -> frozenset[str]:
    """Stems that often stand in an answer where `stem` stands in the question."""
    return _related().get(stem, frozenset())


def akin(stem: str, other: str) -> bool:
    """Whether one stem is the other with an ending: `direct`, `director`."""
    short, long = sorted((stem, other), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 3 and long.startswith(short) and not long[-1].isdigit()
