"""Personalised PageRank over elements and passages (Haveliwala 2002; as HippoRAG uses it: Gutiérrez et al. 2025).

    r = (1 - d) s + d T r

T leads from an element to the passages it stands in, evenly; from a passage to its elements, the rarer the likelier,
and with a small share to the passages before and after it. A walk that is lost at d returns to the start s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.seams import Spread

if TYPE_CHECKING:
    from ..core.arrays import Floats, Integers

DAMPING = 0.5
NEAR = 0.1
"""Share of a passage's walks that goes to the passages beside it."""
STEPS = 20
"""After so many a walk that started at the beginning is one in a million."""


class Ranks:
    """The graph as sparse matrices.

    Args:
        starts: of each element's entries in `passages`, one more than there are elements.
        passages: of every mention, ascending within an element; several mentions in one are several.
        firsts: number of each document's first passage.
        count: passages in all.
    """

    def __init__(self, starts: Integers, passages: Integers, firsts: Sequence[int], count: int) -> None:
        import numpy as np
        from scipy.sparse import csr_array, diags_array

        elements = len(starts) - 1
        held = csr_array((np.ones(len(passages), np.float32), passages.copy(), starts.copy()), shape=(elements, count))
        held.sum_duplicates()
        frequency = np.diff(held.indptr)
        self.rarity: Floats = np.log(1 + count / np.maximum(frequency, 1)).astype(np.float32)
        held.data = 1 + np.log(held.data)
        self._out = (diags_array(_inverse(held.sum(axis=1))) @ held).T.tocsr()
        weighted = diags_array(self.rarity) @ held
        self._back = (weighted @ diags_array(_inverse(weighted.sum(axis=0)))).tocsr()
        first = np.zeros(count + 1, dtype=bool)
        first[list(firsts)] = True
        self._follows = ~first[:count]
        """Whether a passage follows another of its document."""

    def spread(self, elements: Mapping[int, float], passages: Mapping[int, float]) -> Spread:
        """The rank of every element and passage from a weighted start; from none, that of all passages alike."""
        import numpy as np

        of_elements, of_passages = _start(elements, len(self.rarity)), _start(passages, len(self._follows))
        if not (of_elements.any() or of_passages.any()):
            of_passages = np.full_like(of_passages, 1 / max(1, len(of_passages)))
        total = float(of_elements.sum() + of_passages.sum()) or 1.0
        element, passage = of_elements / total, of_passages / total
        start_e, start_p = element, passage
        for _ in range(STEPS):
            beside = np.zeros_like(passage)
            beside[1:] += 0.5 * passage[:-1] * self._follows[1:]
            beside[:-1] += 0.5 * passage[1:] * self._follows[1:]
            passage, element = (
                (1 - DAMPING) * start_p + DAMPING * (self._out @ element + NEAR * beside),
                (1 - DAMPING) * start_e + DAMPING * (1 - NEAR) * (self._back @ passage),
            )
        return Spread(element, passage)


def _start(weights: Mapping[int, float], size: int) -> Floats:
    """`weights` as a vector that adds up to 1, or zeros."""
    import numpy as np

    vector = np.zeros(size, dtype=np.float32)
    for at, weight in weights.items():
        vector[at] = weight
    total = float(vector.sum())
    return vector / total if total > 0 else vector


def _inverse(sums: Floats) -> Floats:
    """1 / x, and 0 for 0."""
    import numpy as np

    flat = np.asarray(sums).ravel()
    return np.divide(1.0, flat, out=np.zeros_like(flat), where=flat > 0)
