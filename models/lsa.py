"""Latent semantic analysis: vectors for the passages of one document from its own words, without a download.

TF-IDF and a truncated singular value decomposition (Deerwester et al. 1990), randomised (Halko, Martinsson and Tropp
2011) with a fixed seed. Fitted per document: a basis shared with another text serves neither.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from ..core.arrays import packed, unpacked
from ..core.seams import Parts
from ..language.tongues import language_of, main_language
from ..language.words import WORDS_VERSION, languages_of, marked, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..core.arrays import Floats

DIMENSIONS = 384
"""Of every vector; what a small document does not fill is zero."""
FEWEST = 2
"""Passages a word must stand in: a word that stands in one relates it to no other."""
LARGEST = 5_000
"""Passages; in a larger document the weight is too small to be worth the minute its vectors take."""
NAME = f"lsa-{DIMENSIONS}-{WORDS_VERSION}"
"""Identity: vectors and models of another name do not fit together."""


class LsaModel:
    """Turns a question into a vector beside those of a document's passages.

    Args:
        vocabulary: stems.
        weights: inverse document frequency of each.
        components: rank × vocabulary, the axes.
    """

    def __init__(self, vocabulary: Sequence[str], weights: Floats, components: NDArray[np.floating]) -> None:
        self._numbers = {stem: number for number, stem in enumerate(vocabulary)}
        self._languages = languages_of(vocabulary)
        self._weights = weights
        self._components = components

    def embed(self, query: str) -> Floats:
        """A unit vector of `DIMENSIONS`; all zero where no word is known."""
        import numpy as np

        asked = Counter[str]()
        for language in self._languages:
            asked |= Counter(marked(stems(query, language), language))
        held = {self._numbers[stem]: n for stem, n in asked.items() if stem in self._numbers}
        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        if held:
            columns = list(held)
            values = (1 + np.log(np.array(list(held.values()), dtype=np.float32))) * self._weights[columns]
            vector[: len(self._components)] = self._components[:, columns].astype(np.float32) @ values
        unit: Floats = _units(vector[None, :])[0]
        return unit

    def to_bytes(self) -> bytes:
        """The model as a NumPy archive; axes in half precision."""
        import numpy as np

        buffer = io.BytesIO()
        components = self._components.astype(np.float16)
        np.savez(buffer, words=packed(self._numbers), weights=self._weights, components=components)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> LsaModel:
        """Raises ValueError where `data` is not what `to_bytes` made: then fit again."""
        import numpy as np

        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                vocabulary = unpacked(stored["words"])
                weights, components = stored["weights"], stored["components"]
        except (OSError, KeyError, EOFError, BadZipFile) as error:
            raise ValueError(f"not a model: {error}") from error
        if weights.shape != (len(vocabulary),) or components.shape[1:] != weights.shape:
            raise ValueError("the model's parts do not fit together")
        return cls(vocabulary, weights, components)


class Lsa:
    """The embedder `lsa`, as `core.seams.Embedder`."""

    name = NAME

    def weight(self, passages: int) -> float:
        """Small, and falling with the text's length: measured on question sets with gold evidence, these vectors add
        to plain BM25 in texts of some hundred passages and mislead in large ones, where they blur what is rare."""
        return 0.1 * min(1.0, 500 / passages) if passages <= LARGEST else 0.0

    def fit(self, texts: Sequence[str], parts: Parts | None = None) -> tuple[LsaModel, Floats]:
        return fit(texts)

    def load(self, data: bytes) -> LsaModel:
        return LsaModel.from_bytes(data)


def fit(texts: Sequence[str]) -> tuple[LsaModel, Floats]:
    """A model of `texts` and their unit vectors (len(texts) × `DIMENSIONS`); the same texts give the same.

    A text that shares no word with another has the zero vector.
    """
    import numpy as np

    prior = main_language("\n".join(texts))
    languages = [language_of(text, prior) for text in texts]
    counts = [Counter(marked(stems(t, own), own)) for t, own in zip(texts, languages, strict=True)]
    frequency = Counter(stem for count in counts for stem in count)
    numbers = {stem: n for n, stem in enumerate(s for s, held in frequency.items() if held >= FEWEST)}
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    held = np.array([frequency[stem] for stem in numbers], dtype=np.float32)
    weights = np.log((1 + len(texts)) / (1 + held)).astype(np.float32) + np.float32(1)
    rank = min(DIMENSIONS, len(texts) - 1, len(numbers))
    if rank < 1:
        return LsaModel(list(numbers), weights, np.zeros((0, len(numbers)), dtype=np.float32)), vectors
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd

    rows = [[(numbers[stem], n) for stem, n in count.items() if stem in numbers] for count in counts]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column, _ in row], dtype=np.int32)
    values = 1 + np.log(np.array([n for row in rows for _, n in row], dtype=np.float32))
    matrix = csr_matrix((values * weights[columns], columns, starts), shape=(len(texts), len(numbers)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = csr_matrix(matrix.multiply(1 / np.maximum(norms, 1e-9)[:, None]), dtype=np.float32)
    left, sizes, components = randomized_svd(matrix, rank, n_iter=2, random_state=0)
    vectors[:, :rank] = left * sizes
    return LsaModel(list(numbers), weights, components.astype(np.float16)), _units(vectors)


def _units(vectors: Floats) -> Floats:
    """Rows of length 1, zero rows left as they are."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = (vectors / np.where(lengths > 1e-6, lengths, 1)).astype(np.float32)
    units[lengths[:, 0] <= 1e-6] = 0
    return units
