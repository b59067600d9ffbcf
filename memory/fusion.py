"""Scores of several rankers made one. Vectors of different documents are never compared: only ranks are used.

What a vector ranking adds to a passage is its weight, times how well its document does lexically, falling with the
rank. Measured on question sets with gold evidence: latent semantic vectors add to plain BM25 in texts of some hundred
passages and mislead in large ones, where they blur what is rare; beside the hop of `search` they add next to nothing.
So their weight is small and falls with the number of passages: they find what shares no word with the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 20
"""Passages; a smaller document's own ranking says little about it against others."""
LARGEST = 5_000
"""Passages; in a larger document the weight is too small to be worth the minute its vectors take."""
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


def lsa_weight(passages: int) -> float:
    """Weight of latent semantic vectors of a document with so many passages; 0 where they are not worth having."""
    return 0.1 * min(1.0, 500 / passages) if FEWEST <= passages <= LARGEST else 0.0


def scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """`scores` with the best as 1; all 0 where nothing matched."""
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores


def fuse(scores: NDArray[np.float32], rankings: Sequence[Ranking]) -> NDArray[np.float32]:
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
