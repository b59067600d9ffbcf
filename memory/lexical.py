"""BM25 weights of terms in the passages of a scope, by columns, and the one file they are kept in.

Knows terms and their weights in passages; how a question becomes weighted terms is for `search`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.arrays import packed, unpacked
from ..language.words import languages_of
from .archives import replaced
from .bm25 import rarity

if TYPE_CHECKING:
    from ..core.arrays import Floats, Integers


class LexicalIndex:
    """BM25 weights of terms in passages, by columns.

    Args:
        vocabulary: terms.
        starts: of each term's entries in `rows` and `weights`, one more than there are terms.
        rows: passages, counted through the scope, ascending within a term.
        weights: what an occurrence adds to a passage's score.
        shares: how far each term is a name, 0 to 1.
        passages: in all.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        starts: Integers,
        rows: Integers,
        weights: Floats,
        shares: Floats,
        passages: int,
    ) -> None:
        self.vocabulary = vocabulary
        self.passages = passages
        self.languages = languages_of(vocabulary)
        """In which a question must be stemmed to meet the terms."""
        self._numbers = {term: number for number, term in enumerate(vocabulary)}
        self._starts, self._rows, self._weights, self._shares = starts, rows, weights, shares

    def scores(self, query: Mapping[str, float]) -> Floats:
        """Score of every passage for weighted terms."""
        import numpy as np

        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in query.items():
            number = self._numbers.get(term)
            if number is not None:
                here = slice(self._starts[number], self._starts[number + 1])
                total[self._rows[here]] += weight * self._weights[here]
        return total

    def weight(self, term: str, passage: int) -> float:
        """What `term` adds to the score of `passage`; 0 where it does not stand."""
        import numpy as np

        number = self._numbers.get(term)
        if number is None:
            return 0.0
        low, high = int(self._starts[number]), int(self._starts[number + 1])
        at = low + int(np.searchsorted(self._rows[low:high], passage))
        return float(self._weights[at]) if at < high and self._rows[at] == passage else 0.0

    def frequency(self, term: str) -> int:
        """Number of passages that hold `term`."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def rarity(self, *forms: str) -> float:
        """Inverse document frequency of a term, as BM25 has it, all its forms taken as one; of an unknown term, 0."""
        held = min(self.passages, sum(map(self.frequency, forms)))
        return rarity(held, self.passages) if held else 0.0

    def share(self, term: str) -> float:
        """How far `term` is a name."""
        number = self._numbers.get(term)
        return 0.0 if number is None else float(self._shares[number])

    def save(self, path: Path, documents: Sequence[str]) -> None:
        """Writes the index to `path`, all at once."""
        import numpy as np

        with replaced(path) as file:
            np.savez(
                file,
                vocabulary=packed(self.vocabulary),
                starts=self._starts,
                rows=self._rows,
                weights=self._weights,
                shares=self._shares,
                passages=np.array([self.passages]),
                documents=packed(documents),
            )

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Raises whatever a missing or damaged file does."""
        import numpy as np

        # Opened here: NumPy leaves a damaged archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            vocabulary = unpacked(stored["vocabulary"])
            starts, rows, weights, shares = (stored[name] for name in ("starts", "rows", "weights", "shares"))
            passages = int(stored["passages"][0])
        if len(starts) != len(vocabulary) + 1 or not starts[-1] == len(rows) == len(weights):
            raise ValueError(f"{path} does not fit together")
        return cls(vocabulary, starts, rows, weights, shares, passages)
