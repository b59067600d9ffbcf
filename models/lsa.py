"""Latent semantic vectors, fitted to one document: TF-IDF and a randomised truncated SVD (Deerwester et al. 1990; Halko,
Martinsson, Tropp 2011). No weights, no download, the same vectors on every run.

Vectors of different documents have different bases and are never compared.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..language.words import WORDS_VERSION, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

DIMENSION = 384
"""Of every vector; those of a short document end in zeros."""
SEED = 0
ROUNDS = 2
"""Power iterations of the randomised SVD."""


class LsaBasis:
    """The terms of a document, their rarity, and their place among its latent dimensions."""

    def __init__(self, terms: Sequence[str], rarity: Floats, components: NDArray[np.float16]) -> None:
        """`rarity` has one number a term, `components` one row a term and at most `DIMENSION` columns."""
        self._rows = {term: row for row, term in enumerate(terms)}
        self._rarity = rarity
        self._components = components

    def embed(self, query: str) -> list[float]:
        """A unit vector of `DIMENSION` numbers; all zero where no word of `query` is in the document."""
        import numpy as np

        total = np.zeros(DIMENSION, dtype=np.float32)
        for term, count in _counts(query).items():
            row = self._rows.get(term)
            if row is not None:
                weight = (1 + np.log(count)) * self._rarity[row]
                total[: self._components.shape[1]] += weight * self._components[row].astype(np.float32)
        length = float(np.linalg.norm(total))
        result: list[float] = (total / length if length else total).tolist()
        return result

    def to_bytes(self) -> bytes:
        import numpy as np

        buffer = io.BytesIO()
        names = np.frombuffer("\n".join(self._rows).encode(), dtype=np.uint8)
        np.savez_compressed(buffer, terms=names, rarity=self._rarity, components=self._components)
        return buffer.getvalue()


class Lsa:
    """The embedder `lsa`."""

    name = f"lsa-{DIMENSION}-{WORDS_VERSION}"

    def fit(self, texts: Sequence[str]) -> tuple[LsaBasis, Floats]:
        """The basis of a document and the unit vectors of its passages, float32, passages x `DIMENSION`."""
        import numpy as np
        from scipy.sparse import csr_matrix

        counted = [_counts(text) for text in texts]
        spread: dict[str, int] = {}
        for counts in counted:
            for term in counts:
                spread[term] = spread.get(term, 0) + 1
        # A term of one passage ties nothing together, and half of all terms are of that kind.
        terms = sorted(term for term, passages in spread.items() if passages > 1)
        rarity = np.array([1 + np.log((1 + len(texts)) / (1 + spread[t])) for t in terms], dtype=np.float32)
        rows = {term: row for row, term in enumerate(terms)}
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        rank = min(DIMENSION, len(texts) - 1, len(terms) - 1)
        if rank < 1:
            return LsaBasis(terms, rarity, np.zeros((len(terms), 0), dtype=np.float16)), vectors
        held = [[(rows[t], n) for t, n in counts.items() if t in rows] for counts in counted]
        columns = np.array([row for passage in held for row, _ in passage], dtype=np.int32)
        values = np.array([1 + np.log(n) for passage in held for _, n in passage], dtype=np.float32) * rarity[columns]
        ends = np.cumsum([0, *map(len, held)])
        matrix = _unit(csr_matrix((values, columns, ends), shape=(len(texts), len(terms))))
        found, components = _svd(matrix, rank)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        vectors[:, :rank] = found / np.where(lengths > 0, lengths, 1)
        return LsaBasis(terms, rarity, components.T.astype(np.float16)), vectors

    def load(self, data: bytes) -> LsaBasis:
        """Raises ValueError where `data` is no basis."""
        import numpy as np

        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            names = stored["terms"].tobytes().decode()
            return LsaBasis(names.split("\n") if names else [], stored["rarity"], stored["components"])


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for term in stems(text):
        counts[term] = counts.get(term, 0) + 1
    return counts


def _unit(matrix):  # type: ignore[no-untyped-def]  # scipy publishes no types
    from sklearn.preprocessing import normalize

    return normalize(matrix)


def _svd(matrix, rank: int):  # type: ignore[no-untyped-def]  # scipy publishes no types
    """Passages in the latent space, and the components (rank x terms)."""
    from sklearn.decomposition import TruncatedSVD

    svd = TruncatedSVD(rank, n_iter=ROUNDS, random_state=SEED)
    return svd.fit_transform(matrix), svd.components_
