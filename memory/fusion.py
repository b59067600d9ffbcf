"""Scores of several rankers made one. Vectors of different documents are never compared: only ranks are used.

What a vector ranking adds to a passage is its weight, times how well its document does lexically, falling with the
rank. The weight is the embedder's own rule: vectors find what shares no word with the question, and each kind misleads
in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.arrays import Floats

FEWEST = 20
"""Passages; a smaller document's own ranking says little about it against others."""
FALL = 5.0
"""Ranks after which what a ranking adds is halved."""


@dataclass(frozen=True)
class Ranking:
    """A ranking of one document's passages by vectors."""

    first: int
    """Number of the document's first passage in the scope."""
    passages: int
    """How many it has."""
    order: Sequence[int]
    """Indexes of its passages, best first; not necessarily all."""
    weight: float


def scaled(scores: Floats) -> Floats:
    """`scores` with the best as 1; all 0 where nothing matched."""
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores


def fuse(scores: Floats, rankings: Sequence[Ranking]) -> Floats:
    """`scores` (lexical, the best is 1) with what the `rankings` add, scaled again.

    With one document, or where no word of the question is known, its ranking counts in full.
    """
    total = scores.copy()
    known = float(scores.max(initial=0.0)) > 0
    for ranking in rankings:
        if ranking.passages < FEWEST and ranking.passages < len(scores):
            continue
        own = scores[ranking.first : ranking.first + ranking.passages]
        weight = ranking.weight * (float(own.max(initial=0.0)) if known else 1.0)
        for rank, index in enumerate(ranking.order):
            total[ranking.first + index] += weight * FALL / (FALL + rank)
    return scaled(total)
