"""Which units of a page answer a question: rarity-weighted overlap, closeness, neighbours, speaker, kind of answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..language.answers import has_form
from ..language.names import names
from .extractive_ask import Ask, akin, relatives
from .extractive_text import Page, base_stems


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights of the ranking; chosen by measurement."""

    akin: float = 0.5
    related: float = 0.65
    before: float = 0.45
    before_leaning: float = 0.6
    before_asking: float = 0.8
    """Where the sentence before asks, as people in a text ask one another."""
    after: float = 0.15
    heading: float = 0.5
    closeness: float = 0.4
    no_answer: float = 0.75
    near_answer: float = 0.7
    length: float = 0.0
    other_person: float = 0.3
    bridge: float = 0.6
    bridges: int = 3
    carried: float = 0.5
    enough: int = 5
    """Of a long question, this many of the heaviest words make a full match."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that matches."""

    at: int
    """Index in the page."""
    score: float
    """0 to 1, comparable between pages."""
    leans: bool
    """A good part of the match is in the sentence before, which it refers to."""
    via: int = -1
    """Index of the unit that names what this one is about; -1 where it was found by the question alone."""


def rank(page: Page, question: Ask, settings: Settings = SETTINGS, carried: Sequence[str] = ()) -> list[Hit]:
    """The units of `page` that share informative words with `question`, best first.

    `carried` are texts found elsewhere for the same question: what they name may be the next step.
    """
    if not question.weights or not len(page):
        return []
    weights = _rarity(page, question)
    total = sum(sorted(weights.values(), reverse=True)[: settings.enough])
    about = _about(page, question, settings)
    found = [_matches(page, stem, question, about, settings) for stem in weights]
    values = list(weights.values())
    matched = {at for match in found for at in match}
    candidates = sorted(matched | {at + 1 for at in matched if _answered(page, at)})
    average = max(1.0, sum(len(s.stems) for s in page.units) / len(page))
    hits = []
    for at in candidates:
        inside = sum(w * m.get(at, 0.0) for w, m in zip(values, found, strict=True))
        around, leans = _around(page, at, values, found, settings)
        cover = (inside + around + _under(page, at, question, weights, found, settings)) / total
        score = cover * (1 - settings.closeness * (1 - _closeness(page, at, question, weights)))
        score *= _kind(page, at, question, settings)
        score /= 1 - settings.length + settings.length * max(1.0, len(page.units[at].stems) / (2 * average))
        hits.append(Hit(at, _bounded(score), leans))
    hits.sort(key=lambda h: (-h.score, h.at))
    return _bridged(page, question, hits, carried, settings)


def _bounded(score: float) -> float:
    """`score` as it is up to 0.7, then ever closer to 1, so that no two scores become one."""
    return score if score <= 0.7 else 1 - 0.3 * math.exp((0.7 - score) / 0.3)


def _bridged(page: Page, question: Ask, hits: list[Hit], carried: Sequence[str], settings: Settings) -> list[Hit]:
    """Raises units about somebody or something that the best hits name and the question does not: the second hop."""
    sources = [(page.units[hit.at].text, hit.score, hit.at) for hit in hits[: settings.bridges]]
    sources += [(text, settings.carried, -1) for text in carried]
    raised: dict[int, tuple[float, int]] = {}
    for text, strength, source in sources:
        for name, places in _new_names(page, question, text):
            gain = settings.bridge * strength / math.sqrt(max(1, len(places) - 1))
            for at in places - {source}:
                first = page.units[at].text.startswith(name)
                raised[at] = max(raised.get(at, (0.0, -1)), (gain if first else 0.6 * gain, source))
    by_place = {hit.at: hit for hit in hits}
    for at, (gain, source) in raised.items():
        old = by_place.get(at, Hit(at, 0.0, False))
        score = old.score + gain * _kind(page, at, question, settings) * (1 - old.score)
        by_place[at] = Hit(at, score, old.leans, source)
    return sorted(by_place.values(), key=lambda h: (-h.score, h.at))


def _new_names(page: Page, question: Ask, text: str) -> list[tuple[str, set[int]]]:
    """The names in `text` that the question lacks: the first word of each, and the units that hold all its words."""
    known = {word for name in question.names for word in name}
    found = []
    for name in names(text):
        stems = base_stems(" ".join(name.words), page.language)
        if stems and not known & {word.lower() for word in name.words}:
            found.append((name.words[0], set.intersection(*(set(page.places.get(stem, ())) for stem in stems))))
    return found


