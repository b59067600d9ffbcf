"""Vectors of passages in Chroma: one collection for an embedder, every vector under its document and passage.

Nothing here is the only copy of anything. Chroma is not safe for several processes: whoever calls holds the library's lock.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import StoreError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLLECTION = "passages"
BATCH = 2000
"""Vectors added at once; below Chroma's own limit."""


class Vectors:
    """The vectors of a library. A folder that is missing or damaged is an empty one: vectors can be made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: Any = None

    def has(self, document: str) -> int:
        """Number of vectors of a document."""
        with self._mended():
            return len(self._collection().get(where={"document": document}, include=[])["ids"])
        return 0

    def add(self, document: str, vectors: NDArray[np.float32]) -> None:
        """Adds the vectors of a document's passages, in their order."""
        for first in range(0, len(vectors), BATCH):
            part = vectors[first : first + BATCH]
            places = range(first, first + len(part))
            self._collection().add(
                ids=[f"{document}:{at}" for at in places],
                embeddings=part,
                metadatas=[{"document": document, "passage": at} for at in places],
            )

    def remove(self, document: str) -> None:
        """Removes the vectors of a document."""
        with self._mended():
            if self._folder.exists() and self.has(document):
                self._collection().delete(where={"document": document})

    def query(self, document: str, vector: Sequence[float], limit: int) -> list[tuple[int, float]]:
        """At most `limit` passages of a document with their cosine distance, nearest first."""
        if not any(vector):
            return []
        found = self._collection().query(
            query_embeddings=[list(vector)], n_results=limit, where={"document": document}, include=["metadatas", "distances"]
        )
        rows = zip(found["metadatas"][0], found["distances"][0], strict=True)
        return sorted(((int(row["passage"]), float(far)) for row, far in rows), key=lambda item: (item[1], item[0]))

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Begins anew with an empty folder where Chroma cannot read what is there."""
        try:
            yield
        except StoreError:
            raise
        except Exception:
            self._opened = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def _collection(self) -> Any:
        if self._opened is None or not self._folder.exists():
            self._opened = self._open()
        return self._opened

    def _open(self) -> Any:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        # Chroma keeps one client a folder for the process, which a folder deleted in between would outlive.
        SharedSystemClient.clear_system_cache()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            client = chromadb.PersistentClient(str(self._folder), Settings(anonymized_telemetry=False))
            return client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except OSError as error:
            raise StoreError(f"{self._folder} cannot be used: {error.strerror}", "make the folder writable") from error
