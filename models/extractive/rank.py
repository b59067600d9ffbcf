"""Which units of a page answer a question: rarity-weighted overlap, closeness, neighbours, speaker, kind of answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .ask import Ask
from .hit import SETTINGS, Hit, Settings
from .hop import bridged
from .match import about, closeness, explained_above, kind_share, matches, rarity, repeats
from .page import Page


def rank(page: Page, question: Ask, settings: Settings = SETTINGS, carried: Sequence[str] = ()) -> list[Hit]:
    """The units of `page` that share informative words with `question`, best first.

    `carried` are texts found elsewhere for the same question: what they name may be the next step.
    """
    if not question.weights or not len(page):
        return []
    weights = rarity(page, question)
    factor = about(page, question, settings)
    found = [matches(page, stem, question, factor, settings) for stem in weights]
    matched = {at for match in found for at in match}
    candidates = sorted(matched | {at + 1 for at in matched if _answered(page, at)})
    hits = [_hit(page, at, question, weights, found, settings) for at in candidates]
    hits.sort(key=lambda h: (-h.score, h.at))
    return bridged(page, question, hits, carried, settings)


def _hit(
    page: Page, at: int, question: Ask, weights: dict[str, float], found: list[dict[int, float]], settings: Settings
) -> Hit:
    """What the unit at `at` is worth by itself; `found` is, for every weight, how strongly each unit holds its stem."""
    values = list(weights.values())
    inside = sum(w * match.get(at, 0.0) for w, match in zip(values, found, strict=True))
    around, leans = _around(page, at, values, found, settings)
    leans = leans or (question.term is not None and explained_above(page, at, question.term.said))
    cover = inside + around + _under(page, at, weights, found, settings)
    cover /= sum(sorted(values, reverse=True)[: settings.enough])
    score = cover * (1 - settings.closeness * (1 - closeness(page, at, question, weights)))
    score = score * kind_share(page, at, question, settings) + settings.verbatim * repeats(page, at, question)
    return Hit(at, _bounded(score), leans)


def _bounded(score: float) -> float:
    """`score` as it is up to 0.7, then ever closer to 1, so that no two scores become one."""
    return score if score <= 0.7 else 1 - 0.3 * math.exp((0.7 - score) / 0.3)


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


def _under(page: Page, at: int, weights: dict[str, float], found: list[dict[int, float]], settings: Settings) -> float:
    """What the heading adds for terms that neither the sentence nor its neighbours hold."""
    heading = page.headings[page.sources[at]]
    if not heading:
        return 0.0
    gain = 0.0
    for (stem, weight), match in zip(weights.items(), found, strict=True):
        if stem in heading and not match.get(at) and not match.get(at - 1) and not match.get(at + 1):
            gain += settings.heading * weight
    return gain
