"""An answer in the terminal: the answer, each quote in a little context, what was read, what is open."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..core.book import Book
from ..core.results import Answer, Citation, Status
from ..core.types import Span
from ..core.wording import counted, printable
from ..documents.shown import shown
from .words import covered, going_on, page_of, path_of, reached, span_of, spent, without_text

CONTEXT = 90
"""Characters of text shown on each side of a quote."""
LONG = 600
"""A quote longer than this is shown by its beginning and its end; the JSON has it whole."""


def exit_code(answer: Answer) -> int:
    """The documented exit code of an answer."""
    if answer.limit_reached is not None:
        return 130 if answer.limit_reached == "interrupt" else 5
    return code_of(answer.status)


def code_of(status: Status) -> int:
    """The exit code of a status, whatever cut the run short."""
    return {"answered": 0, "partial": 0, "conflicting": 0, "not_found": 1, "open": 7}[status]


def render(
    answer: Answer, books: Mapping[str, Book], command: Sequence[str] = (), *, with_question: bool = False
) -> None:
    """Prints `answer` to standard output, and on a terminal in colour and to its width.

    Args:
        books: by document id, for the context of quotes.
        command: what was typed, to be advised with another strategy.
        with_question: whether the question stands above, as it must where several are answered.
    """
    console = Console(highlight=False)

    def show(text: Text, indent: int = 0) -> None:
        if console.is_terminal:
            console.print(Padding(text, (0, 0, 0, indent)))
        else:
            # Whoever reads a pipe wants lines as they are.
            console.print(Text(" " * indent) + text, soft_wrap=True)

    if with_question:
        show(Text(f"Question: {printable(answer.question)}", style="dim"))
    said = "\n".join(map(printable, (answer.text or headline(answer)).split("\n")))
    show(Text(said, style="bold"))
    if answer.text and answer.status != "answered":
        show(Text(f"{answer.status}: {_doubt(answer)}", style="yellow"))
    for citation in answer.citations:
        console.print()
        show(_place(citation))
        show(_quote(citation, books.get(citation.document_id)), 4)
    console.print()
    for line in [closing(answer), *advice(answer, command), *([""] if with_question else [])]:
        show(Text(line, style="dim"))


def headline(answer: Answer) -> str:
    """What is said where there is no answer. A model that only matches words cannot say what a text does not hold."""
    if answer.strategy == "summarize":
        return "Nothing was found to summarise."
    if answer.status == "open":
        return _left_open(answer)
    if answer.model == "extractive":
        return "No sentence was found that answers it; the built-in model only matches words."
    return "Not in the text: all of it was read."


def _left_open(answer: Answer) -> str:
    c = answer.coverage
    if not c.characters_read:
        return "Nothing was read, so nothing was found."
    if c.read < c.chunks or c.failed:
        return "Not found in what was read; not everything was."
    blank = len(c.pages.without_text) if c.pages else 0
    left = [
        *([f"{counted(c.documents_failed, 'file')} could not be read"] if c.documents_failed else []),
        *([f"{counted(blank, 'page')} {'holds' if blank == 1 else 'hold'} no text"] if blank else []),
    ]
    return f"Not found in what was read; {' and '.join(left) or 'the run was cut short'}."


def closing(answer: Answer) -> str:
    """`answered · quotes 3/3 located · terms supported 5/5 · read 212 of 240 chunks · 14 calls`."""
    located = len(answer.citations)
    terms = answer.supported + len(answer.unsupported)
    parts = [answer.status, f"quotes {located}/{located + answer.rejected_quotes} located"]
    if terms:
        parts.append(f"terms supported {answer.supported}/{terms}")
    return " · ".join([*parts, covered(answer.coverage), *without_text(answer.documents), spent(answer.usage)])


def advice(answer: Answer, command: Sequence[str]) -> list[str]:
    """What to do about what is not known: the command that reads the rest, and its price."""
    lines = []
    c = answer.coverage
    if answer.limit_reached:
        planned = answer.strategy != "summarize"
        lines.append(going_on(answer.limit_reached, answer.usage.calls, planned=planned))
    if command and c.read < c.chunks and answer.status in ("open", "partial") and not answer.limit_reached:
        tokens = (c.characters - c.characters_read) // 4
        again = shlex.join(instead(command, "chain", {d.document for d in answer.documents if d.document_id is None}))
        lines.append(f"to read the rest, about {tokens:,} tokens of text more: {again}")
    for missed in c.reasons[:FAILED_SHOWN]:
        lines.append(f"{missed.document}, chunk {missed.chunk + 1}, was not read: {missed.reason}")
    for document in answer.documents:
        if document.reason and (document.document_id is None or answer.coverage.failed):
            lines.append(f"{document.document}: {document.reason}")
    return lines


def instead(command: Sequence[str], strategy: str, unread: AbstractSet[str]) -> list[str]:
    """`command` with another strategy, and without the files that could not be read."""
    kept = list(command)
    while "--strategy" in kept:
        at = kept.index("--strategy")
        del kept[at : at + 2]
    kept = [word for word in kept if not word.startswith("--strategy=") and shown(word) not in unread]
    at = kept.index("--") if "--" in kept else len(kept)
    return [*kept[:at], "--strategy", strategy, *kept[at:]]


FAILED_SHOWN = 5
"""Chunks that could not be read, named one by one."""


def _doubt(answer: Answer) -> str:
    doubts = []
    if answer.unsupported:
        doubts.append("in no cited passage: " + ", ".join(answer.unsupported))
    if answer.missing:
        doubts.append("still open: " + "; ".join(answer.missing))
    if answer.limit_reached:
        doubts.append(reached(answer.limit_reached))
    if answer.coverage.failed:
        doubts.append(f"{counted(answer.coverage.failed, 'chunk')} could not be read")
    if answer.coverage.documents_failed:
        doubts.append(f"{counted(answer.coverage.documents_failed, 'file')} could not be read")
    if answer.status == "conflicting":
        doubts.append("the text contradicts itself")
    return " · ".join(doubts) or "no citation"


def _place(citation: Citation) -> Text:
    place = Text(f"[{citation.number}] ", style="cyan")
    parts = [
        citation.document,
        page_of(citation.page, citation.page_label),
        _line(path_of(citation.headings)),
        span_of(citation.start, citation.end),
    ]
    place.append(" · ".join(part for part in parts if part), style="dim")
    return place


def _quote(citation: Citation, book: Book | None) -> Text:
    """The quote between a little of what stands around it, where the document is still here."""
    span = Span(citation.document_id, citation.start, citation.end)
    before, after = book.around(span, CONTEXT) if book else ("", "")
    text = Text()
    text.append("".join(f"{_line(line)}\n" for line in citation.context), style="cyan dim")
    text.append(_line(before), style="dim")
    quote = _line(citation.quote)
    text.append(quote if len(quote) <= LONG else f"{quote[: LONG // 2]} … {quote[-LONG // 2 :]}", style="green")
    text.append(_line(after), style="dim")
    return text


def _line(text: str) -> str:
    """`text` on one line, as it may be shown."""
    joined = " ".join(text.split())
    lead, tail = text[:1].isspace() * " ", text[-1:].isspace() * " "
    return printable(f"{lead}{joined}{tail}")
