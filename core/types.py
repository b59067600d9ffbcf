"""The values that travel through Clew: documents, spans, notes, calls. Frozen, typed, needing no model.

All offsets are code points into `Document.text`, end exclusive.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from typing import Any, Literal

Role = Literal["planner", "reader", "explorer", "memory_writer", "manager"]
Limit = Literal["calls", "tokens", "cost", "seconds", "interrupt"]
NeedStatus = Literal["open", "supported", "contradicted", "abandoned"]


@dataclass(frozen=True, slots=True)
class Page:
    """One physical sheet of a paged document."""

    number: int
    """Counts from 1, as a reader of the file turns the sheets."""
    start: int
    end: int
    label: str | None = None
    """The number printed on the sheet or given to it by the file, such as `iv` or `F-12`; None where there is none."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The span of a heading's own words; its section runs to the next heading of the same or a higher rank."""

    level: int
    """1 is the highest rank."""
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A file as text, with a map of its pages and headings."""

    text: str
    pages: tuple[Page, ...]
    """In order, tiling the text; empty where the format has no pages."""
    headings: tuple[Heading, ...]
    """In order of `start`."""
    loader: str
    """Name of the loader that made the text."""

    @cached_property
    def id(self) -> str:
        """Fingerprint of text, page and heading spans and loader: the same content has the same id on every machine."""
        digest = hashlib.sha256(self.loader.encode() + b"\0" + self.text.encode("utf-8", "replace"))
        for page in self.pages:
            digest.update(b"p%d,%d;" % (page.start, page.end))
        for heading in self.headings:
            digest.update(b"h%d,%d,%d;" % (heading.level, heading.start, heading.end))
        return digest.hexdigest()[:20]

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.start for heading in self.headings]

    @cached_property
    def _enclosing(self) -> list[int]:
        """Of every heading, the place of the one that it stands under; -1 for an outermost one."""
        places: list[int] = []
        for heading in self.headings:
            at = len(places) - 1
            while at >= 0 and self.headings[at].level >= heading.level:
                at = places[at]
            places.append(at)
        return places

    def page_at(self, offset: int) -> int | None:
        """Number of the sheet that holds `offset`; None without pages."""
        at = bisect_right(self._page_starts, offset) - 1
        return self.pages[at].number if at >= 0 else None

    def label_at(self, offset: int) -> str | None:
        """What is printed as the number of the sheet that holds `offset`; None where nothing is."""
        at = bisect_right(self._page_starts, offset) - 1
        return self.pages[at].label if at >= 0 else None

    def headings_above(self, offset: int) -> tuple[Heading, ...]:
        """Headings that `offset` stands under or in, outermost first."""
        path: list[Heading] = []
        at = bisect_right(self._heading_starts, offset) - 1
        while at >= 0:
            path.append(self.headings[at])
            at = self._enclosing[at]
        return tuple(reversed(path))

    def heading_path(self, offset: int) -> tuple[str, ...]:
        """Words of the headings above `offset`, outermost first."""
        return tuple(" ".join(self.text[above.start : above.end].split()) for above in self.headings_above(offset))

    def pages_without_text(self) -> tuple[int, ...]:
        """Numbers of the sheets that have no text layer: text that nobody has read."""
        return tuple(p.number for p in self.pages if not self.text[p.start : p.end].strip())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one document."""

    document: str
    """Document id."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences, about 200 estimated tokens: the unit that is stored, indexed and ranked."""

    document: str
    index: int
    """Position among the document's passages, from 0."""
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole passages of one document that fills a strategy's budget for one reading."""

    document: str
    index: int
    """Position among the document's chunks, from 0."""
    start: int
    end: int
    tokens: int
    """As counted by the model that will read it."""

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)


@dataclass(frozen=True)
class Evidence:
    """A stretch of text that stands in the document: made only by reading it there, so it cannot be wrong."""

    source: InitVar[Document]
    start: int
    end: int
    document: str = field(init=False)
    """Document id."""
    text: str = field(init=False)

    def __post_init__(self, source: Document) -> None:
        if not 0 <= self.start < self.end <= len(source.text):
            raise ValueError(f"no text at {self.start}:{self.end} of a document of {len(source.text)} characters")
        object.__setattr__(self, "document", source.id)
        object.__setattr__(self, "text", source.text[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be known before the question can be answered."""

    number: int
    """From 1, in the order they arose."""
    text: str
    origin: Literal["question", "planner", "manager"] = "question"
    status: NeedStatus = "open"


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader took from one place for the question. The place is a span, its words are in the document."""

    span: Span
    claim: str
    """One line, in the reader's words."""
    need: int
    """Number of the need it serves."""
    confidence: float
    """0 to 1, the reader's own."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What model calls took. Adds."""

    calls: int = 0
    """Requests sent."""
    replayed: int = 0
    """Calls answered from the journal, at no cost."""
    prompt_tokens: int = 0
    """Those of tries that came to nothing count too, where the server had their prompt; then as counted here."""
    cached_tokens: int = 0
    """Prompt tokens that the server says it had in its cache."""
    completion_tokens: int = 0
    seconds: float = 0.0
    """Wall time; for a single call its latency."""
    cost: float | None = None
    """USD; None where unknown."""
    repaired: int = 0
    """Replies that were mended, or asked for once more."""
    degraded: int = 0
    """Replies that were taken in a lesser form than asked for; the next run asks for them again."""
    embedding_calls: int = 0
    """Requests for vectors, beside `calls`."""
    embedding_tokens: int = 0
    """Tokens that were embedded; in no `cost`, and under no limit."""
    replayed_tokens: int = 0
    """Prompt tokens of the replayed calls, as when they were sent; in no `prompt_tokens`."""
    replayed_cost: float | None = None
    """USD that the replayed calls took then; None where unknown."""

    def __add__(self, other: Usage) -> Usage:
        parts = (self, other)
        costs = [part.cost for part in parts if part.cost is not None]
        unknown = any(part.cost is None and (part.prompt_tokens or part.completion_tokens) for part in parts)
        spared = [part.replayed_cost for part in parts if part.replayed]
        return Usage(
            self.calls + other.calls,
            self.replayed + other.replayed,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
            sum(costs) if costs and not unknown else None,
            self.repaired + other.repaired,
            self.degraded + other.degraded,
            self.embedding_calls + other.embedding_calls,
            self.embedding_tokens + other.embedding_tokens,
            self.replayed_tokens + other.replayed_tokens,
            None if None in spared or not spared else sum(cost for cost in spared if cost is not None),
        )


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Call:
    """Everything a model is given: the typed prompt, its rendered messages, the shape of the reply, and limits."""

    role: Role
    prompt: Any
    """The typed prompt (a `clew.prompts.Prompt`); models without a language model read its fields."""
    messages: tuple[Message, ...]
    schema: dict[str, Any]
    """JSON schema of the reply."""
    max_tokens: int
    """Limit on completion tokens."""
    tokens: int
    """Of the messages, as the model that is asked counts them; a template or a printed schema adds a few."""
    sample: int = 0
    """Number of the sample, where the same call is made several times."""
    temperature: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What a model returned, and what it took."""

    text: str
    usage: Usage
    value: Any = None
    """The validated reply object; None until it has been validated."""
    finish: str = "stop"
    """Why the model stopped, in the server's word."""
