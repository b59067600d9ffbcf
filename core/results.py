"""What a run gives: answers, places, and how much of the text they rest on. Frozen, and ready to be printed as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from .types import Limit, Role, Usage

Status = Literal["answered", "conflicting", "partial", "not_found", "open"]
Unit = Literal["chunk", "passage"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `quote == document.text[start:end]`."""

    number: int
    document: str
    """Path as given."""
    document_id: str
    page: int | None
    """Physical sheet, from 1; None where there are no pages."""
    heading: str | None
    """The innermost."""
    start: int
    end: int
    quote: str
    page_label: str | None = None
    """The number printed on the sheet, where there is one."""
    headings: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    context: tuple[str, ...] = ()
    """For the row of a table, the lines above it that say what its figures mean: title, unit, names of columns."""


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
    page_label: str | None = None
    """The number printed on the sheet, where there is one."""
    headings: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    context: tuple[str, ...] = ()
    """For the row of a table, the lines above it that say what its figures mean: title, unit, names of columns."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the question's scope: whether all of it, some of it or none was read, and why not."""

    document: str
    document_id: str | None
    """None where the file could not be opened."""
    read: bool
    """True when all of it was read."""
    reason: str | None
    pages_without_text: tuple[int, ...] = ()
    """Numbers of its sheets that hold no text, from 1."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A unit of the coverage that was to be read and was not."""

    document: str
    chunk: int
    """Its place among the document's units, from 0."""
    reason: str
    page: int | None = None
    """Where it begins; None where there are no pages."""


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """Sheets in all, and those that hold no text."""

    total: int
    without_text: tuple[int, ...]
    """Numbers of sheets; of several documents one after the other. Which is whose is said in their `Listed`."""
    opened: int | None = None
    """Sheets of which something was read; None in results that were kept before this was counted."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the text was read."""

    chunks: int
    """Units that the text was divided into; so are `read` and `failed`."""
    read: int
    failed: int
    characters: int
    characters_read: int
    documents_failed: int
    pages: PageCoverage | None
    reasons: tuple[Missed, ...]
    unit: Unit = "chunk"
    """What is counted: chunks, each read in one call, or the passages that are looked up one by one."""

    @property
    def complete(self) -> bool:
        """Everything was read: only then may it be said that something is not in the documents."""
        unread_pages = self.pages is not None and bool(self.pages.without_text)
        return self.read == self.chunks and not self.failed and not self.documents_failed and not unread_pages


@dataclass(frozen=True, slots=True)
class Step:
    """What the agents of one role did in one turn of the graph."""

    turn: int
    """From 1; tasks of one turn run in parallel."""
    role: Role
    task: str
    """Name of the prompt."""
    calls: int
    """Tasks, replayed ones included."""
    failed: int
    notes: int
    """Places noted."""


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
    # What is long is left out where a notebook prints an answer; `to_dict` has it all.
    evidence: tuple[Item, ...] = field(repr=False)
    documents: tuple[Listed, ...] = field(repr=False)
    coverage: Coverage = field(repr=False)
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
    path: tuple[Step, ...] = field(default=(), repr=False)
    """What was done, turn by turn."""
    notices: tuple[str, ...] = ()
    """What the user should know about this run, one line each."""
    date: str = ""
    """When it was answered: UTC, ISO 8601."""
    version: str = ""
    """Of Clew."""

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
    """The reader's confidence, settled by the search; 0 to 1."""
    page_label: str | None = None
    """The number printed on the sheet, where there is one."""
    context: tuple[str, ...] = ()
    """For the row of a table, the lines above it that say what its figures mean: title, unit, names of columns."""
    goes_on: bool = False
    """The quote's sentence is cut off, by the end of a page, say, and goes on behind."""
    rest: str = ""
    """How it goes on, on one line."""


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
    left_out: int = 0
    """Places that a reader named and that were left out as too unlikely beside the others."""
    notices: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.find/1`."""
        from .serialize import found_to_dict

        return found_to_dict(self)
