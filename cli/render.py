"""An answer in the terminal: the answer, each quote in a little context, what was read, what is open."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..core.book import Book
from ..core.results import Answer, Citation
from ..core.types import Span

CONTEXT = 90
"""Characters of text shown on each side of a quote."""
LONG = 600
"""A quote longer than this is shown by its beginning and its end; the JSON has it whole."""


def exit_code(answer: Answer) -> int:
    """The documented exit code of an answer."""
    if answer.limit_reached is not None:
        return 5
    return {"answered": 0, "partial": 0, "conflicting": 0, "not_found": 1, "open": 7}[answer.status]


def render(answer: Answer, books: Mapping[str, Book], command: Sequence[str] = ()) -> None:
    """Prints `answer` to standard output, and on a terminal in colour and to its width.

    Args:
        books: by document id, for the context of quotes.
        command: what was typed, to be advised with another strategy.
    """
    console = Console(highlight=False)

    def show(text: Text, indent: int = 0) -> None:
        if console.is_terminal:
            console.print(Padding(text, (0, 0, 0, indent)))
        else:
            # Whoever reads a pipe wants lines as they are.
            console.print(Text(" " * indent) + text, soft_wrap=True)

    show(Text(answer.text or headline(answer), style="bold"))
    if answer.text and answer.status != "answered":
        show(Text(f"{answer.status}: {_doubt(answer)}", style="yellow"))
    for citation in answer.citations:
        console.print()
        show(_place(citation, several=len(books) > 1))
        show(_quote(citation, books[citation.document_id]), 4)
    console.print()
    for line in [closing(answer), *advice(answer, command)]:
        show(Text(line, style="dim"))


def headline(answer: Answer) -> str:
    """What is said where there is no answer. A model that only matches words cannot say what a text does not hold."""
    if answer.strategy == "summarize":
        return "Nothing was found to summarise."
    if answer.status == "open":
        return "Not found in what was read; not everything was."
    if answer.model == "extractive":
        return "No sentence was found that answers it; all of the text was read."
    return "Not in the text: all of it was read."


def closing(answer: Answer) -> str:
    """`quotes 3/3 located · terms supported 5/5 · read 212 of 240 chunks · 14 calls`."""
    located = len(answer.citations)
    terms = answer.supported + len(answer.unsupported)
    c, u = answer.coverage, answer.usage
    parts = [f"quotes {located}/{located + answer.rejected_quotes} located"]
    if terms:
        parts.append(f"terms supported {answer.supported}/{terms}")
    parts.append(f"read {c.read:,} of {c.chunks:,} chunks" + (f", {c.failed:,} failed" if c.failed else ""))
    if c.pages and c.pages.without_text:
        parts.append(f"{len(c.pages.without_text)} pages without text")
    parts.append(f"{u.calls:,} calls" + (f" and {u.replayed:,} replayed" if u.replayed else ""))
    return " · ".join(parts)


def advice(answer: Answer, command: Sequence[str]) -> list[str]:
    """What to do about what is not known: the command that reads the rest, and its price."""
    lines = []
    c = answer.coverage
    if answer.limit_reached:
        lines.append(f"the limit on {answer.limit_reached} was reached; the same command with more goes on from here")
    if command and c.read < c.chunks and answer.status in ("open", "partial") and not answer.limit_reached:
        tokens = (c.characters - c.characters_read) // 4
        again = shlex.join([*command, "--strategy", "chain"])
        lines.append(f"to read the rest, about {tokens:,} tokens of text more: {again}")
    for document in answer.documents:
        if document.reason and (document.document_id is None or answer.coverage.failed):
            lines.append(f"{document.document}: {document.reason}")
    return lines


def _doubt(answer: Answer) -> str:
    doubts = []
    if answer.unsupported:
        doubts.append("in no cited passage: " + ", ".join(answer.unsupported))
    if answer.missing:
        doubts.append("still open: " + "; ".join(answer.missing))
    if answer.limit_reached:
        doubts.append(f"the limit on {answer.limit_reached} was reached")
    if answer.coverage.failed:
        doubts.append(f"{answer.coverage.failed} chunks could not be read")
    if answer.coverage.documents_failed:
        doubts.append(f"{answer.coverage.documents_failed} files could not be read")
    if answer.status == "conflicting":
        doubts.append("the text contradicts itself")
    return " · ".join(doubts) or "no citation"


def _place(citation: Citation, *, several: bool) -> Text:
    place = Text(f"[{citation.number}] ", style="cyan")
    parts = [
        citation.document if several else "",
        f"page {citation.page}" if citation.page else "",
        citation.heading or "",
        f"characters {citation.start:,} to {citation.end:,}",
    ]
    place.append(" · ".join(part for part in parts if part), style="dim")
    return place


def _quote(citation: Citation, book: Book) -> Text:
    """The quote between a little of what stands around it."""
    span = Span(citation.document_id, citation.start, citation.end)
    before = book.text(Span(span.document, max(0, span.start - CONTEXT), span.start))
    after = book.text(Span(span.document, span.end, span.end + CONTEXT))
    text = Text()
    text.append(_line("…" + before.partition(" ")[2] if span.start > CONTEXT else before), style="dim")
    quote = _line(citation.quote)
    text.append(quote if len(quote) <= LONG else f"{quote[: LONG // 2]} … {quote[-LONG // 2 :]}", style="green")
    more = span.end + CONTEXT < len(book.document.text)
    text.append(_line(after.rpartition(" ")[0] + "…" if more else after), style="dim")
    return text


def _line(text: str) -> str:
    """`text` on one line; control characters are shown, not sent to a terminal."""
    joined = " ".join(text.split())
    lead, tail = text[:1].isspace() * " ", text[-1:].isspace() * " "
    return "".join(c if c.isprintable() or c == " " else "�" for c in f"{lead}{joined}{tail}")
