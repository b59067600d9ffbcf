"""The narrow interfaces between rooms: what a model, a store of facts and a search must do, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from .types import Call, Passage, Reply, Span


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

    narrows: bool
    """Whether it chooses documents first, and ranks passages of those alone: there are too many to see all at once."""

    def rank(self, query: str, limit: int) -> Sequence[tuple[Passage, float]]:
        """At most `limit` passages with a score that falls along the list, best first."""


class Spread(NamedTuple):
    """How near everything in a concept graph is to where a walk begins."""

    elements: Any
    """float32, by element."""
    passages: Any
    """float32, by passage, counted through the documents."""


class Concepts(Protocol):
    """The key elements of a fixed set of documents, and the sentences and passages that hold them."""

    def __len__(self) -> int:
        """Number of elements; they are numbered from 0."""

    def label(self, element: int) -> str:
        """The element as the text writes it."""

    @property
    def rarities(self) -> Any:
        """float32, by element: the higher, the fewer passages hold it."""

    def named(self, text: str) -> Mapping[int, float]:
        """The elements that `text` names, 1 for those named in full, less for the others."""

    def spread(self, elements: Mapping[int, float], passages: Mapping[Passage, float]) -> Spread:
        """Personalised PageRank from weighted elements and passages."""

    def passage(self, number: int) -> Passage:
        """The passage with this number."""

    def mentions(self, element: int, worth: Any, limit: int) -> Sequence[Span]:
        """At most `limit` sentences that hold an element; those whose passage has the highest `worth` first."""

    def neighbours(self, element: int) -> Mapping[int, float]:
        """Elements that share sentences with one, by the share of its sentences."""


class Reranker(Protocol):
    """Judges passages that a search has found."""

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers, higher is better; the same for the same arguments."""


class Basis(Protocol):
    """What turns a query into a vector that can be compared with the vectors of one document."""

    def embed(self, query: str) -> Any:
        """A vector, float32, of the embedder's dimension."""

    def to_bytes(self) -> bytes:
        """For keeping; the embedder's `load` reads it."""


class Parts(Protocol):
    """What of a document has been embedded so far, on disk: a run that was killed goes on there."""

    def load(self, key: str) -> Any:
        """The vectors under `key`, or None."""

    def save(self, key: str, vectors: Any) -> None:
        """On disk when it returns."""

    def tell(self, done: int, total: int) -> None:
        """Told how many passages of the document have been embedded."""


class Embedder(Protocol):
    """Makes vectors of a document's passages."""

    name: str
    """Identity, in letters, digits, `.`, `_` and `-`: vectors of embedders with other names are never compared."""

    def weight(self, passages: int) -> float:
        """How much its rankings of a document with so many passages count beside a lexical one, of which the best
        counts 1; 0 where its vectors are not worth having."""

    def fit(self, texts: Sequence[str], parts: Parts) -> tuple[Basis, Any]:
        """The basis for a document's queries, and its passages' vectors (float32, passages x dimension)."""

    def load(self, data: bytes) -> Basis:
        """A basis that was kept. Raises ValueError for what is none."""
