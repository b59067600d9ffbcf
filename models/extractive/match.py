"""How a unit of a page meets a question: rarity, words that stand for others, closeness, speaker, kind of answer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from difflib import get_close_matches

from ...language.answers import has_form
from ...language.quoted import verbatim
from ...language.words import fold
from .ask import Ask, akin, relatives
from .hit import Settings
from .page import Page

HEADWORD = 2
"""Words at most."""
LEAST_SPELT, SPELT = 5, 0.8
"""Letters of a name from which it may be misspelt, and likeness from which it is."""


def rarity(page: Page, question: Ask) -> dict[str, float]:
    """The question's weights, lowered for stems that many sentences of the page hold."""
    size = math.log(1 + len(page))
    return {
        stem: weight * (math.log(1 + len(page) / max(1, len(page.places.get(stem, ())))) / size if size else 1.0)
        for stem, weight in question.weights.items()
    }


def about(page: Page, question: Ask, settings: Settings) -> Callable[[int, str], float]:
    """In a conversation, what a word counts: whom we ask about should say it of himself or be told it."""
    asked = asked_about(page, question)

    def factor(at: int, stem: str) -> float:
        speaker = page.units[at].speaker
        if not asked or speaker is None:
            return 1.0
        to_other = stem in page.addressed[at]
        return 1.0 if len(asked) > 1 or (speaker in asked) != to_other else settings.other_person

    return factor


def matches(
    page: Page, stem: str, question: Ask, factor: Callable[[int, str], float], settings: Settings
) -> dict[int, float]:
    """How strongly each unit holds `stem`, something close to it, or words that it abbreviates."""
    way = question.said.get(stem)
    if way:
        asked = {at for at in page.places.get(stem, ()) if page.units[at].asks}
        said = [way.search(unit.said) or explained_above(page, at, way) for at, unit in enumerate(page.units)]
        return {at: factor(at, stem) for at in range(len(page)) if at in asked or said[at]}
    found: dict[int, float] = {}
    if stem in question.acronyms and stem not in page.places:
        found = {at: settings.akin for at, unit in enumerate(page.units) if stem in unit.initials}
    for other in relatives(stem):
        for at in page.places.get(other, ()):
            found[at] = max(found.get(at, 0.0), settings.related * factor(at, other))
    for other in page.vocabulary(stem[:4]):
        if akin(stem, other):
            for at in page.places[other]:
                found[at] = max(found.get(at, 0.0), settings.akin * factor(at, other))
    for at in page.places.get(stem, ()):
        same = (stem in page.units[at].derived) == (stem in question.derived)
        found[at] = max(found.get(at, 0.0), factor(at, stem) * (1.0 if same else settings.derived))
    if not found and stem in question.named:
        found = {at: settings.misspelt for other in _spelt_like(page, stem) for at in page.places[other]}
    return found


def _spelt_like(page: Page, stem: str) -> list[str]:
    """The stem of the page that a name may be misspelt for, of those with its first letter."""
    if len(stem) < LEAST_SPELT:
        return []
    return get_close_matches(stem, [other for other in page.places if other[0] == stem[0]], 1, SPELT)


def explained_above(page: Page, at: int, way: re.Pattern[str]) -> bool:
    """Whether the unit before `at` is but a word or two, and this one says what it is: `GAM.`, `NOUN—A meeting`."""
    if not page.same_part(at, at - 1) or len(page.units[at - 1].said.split()) > HEADWORD:
        return False
    own = page.units[at].said
    return not way.search(own) and way.search(f"{page.units[at - 1].said} {own}") is not None


def closeness(page: Page, at: int, question: Ask, weights: dict[str, float]) -> float:
    """Share of the question's neighbouring words that stand close together here too; all of them where it has none."""
    if not question.pairs:
        return 1.0
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(page.units[at].stems):
        if stem in weights:
            places.setdefault(stem, []).append(place)
    reached = total = 0.0
    for first, second in question.pairs:
        if first in question.said or second in question.said:
            continue
        weight = min(weights.get(first, 0.0), weights.get(second, 0.0))
        total += weight
        if first in places and second in places:
            gap = min(abs(a - b) for a in places[first] for b in places[second])
            # `Item 12` is not the row of item 4 with a 12 in it.
            near = 1 if first[0].isdigit() or second[0].isdigit() else 2
            reached += weight * (1.0 if gap <= near else 0.6 if gap <= 5 else 0.3)
    return reached / total if total else 0.0


def repeats(page: Page, at: int, question: Ask) -> float:
    """How far the unit at `at` says in its words a phrase that the question quotes: 0 to 1."""
    return max((verbatim(page.units[at].text, phrase) for phrase in question.phrases), default=0.0)


def kind_share(page: Page, at: int, question: Ask, settings: Settings) -> float:
    """Whether the sentence or its neighbours hold something that could be the answer."""
    if not has_form(question.kind):
        return 1.0
    if new_answers(page, at, question):
        return 1.0
    near = any(page.same_part(at, other) and new_answers(page, other, question) for other in (at - 1, at + 1))
    return settings.near_answer if near else settings.no_answer


def new_answers(page: Page, at: int, question: Ask) -> bool:
    """A possible answer that the question does not itself contain."""
    text = page.units[at].text
    asked = fold(question.text)
    return any(fold(text[start:end]) not in asked for start, end in page.answers(at, question.kind))


def asked_about(page: Page, question: Ask) -> frozenset[str]:
    """Those who speak on `page` and are named in `question`."""
    return page.speakers & {word for name in question.names for word in name}
