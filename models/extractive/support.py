"""How well evidence supports an answer, and what of a question it holds: whether there is enough to answer at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .ask import Ask, akin, relatives
from .hit import SETTINGS, Hit
from .page import Page
from .rank import rank
from .text import base_stems

PINNED_WEIGHT = 0.25
CONTRAST_WEIGHT = 1.2
_ANYBODY = replace(SETTINGS, bridge=0.0, other_person=1.0)
_ONLY_ASKED = replace(SETTINGS, bridge=0.0, other_person=0.0)


def support_of(page: Page, asked: Ask, hits: Sequence[Hit], confidence: Mapping[int, float]) -> float:
    """How well the best evidence answers: its confidence, the question's own names and quotes in it, right person."""
    sure = max(confidence.get(page.numbers[hit.at][0], hit.score) for hit in hits)
    pinned = asked.pinned or frozenset(asked.weights)
    total = math.fsum(asked.weights[stem] for stem in pinned)
    most = max((math.fsum(asked.weights[s] for s in held(page, asked, hit.at) & pinned) for hit in hits), default=0.0)
    return sure + PINNED_WEIGHT * (most / total if total else 0.0) - CONTRAST_WEIGHT * _contrast(page, asked)


def _contrast(page: Page, asked: Ask) -> float:
    """How much better the evidence fits if it need not be about the person asked about: the mark of a swapped name."""
    if not page.is_chat:
        return 0.0
    anybody, asked_one = rank(page, asked, _ANYBODY), rank(page, asked, _ONLY_ASKED)
    return max(0.0, anybody[0].score - asked_one[0].score) if anybody and asked_one else 0.0


def held(page: Page, asked: Ask, at: int) -> frozenset[str]:
    """The question's stems that a unit or its heading holds."""
    own = {*page.units[at].stems, *base_stems(page.sources[at], page.language)}
    return frozenset(s for s in asked.weights if s in own or relatives(s) & own or any(akin(s, o) for o in own))
