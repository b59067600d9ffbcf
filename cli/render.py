"""An answer in the terminal: the answer, each quote in a little context, what was read, what is open."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from rich.text import Text

from ..core.book import Book
from ..core.options import DEFAULTS, vain
from ..core.results import Answer, Citation, Status
from ..core.types import Span
from ..core.wording import counted, printable
from ..documents.shown import shown
from ..report.reach import FAILED_SHOWN, covered, failures, without_text
from ..report.verdict import doubts, headline
from ..report.where import page_of, path_of, span_of
from .paper import DOT, Paper
from .words import going_on, spent

CONTEXT = 90
"""Characters of text shown on each side of a quote."""
COMMAND = "    "
"""What a line begins with that can be copied and typed."""
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
    paper = Paper()
    if with_question:
        paper.show(Text(printable(answer.question), style="dim"), Text("Q:", style="dim"), 3)
    said = "\n".join(map(printable, (answer.text or headline(answer)).split("\n")))
    paper.show(Text(said, style="bold"))
    if answer.text and answer.status != "answered":
        paper.show(Text(f"{answer.status}: {DOT.join(doubts(answer))}", style="yellow"))
    margin = len(f"[{len(answer.citations)}] ")
    for citation in answer.citations:
        paper.blank()
        paper.items(_place(citation), "dim", Text(f"[{citation.number}]", style="cyan"), margin)
        paper.show(_quote(citation, books.get(citation.document_id)), indent=margin)
    paper.blank()
    paper.items(closing(answer), "dim")
    for line in advice(answer, command):
        paper.show(Text(line, style="dim"), whole=line.startswith(COMMAND))
    if with_question:
        paper.blank()


def closing(answer: Answer) -> list[str]:
    """`answered`, `quotes 3/3 located`, `terms supported 5/5`, `read 2.3 % of the text`, `14 calls`."""
    located = len(answer.citations)
    quotes, terms = located + answer.rejected_quotes, answer.supported + len(answer.unsupported)
    return [
        answer.status.replace("_", " "),
        *([f"quotes {located}/{quotes} located"] if quotes else []),
        *([f"terms supported {answer.supported}/{terms}"] if terms else []),
        covered(answer.coverage),
        *without_text(answer.documents),
        spent(answer.usage),
    ]


def advice(answer: Answer, command: Sequence[str]) -> list[str]:
    """What to do about what is not known: the command that reads the rest, and its price."""
    lines = []
    c = answer.coverage
    if answer.limit_reached:
        planned = answer.strategy != "summarize"
        lines.append(going_on(answer.limit_reached, answer.usage.calls, planned=planned))
    elif command and c.read + c.failed < c.chunks and answer.status in ("open", "partial"):
        tokens = _about((c.characters - c.characters_read) // 4)
        again = shlex.join(instead(command, "chain", {d.document for d in answer.documents if d.document_id is None}))
        lines += [f"to read the rest, about {tokens:,} tokens of text more:", COMMAND + again]
    if c.failed:
        lines += [f"not read: {line}" for line in failures(c)]
        lines.append("the same command tries what failed again, and pays for no finished call again")
    unopened = [f"{one.document}: {one.reason}" for one in answer.documents if one.document_id is None]
    more = len(unopened) - FAILED_SHOWN
    return [*lines, *unopened[:FAILED_SHOWN], *([f"{counted(more, 'further file')} too"] if more > 0 else [])]


def instead(command: Sequence[str], strategy: str, unread: AbstractSet[str]) -> list[str]:
    """`command` with another strategy, without choices of other ways and without the files that could not be read."""
    at = command.index("--") if "--" in command else len(command)
    words = [*without(command[:at], ["strategy", *vain(strategy)]), "--strategy", strategy, *command[at:]]
    return [word for word in words if shown(word) not in unread]


def without(command: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The words of a command but for these options and their values."""
    words = iter(command)
    for word in words:
        option, equals, _ = word.removeprefix("--").partition("=")
        if not word.startswith("--") or option not in names:
            yield word
        elif not equals and not isinstance(getattr(DEFAULTS, option), bool):
            next(words, None)


def _about(number: int) -> int:
    """`number` with its first two digits: it is an estimate."""
    return round(number, 2 - len(str(number)))


def _place(citation: Citation) -> list[str]:
    """Where a quote stands: document, page, headings, offsets."""
    return [
        citation.document,
        page_of(citation.page, citation.page_label),
        _line(path_of(citation.headings)),
        span_of(citation.start, citation.end),
    ]


def _quote(citation: Citation, book: Book | None) -> Text:
    """The quote between a little of what stands around it, where the document is still here.

    The row of a table stands under what says what its columns are: the rows around it say nothing about it.
    """
    span = Span(citation.document_id, citation.start, citation.end)
    before, after = book.around(span, CONTEXT) if book and not citation.context else ("", "")
    columns = "".join(f"{_line(line)}\n" for line in citation.context)
    quote = _line(citation.quote)
    return Text.assemble(
        (columns, "cyan dim"),
        (_line(before), "dim"),
        (quote if len(quote) <= LONG else _ends(quote), "green"),
        (_line(after), "dim"),
    )


def _ends(quote: str) -> str:
    """The beginning and the end of a long quote, in whole words."""
    first, last = quote[: LONG // 2], quote[-LONG // 2 :]
    return f"{first.rpartition(' ')[0] or first} … {last.partition(' ')[2] or last}"


def _line(text: str) -> str:
    """`text` on one line, as it may be shown."""
    joined = " ".join(text.split())
    lead, tail = text[:1].isspace() * " ", text[-1:].isspace() * " "
    return printable(f"{lead}{joined}{tail}")
