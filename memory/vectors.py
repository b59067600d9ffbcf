"""Vectors of passages in a Chroma folder, by document. Always with given vectors: Chroma's own embedder is never made.

Chroma is for one process at a time: callers hold the library's lock while a `Vectors` is open. Everything here can be
computed again, so a damaged folder is set aside and an empty one begun: `has` then says 0, and the caller adds anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..core.errors import StoreError

if TYPE_CHECKING:
    from ..core.arrays import Floats


PASSING = ("locked", "is full", "readonly", "unable to open", "disk I/O", "Too many open files")
"""What SQLite, inside Chroma, says of a folder that may be sound: it is no reason to delete vectors."""


class Vectors:
    """A collection of unit vectors, compared by cosine.

    Args:
        folder: Chroma's; made when missing, begun anew when damaged.
        name: of the embedder. Vectors of different embedders are in different collections.

    Attributes:
        rebuilt: whether a damaged folder was emptied: its vectors have to be added again.

    Raises:
        StoreError: the folder cannot be written to.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self.rebuilt = False
        try:
            self._open()
        except OSError as error:
            raise unusable(folder, error) from error
        # Chroma's Rust part raises its own kinds, a panic being no Exception: whatever it is, the folder is no use.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            if passing(error):
                _forget_clients()
                raise unusable(folder, error) from error
            self._begin_anew()

    def __enter__(self) -> Vectors:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
        if type(error).__module__.startswith("chromadb."):
            raise unusable(self._folder, error) from error

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Chroma reads the environment and an `.env` in the working directory: neither may send anything anywhere.
        settings = Settings(
            _env_file=None,
            anonymized_telemetry=False,
            chroma_otel_collection_endpoint="",
            chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        )
        self._client: Any = chromadb.PersistentClient(path=str(self._folder), settings=settings)
        self._collection: Any = self._client.get_or_create_collection(
            self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        self._collection.count()

    def _begin_anew(self) -> None:
        self.rebuilt = True
        try:
            self.close()
            _forget_clients()
            shutil.rmtree(self._folder)
            self._open()
        except Exception as error:
            raise unusable(self._folder, error) from error

    def close(self) -> None:
        """Lets go of the folder's files."""
        client = getattr(self, "_client", None)
        if client is not None:
            client.close()
            del self._client

    def has(self, document_id: str) -> int:
        """Number of vectors of a document. Looks one up, since Chroma counts what it can no longer find: then 0."""
        from chromadb.errors import ChromaError

        try:
            held = self._collection.get(where={"document": document_id}, include=[])["ids"]
            if held:
                one = self._collection.get(ids=held[:1], include=["embeddings"])["embeddings"]
                self._collection.query(query_embeddings=one, n_results=1, where={"document": document_id}, include=[])
        except ChromaError as error:
            if passing(error):
                raise unusable(self._folder, error) from error
            self._begin_anew()
            return 0
        return len(held)

    def add(self, document_id: str, vectors: Floats) -> None:
        """Replaces the vectors of a document: one row a passage, in order. Zero rows match nothing and are left out."""
        self.remove(document_id)
        rows = [at for at, row in enumerate(vectors) if row.any()]
        step = self._client.get_max_batch_size()
        for begin in range(0, len(rows), step):
            part = rows[begin : begin + step]
            self._collection.add(
                ids=[f"{document_id}:{at}" for at in part],
                embeddings=vectors[part],
                metadatas=[{"document": document_id, "passage": at} for at in part],
            )

    def remove(self, document_id: str) -> None:
        """Deletes the vectors of a document."""
        self._collection.delete(where={"document": document_id})

    def purge(self, document_id: str) -> None:
        """Deletes the vectors of a document, whichever embedder made them."""
        for collection in self._client.list_collections():
            collection.delete(where={"document": document_id})

    def of(self, document_id: str) -> Near:
        """The vectors of a document, to be compared."""
        import numpy as np

        found = self._collection.get(where={"document": document_id}, include=["embeddings", "metadatas"])
        passages = [int(data["passage"]) for data in found["metadatas"]]
        order = sorted(range(len(passages)), key=passages.__getitem__)
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return Near([passages[at] for at in order], rows[order])


@dataclass(frozen=True, slots=True)
class Near:
    """Vectors of one document's passages.

    Compared one by one: Chroma's own index is approximate, and what it finds for one document depends on the order of
    insertion and on the other documents in the collection.
    """

    passages: Sequence[int]
    rows: Floats
    """Unit vectors, in the order of `passages`."""

    def nearest(self, vector: Sequence[float] | Floats, limit: int) -> list[int]:
        """At most `limit` passages by cosine with `vector`, nearest first; none for a zero vector."""
        import numpy as np

        wanted = np.asarray(vector, dtype=np.float32)
        if not self.passages or not wanted.any():
            return []
        # Rounded, so that equal passages stay in the order of the text on every machine.
        order = np.argsort(-np.round(self.rows @ wanted, 5), kind="stable")[:limit]
        return [self.passages[at] for at in order]


def passing(error: BaseException) -> bool:
    """Whether `error` may be over the next time, and the folder sound."""
    return any(sign in str(error) for sign in PASSING)


def _forget_clients() -> None:
    """A client that failed to start stays in Chroma's cache, and would be handed out again."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def unusable(folder: Path, error: BaseException | None) -> StoreError:
    """`error` as what a user can act on: vectors in `folder` cannot be read or written."""
    room = any(sign in str(error) for sign in ("is full", "disk I/O", "No space left"))
    hint = "free some space; what was finished is kept" if room else "make the folder writable, or delete it"
    return StoreError(f"the vectors in {folder} cannot be used: {error}", hint)
