"""An embedder that takes each text by itself, wherever its vectors come from: in batches, each kept as it comes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from ..core.errors import ModelError
from ..core.seams import Memo, Parts
from ..core.types import Usage

if TYPE_CHECKING:
    from ..core.arrays import Floats

BATCH = 32
"""Texts embedded together, and kept together."""
WEIGHT = 0.3
"""Beside a lexical ranking, of which the best counts 1, and whatever the document's length: these embedders learnt what
is alike elsewhere, and a long text does not blur it. Chosen between that of latent semantic vectors (0.1) and an even
share; not measured, since no such model can be had where this was written."""


class Source(Protocol):
    """Where vectors come from. May raise ModelError."""

    name: str
    """Identity, in letters, digits, `.`, `_` and `-`."""
    parallel: int
    """Batches that may be asked for at once, from several threads."""

    @property
    def spent(self) -> Usage:
        """What was sent to a server for no question (`bill`), further tries included."""

    def texts(self, texts: Sequence[str]) -> Any:
        """One row of numbers a text."""

    def query(self, text: str) -> Any:
        """A row of numbers that can be compared with those of texts."""

    def close(self) -> None:
        """Gives back what is held."""


def identity(words: str, known: str, otherwise: str) -> str:
    """A source's name: `words` as far as they may stand in one, `otherwise` if nothing of them may, and a hash of what
    is `known` of it."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")[:40] or otherwise
    return f"{slug}-{hashlib.sha256(known.encode()).hexdigest()[:12]}"


class Each:
    """An embedder over a source. Vectors have length 1.

    Args:
        source: gives vectors.
        memo: remembers the vectors of questions, so that none is paid twice.
    """

    def __init__(self, source: Source, memo: Memo | None = None) -> None:
        self.name = source.name
        self._source = source
        self._memo = memo

    @property
    def spent(self) -> Usage:
        """What was sent to a server for no question, such as indexing beforehand."""
        return self._source.spent

    def weight(self, passages: int) -> float:
        return WEIGHT

    def fit(self, texts: Sequence[str], parts: Parts) -> tuple[Asked, Floats]:
        """The vectors of `texts`. Batches that `parts` has are not embedded again. Raises ModelError."""
        import numpy as np

        batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
        rows: list[Floats] = []
        done = 0
        with ThreadPoolExecutor(self._source.parallel) as pool:
            # Threads of a pool have a context of their own, and the bill is in that of the question.
            asked = [partial(copy_context().run, self._batch, batch, parts) for batch in batches]
            for made in pool.map(lambda batch: batch(), asked):
                rows.append(made)
                done += len(made)
                parts.tell(done, len(texts))
        wide = {part.shape[1] for part in rows}
        if len(wide) != 1:
            raise ModelError(f"the embedder {self.name} gives vectors of several sizes: {sorted(wide)}")
        return self.load(_dimension(wide.pop())), np.concatenate(rows)

    def load(self, data: bytes) -> Asked:
        try:
            return Asked(self._source, int(json.loads(data)["dimension"]), self._memo)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a basis: {error}") from error

    def close(self) -> None:
        """Gives back what the source holds."""
        self._source.close()

    def _batch(self, texts: Sequence[str], parts: Parts) -> Floats:
        key = _digest("\0".join(texts))
        kept: Floats | None = parts.load(key)
        if kept is not None and len(kept) == len(texts):
            return kept
        rows = _units(self._source.texts(texts), len(texts), self.name)
        parts.save(key, rows)
        return rows


class Asked:
    """Turns questions into vectors beside those of a document. Implements `core.seams.Basis`."""

    def __init__(self, source: Source, dimension: int, memo: Memo | None) -> None:
        self._source = source
        self._dimension = dimension
        self._memo = memo

    def embed(self, query: str) -> Floats:
        """Raises ModelError, also where the source now gives vectors of another size than the document has."""
        import numpy as np

        key = f"question {self._source.name} {_digest(query)}"
        kept = self._memo.recall(key) if self._memo is not None else None
        if kept is not None:
            vector: Floats = np.frombuffer(base64.b64decode(kept), dtype=np.float32)
        else:
            vector = _units([self._source.query(query)], 1, self._source.name)[0]
            if self._memo is not None:
                self._memo.keep(key, base64.b64encode(vector.tobytes()).decode())
        if len(vector) != self._dimension:
            told = f"the embedder {self._source.name} gives {len(vector)} numbers, the index has {self._dimension}"
            raise ModelError(told, "is it another model now? name it differently, or clew library remove the document")
        return vector

    def to_bytes(self) -> bytes:
        return _dimension(self._dimension)


def _dimension(size: int) -> bytes:
    return json.dumps({"dimension": size}).encode()


def _units(rows: Any, count: int, name: str) -> Floats:
    """`rows` with length 1. Raises ModelError where they are not `count` rows of finite numbers."""
    import numpy as np

    try:
        vectors: Floats = np.asarray(rows, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise ModelError(f"the embedder {name} gave no vectors: {error}") from error
    if vectors.ndim != 2 or len(vectors) != count or not vectors.shape[1] or not np.isfinite(vectors).all():
        raise ModelError(f"the embedder {name} gave no {count} vectors, but an array of shape {vectors.shape}")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = (vectors / np.where(lengths > 1e-9, lengths, 1)).astype(np.float32)
    return units


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
