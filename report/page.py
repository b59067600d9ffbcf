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
from ..core.wording import counted, lasting, printable, remainder
from .reach import covered, failures
from .verdict import VERDICTS, doubts, headline
from .where import page_of, sheets, span_of

AROUND = 400
"""Characters of text shown on each side of a quote."""
MOST_FILES = 200
"""Files in the table; there may be ten thousand."""
_breaks = re.compile(r"[^\S\n]*\n\s*").sub
_mark = re.compile(r"\[(\d{1,9})\]").sub


def page(answer: Answer, books: Mapping[str, Book]) -> str:
    """`answer` as HTML.

    Args:
        books: by document id, for the text around quotes; a quote whose document is not here stands alone.
    """
    return _template().substitute(
        title=escape(answer.question[:80]),
        question=escape(answer.question),
        status=answer.status,
        verdict=VERDICTS[answer.status],
        asked=escape(_asked(answer)),
        answer=_linked(answer),
        doubts=_list("In doubt", _doubts(answer)),
        quotes="\n".join(_quote(c, books.get(c.document_id)) for c in answer.citations) or '<p class="dim">None.</p>',
        covered=escape(_sentence(covered(answer.coverage))),
        documents=_documents(answer),
        unread=_list("What was not read", _unread(answer)),
        path=_table(_way(answer)),
        usage=_table(_usage(answer)),
        notices=_list("Notices", answer.notices),
        version=escape(answer.version),
        run=escape(answer.run),
    )


@cache
def _template() -> Template:
    return Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))


def _doubts(answer: Answer) -> list[str]:
    return [_sentence(doubt) for doubt in doubts(answer)] if answer.text and answer.status != "answered" else []


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _asked(answer: Answer) -> str:
    """`2026-11-21 11:15 UTC · 3 files · qwen3-8b`: when, of what, and of which model it was asked."""
    when = [f"{answer.date[:16].replace('T', ' ')} UTC"] if answer.date else []
    return " · ".join([*when, counted(len(answer.documents), "file"), answer.model])


def _linked(answer: Answer) -> str:
    """The answer, its marks as links to their quotes."""
    if not answer.text:
        return f'<span class="dim">{escape(headline(answer))}</span>'
    known = {citation.number for citation in answer.citations}

    def link(mark: re.Match[str]) -> str:
        return f'<a href="#quote-{mark[1]}">[{mark[1]}]</a>' if int(mark[1]) in known else mark[0]

    return _mark(link, escape(answer.text))


def _list(title: str, items: Sequence[str]) -> str:
    lines = "".join(f'<li dir="auto">{escape(item)}</li>' for item in items)
    return f"<h2>{title}</h2><ul>{lines}</ul>" if items else ""


def _quote(citation: Citation, book: Book | None) -> str:
    """Where a quote stands, what a row of a table stands under, and the quote, marked, in what stands around it."""
    place = [page_of(citation.page, citation.page_label), *citation.headings]
    told = " › ".join(escape(printable(part)) for part in place if part)
    span = Span(citation.document_id, citation.start, citation.end)
    before, after = book.around(span, AROUND) if book else ("", "")
    columns = escape("\n".join(map(printable, citation.context)))
    seen = all(line in before for line in citation.context)
    # Rows of a table keep their lines; those of a paragraph end where a page was wide.
    before, quote, after = (text if columns else _flowing(text) for text in (before, citation.quote, after))
    return (
        f'<p class="place" id="quote-{citation.number}"><a href="#answer">[{citation.number}]</a> '
        f"<b>{escape(printable(citation.document))}</b>{'<br>' if told else ''}{told}"
        f"<br>{span_of(citation.start, citation.end)}</p>"
        + (f'<p class="columns" dir="auto">{columns}</p>' if columns and not seen else "")
        + f'<blockquote dir="auto">{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}</blockquote>'
    )


def _flowing(text: str) -> str:
    """`text` with a line for each of its paragraphs."""
    return _breaks(lambda gap: "\n\n" if gap[0].count("\n") > 1 else " ", text)


def _documents(answer: Answer) -> str:
    """File by file, what was read of it, and the fingerprint of its text; those of which something was read first."""
    files = sorted(answer.documents, key=lambda one: not one.read and one.reason == "it was not read")
    rows = [
        (
            printable(one.document),
            "all of it was read" if one.read and not one.pages_without_text else one.reason or "not all of it was read",
            one.document_id or "",
        )
        for one in files[:MOST_FILES]
    ]
    more = len(files) - len(rows)
    rows += [(counted(more, "further file"), "", "")] if more else []
    return _table(rows, ("file", "", "fingerprint of its text"))


def _unread(answer: Answer) -> list[str]:
    """What was not opened, stretches that failed, files that could not be opened, and pages that hold no text."""
    c = answer.coverage
    left = [f"{remainder(c.characters_read, c.characters)} of the text"] if c.read < c.chunks else []
    unopened = [f"{one.document}: {one.reason}" for one in answer.documents if one.document_id is None]
    blank = [
        f"{one.document}: no text on {sheets(one.pages_without_text, 100)}"
        for one in answer.documents
        if one.pages_without_text
    ]
    return [*left, *failures(c, 100), *unopened, *blank]


def _way(answer: Answer) -> list[tuple[str, ...]]:
    """The strategy and why, then what was done; steps of one kind in turns one after another together."""
    asked = [("strategy", answer.strategy, answer.route or "")]
    runs = [list(same) for _, same in groupby(answer.path, key=lambda step: (step.role, step.task))]
    return [*asked, *map(_step, runs)]


def _step(same: Sequence[Step]) -> tuple[str, ...]:
    first, last = same[0], same[-1]
    turns = f"turn {first.turn}" if first.turn == last.turn else f"turns {first.turn} to {last.turn}"
    failed, notes = sum(step.failed for step in same), sum(step.notes for step in same)
    calls = counted(sum(step.calls for step in same), "call") + (f", {failed:,} failed" if failed else "")
    found = f", {counted(notes, 'place')} noted" if notes else ""
    return (turns, f"{first.role.replace('_', '-')}: {first.task}", calls + found)


def _usage(answer: Answer) -> list[tuple[str, ...]]:
    u = answer.usage
    cached = f", of them {u.cached_tokens:,} cached by the server" if u.cached_tokens else ""
    return [
        ("calls", f"{u.calls:,} sent, {u.replayed:,} answered from what was kept"),
        ("tokens", f"{u.prompt_tokens:,} of prompts{cached}; {u.completion_tokens:,} of replies"),
        *([("embedding", f"{u.embedding_calls:,} calls, {u.embedding_tokens:,} tokens")] if u.embedding_calls else []),
        ("time", lasting(u.seconds)),
        ("cost", "unknown" if u.calls and u.cost is None else f"{u.cost:,.4f} USD" if u.cost else "nothing"),
    ]


def _table(rows: Sequence[Sequence[str]], head: Sequence[str] = ()) -> str:
    top = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>" if head else ""
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + top + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
