"""What a run gives: answers, places, and how much of the text they rest on. Frozen, and ready to be printed as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from .types import Limit, Usage

Status = Literal["answered", "conflicting", "partial", "not_found", "open"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `quote == document.text[start:end]`."""

    number: int
    document: str
    """Path as given."""
    document_id: str
    page: int | None
    heading: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence offered with an answer."""

    kind: Literal["noted", "opened"]
    document: str
    document_id: str
    page: int | None
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the question's scope: whether all of it, some of it or none was read, and why not."""

    document: str
    document_id: str | None
    """None where the file could not be opened."""
    read: bool
    """True when every chunk of it was read."""
    reason: str | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A chunk that was to be read and was not."""

    document: str
    chunk: int
    reason: str


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """Sheets in all, and those that hold no text."""

    total: int
    without_text: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the text was read."""

    chunks: int
    read: int
    failed: int
    characters: int
    characters_read: int
    documents_failed: int
    pages: PageCoverage | None
    reasons: tuple[Missed, ...]

    @property
    def complete(self) -> bool:
        """Everything was read: only then may it be said that something is not in the documents."""
        unread_pages = self.pages is not None and bool(self.pages.without_text)
        return self.read == self.chunks and not self.failed and not self.documents_failed and not unread_pages


@dataclass(frozen=True)
class Answer:
    """An answer with everything needed to check it."""

    run: str
    question: str
    strategy: str
    """As asked for."""
    route: str | None
    """What `auto` chose, and why; None for the other strategies."""
    model: str
    status: Status
    text: str | None
    """With `[n]` marks that point into `citations`; None when there is no answer."""
    citations: tuple[Citation, ...]
    evidence: tuple[Item, ...]
    documents: tuple[Listed, ...]
    coverage: Coverage
    unsupported: tuple[str, ...]
    """Hard facts of the answer that stand in no cited passage."""
    usage: Usage
    rejected_quotes: int
    """References of a model to text that is not there, dropped."""
    limit_reached: Limit | None
    supported: int = 0
    """Hard facts of the answer that do stand in a cited passage."""
    missing: tuple[str, ...] = ()
    """Needs that are still open."""
    notices: tuple[str, ...] = ()
    """What the user should know about this run, one line each."""

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.answer/1`."""
        from .serialize import answer_to_dict

        return answer_to_dict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """One place that `find` lists: `quote == document.text[start:end]`."""

    document: str
    """Path as given."""
    document_id: str
    page: int | None
    headings: tuple[str, ...]
    """Headings above it, outermost first."""
    start: int
    end: int
    quote: str
    claim: str
    """What the reader says it tells, where it says so."""
    score: float
    """The reader's confidence, 0 to 1."""


@dataclass(frozen=True)
class Found:
    """Every place that concerns something, in the order of the text, and how much of the text was read."""

    run: str
    what: str
    model: str
    items: tuple[Place, ...]
    documents: tuple[Listed, ...]
    coverage: Coverage
    usage: Usage
    rejected_quotes: int
    limit_reached: Limit | None
    notices: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.find/1`."""
        from .serialize import found_to_dict

        return found_to_dict(self)
