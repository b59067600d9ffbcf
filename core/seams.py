"""The narrow interfaces between rooms: what a model, a store of facts and a search must do, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from .types import Call, Passage, Reply


class ChatModel(Protocol):
    """Turns a call into a reply. Wrappers are chat models too."""

    @property
    def name(self) -> str:
        """Identity: equal names give interchangeable replies."""

    @property
    def window(self) -> int:
        """Tokens of prompt and completion together."""

    def count(self, text: str) -> int:
        """Tokens of `text`; an overestimate where the tokenizer is not known."""

    async def complete(self, call: Call) -> Reply:
        """Raises ModelError, LimitReached."""


class Memo(Protocol):
    """Small facts worth keeping between runs, such as what a server can do."""

    def recall(self, key: str) -> str | None:
        """The fact under `key`, or None."""

    def keep(self, key: str, value: str) -> None:
        """Remembers a fact."""


class ReplyStore(Protocol):
    """Validated replies by key: the journal's shelf."""

    def load_reply(self, key: str) -> str | None:
        """The record under `key`, or None."""

    def save_reply(self, key: str, record: str, run: str) -> None:
        """On disk when it returns."""


class Search(Protocol):
    """Ranks the passages of a fixed set of documents."""

    def rank(self, query: str, limit: int) -> Sequence[tuple[Passage, float]]:
        """At most `limit` passages with a score that falls along the list, best first."""


class Basis(Protocol):
    """What turns a query into a vector that can be compared with the vectors of one document."""

    def embed(self, query: str) -> Any:
        """A vector, float32, of the embedder's dimension."""

    def to_bytes(self) -> bytes:
        """For keeping; the embedder's `load` reads it."""


class Embedder(Protocol):
    """Makes vectors of a document's passages."""

    name: str
    """Identity: vectors of embedders with other names are never compared."""

    def fit(self, texts: Sequence[str]) -> tuple[Basis, Any]:
        """The basis for a document's queries, and its passages' vectors (float32, passages x dimension)."""

    def load(self, data: bytes) -> Basis:
        """A basis that was kept."""
