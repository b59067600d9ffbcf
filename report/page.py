"""An answer as one HTML page that needs nothing beside it: no script, no font, no picture, no network.

Whatever comes from documents, models or the user is escaped, and the page forbids itself to load anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from ..core.book import Book
from ..core.results import Answer, Citation, Step
from ..core.types import Span
from ..core.wording import counted

AROUND = 400
"""Characters of text shown on each side of a quote."""
_mark = re.compile(r"\[(\d+)\]").sub


def page(answer: Answer, books: Mapping[str, Book]) -> str:
    """`answer` as HTML.

    Args:
        books: by document id, for the text around quotes; a quote whose document is not here stands alone.
    """
    return _template().substitute(
        title=escape(answer.question[:80]),
        question=escape(answer.question),
        status=answer.status,
        model=escape(answer.model),
        strategy=escape(answer.route or answer.strategy),
        answer=_linked(answer),
        doubts=_doubts(answer),
        quotes="\n".join(_quote(c, books.get(c.document_id)) for c in answer.citations) or '<p class="dim">None.</p>',
        documents=_documents(answer),
        path=_table([_step(same) for same in _runs(answer.path)]),
        usage=_usage(answer),
        notices=_list("Notices", answer.notices),
        run=escape(answer.run),
    )


@cache
def _template() -> Template:
    return Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))


def _linked(answer: Answer) -> str:
    """The answer, its marks as links to their quotes."""
    if not answer.text:
        return '<span class="dim">No answer.</span>'
    known = {citation.number for citation in answer.citations}

    def link(mark: re.Match[str]) -> str:
        return f'<a href="#quote-{mark[1]}">[{mark[1]}]</a>' if int(mark[1]) in known else mark[0]

    return _mark(link, escape(answer.text))


def _doubts(answer: Answer) -> str:
    limit = [f"The limit on {answer.limit_reached} was reached."] if answer.limit_reached else []
    return "\n".join(
        (
            _list("In no cited passage", answer.unsupported),
            _list("Still open", answer.missing),
            _list("Cut short", limit),
        )
    )


def _list(title: str, items: Sequence[str]) -> str:
    lines = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h2>{title}</h2><ul>{lines}</ul>" if items else ""


def _quote(citation: Citation, book: Book | None) -> str:
    """Where a quote stands, and the quote, marked, in what stands around it."""
    place = [citation.document, f"page {citation.page}" if citation.page else "", citation.heading or ""]
    told = " · ".join(escape(part) for part in place if part)
    span = Span(citation.document_id, citation.start, citation.end)
    before, after = book.around(span, AROUND) if book else ("", "")
    return (
        f'<p class="place" id="quote-{citation.number}">[{citation.number}] {told} · '
        f"characters {citation.start:,} to {citation.end:,}</p>"
        f'<blockquote dir="auto">{escape(before)}<mark>{escape(citation.quote)}</mark>{escape(after)}</blockquote>'
    )


def _documents(answer: Answer) -> str:
    """The coverage: in chunks, and file by file."""
    c = answer.coverage
    chunks, characters = counted(c.chunks, "chunk"), counted(c.characters, "character")
    head = f"{c.read:,} of {chunks}, {c.characters_read:,} of {characters}"
    rows = [
        (listed.document, "read" if listed.read else "not all of it was read", listed.reason or "")
        for listed in answer.documents
    ]
    failed = [(missed.document, f"chunk {missed.chunk + 1}", missed.reason) for missed in c.reasons]
    return f'<p class="dim">{head}</p>{_table([*rows, *failed])}'


def _runs(path: Sequence[Step]) -> list[list[Step]]:
    """Steps of the same kind in turns one after another, together: a chain has hundreds."""
    return [list(same) for _, same in groupby(path, key=lambda step: (step.role, step.task))]


def _step(same: Sequence[Step]) -> tuple[str, ...]:
    first, last = same[0], same[-1]
    turns = f"turn {first.turn}" if first.turn == last.turn else f"turns {first.turn} to {last.turn}"
    failed = sum(step.failed for step in same)
    return (
        turns,
        first.role.replace("_", "-"),
        first.task,
        counted(sum(step.calls for step in same), "call") + (f", {failed:,} failed" if failed else ""),
        f"{counted(sum(step.notes for step in same), 'place')} noted",
    )


def _usage(answer: Answer) -> str:
    u = answer.usage
    rows = [
        ("calls", f"{u.calls:,}"),
        ("calls answered from the journal", f"{u.replayed:,}"),
        ("prompt tokens", f"{u.prompt_tokens:,}"),
        ("of them cached by the server", f"{u.cached_tokens:,}"),
        ("completion tokens", f"{u.completion_tokens:,}"),
        ("seconds", f"{u.seconds:,.1f}"),
        ("cost", "unknown" if u.cost is None else f"${u.cost:,.4f}"),
    ]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
