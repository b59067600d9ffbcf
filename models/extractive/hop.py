"""The second hop: units about somebody or something that the best ones name and the question does not."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...language.names import names
from .ask import Ask
from .hit import Hit, Settings
from .match import kind_share
from .page import Page
from .text import base_stems


def bridged(page: Page, question: Ask, hits: list[Hit], carried: Sequence[str], settings: Settings) -> list[Hit]:
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
        score = old.score + gain * kind_share(page, at, question, settings) * (1 - old.score)
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