def _rarity(page: Page, question: Ask) -> dict[str, float]:
    """The question's weights, lowered for stems that many sentences of the page hold."""
    size = math.log(1 + len(page))
    return {
        stem: weight * (math.log(1 + len(page) / max(1, len(page.places.get(stem, ())))) / size if size else 1.0)
        for stem, weight in question.weights.items()
    }


def _about(page: Page, question: Ask, settings: Settings) -> Callable[[int, str], float]:
    """In a conversation, what a word counts: whom we ask about should say it of himself or be told it."""
    asked = asked_about(page, question)

    def factor(at: int, stem: str) -> float:
        speaker = page.units[at].speaker
        if not asked or speaker is None:
            return 1.0
        to_other = stem in page.addressed[at]
        return 1.0 if len(asked) > 1 or (speaker in asked) != to_other else settings.other_person

    return factor


def _matches(
    page: Page, stem: str, question: Ask, about: Callable[[int, str], float], settings: Settings
) -> dict[int, float]:
    """How strongly each unit holds `stem`, something close to it, or words that it abbreviates."""
    way = question.said.get(stem)
    if way:
        asked = {at for at in page.places.get(stem, ()) if page.units[at].asks}
        return {at: about(at, stem) for at, unit in enumerate(page.units) if at in asked or way.search(unit.text)}
    found: dict[int, float] = {}
    if stem in question.acronyms and stem not in page.places:
        found = {at: settings.akin for at, unit in enumerate(page.units) if stem in unit.initials}
    for other in relatives(stem):
        for at in page.places.get(other, ()):
            found[at] = settings.related * about(at, other)
    for other in page.vocabulary(stem[:4]):
        if akin(stem, other):
            for at in page.places[other]:
                found[at] = max(found.get(at, 0.0), settings.akin * about(at, other))
    for at in page.places.get(stem, ()):
        found[at] = max(found.get(at, 0.0), about(at, stem))
    return found


def _around(
    page: Page, at: int, values: list[float], found: list[dict[int, float]], settings: Settings
) -> tuple[float, bool]:
    """What the neighbours add for terms that the sentence lacks, and whether the one before is needed."""
    leaning = page.units[at].leans_back
    share = settings.before_leaning if leaning else settings.before
    if _answered(page, at - 1):
        leaning, share = True, settings.before_asking
    before = after = 0.0
    for weight, match in zip(values, found, strict=True):
        own = match.get(at, 0.0)
        back = share * match.get(at - 1, 0.0) if page.same_part(at, at - 1) else 0.0
        forth = settings.after * match.get(at + 1, 0.0) if page.same_part(at, at + 1) else 0.0
        gain = max(back, forth) - own
        if gain > 0:
            if back >= forth:
                before += weight * gain
            else:
                after += weight * gain
    return before + after, leaning and before > 0.15 * sum(values)


def _answered(page: Page, at: int) -> bool:
    """Whether the unit at `at` asks something and the next one does not; in a chat the questions are small talk."""
    if at < 0 or page.is_chat or not page.same_part(at, at + 1):
        return False
    return page.units[at].asks and not page.units[at + 1].asks


def _under(
    page: Page,
    at: int,
    question: Ask,
    weights: dict[str, float],
    found: list[dict[int, float]],
    settings: Settings,
) -> float:
    """What the heading adds for terms that neither the sentence nor its neighbours hold."""
    heading = page.headings[page.sources[at]]
    if not heading:
        return 0.0
    gain = 0.0
    for (stem, weight), match in zip(weights.items(), found, strict=True):
        if stem in heading and not match.get(at) and not match.get(at - 1) and not match.get(at + 1):
            gain += settings.heading * weight
    return gain


def _closeness(page: Page, at: int, question: Ask, weights: dict[str, float]) -> float:
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


def _kind(page: Page, at: int, question: Ask, settings: Settings) -> float:
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
    asked = question.text.lower()
    return any(text[start:end].lower() not in asked for start, end in page.answers(at, question.kind))


def asked_about(page: Page, question: Ask) -> frozenset[str]:
    """Those who speak on `page` and are named in `question`."""
    return page.speakers & {word for name in question.names for word in name}
