"""`clew find`: every place that concerns something."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.options import DEFAULTS, Options
from ..core.serialize import json_line
from ..core.wording import counted, printable
from ..report.reach import covered, without_text
from ..report.where import page_of, path_of, span_of
from . import options as o
from . import plan
from .plan import DryRun
from .words import going_on, spent

if TYPE_CHECKING:
    from ..core.results import Found, Place


class Format(StrEnum):
    """How places are printed."""

    table = "table"
    csv = "csv"
    markdown = "markdown"


Layout = Annotated[Format, o.option("format", "How places are printed.")]


def one_form(context: typer.Context, as_json: bool, *, places: bool) -> None:
    """Raises SettingsError where a --format was typed that nothing would come of.

    Args:
        places: whether places are printed at all.
    """
    from ..core.errors import SettingsError

    if not o.typed(context, "layout"):
        return
    if not places:
        raise SettingsError("--format is for places, and an answer is none", "add --all, or leave out --format")
    if as_json:
        raise SettingsError("--json prints one object, whatever --format says", "leave out one of them")


@o.spread
def find(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="What the places concern; '\"words\"' in double quotes are found wherever they stand.",
        ),
    ],
    *,
    layout: Layout = Format.table,
    cutoff: Annotated[float, o.taken("cutoff")] = DEFAULTS.cutoff,
    fresh: Annotated[bool, o.taken("fresh")] = False,
    as_json: o.Json = False,
    documents: o.Documents,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
) -> int:
    """List every place that concerns something, in the text's order.

    Everything is read: --dry-run says what that takes.
    """
    one_form(context, as_json, places=True)
    options = Options(fresh=fresh, cutoff=cutoff, **asdict(limits))
    return search(what, options, documents, models, layout, dry_run=dry_run, as_json=as_json)


def search(
    what: str,
    options: Options,
    documents: o.Documents,
    models: o.Models,
    layout: Format,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Finds and prints places, or what that would take; returns the documented exit code."""
    from ..app.question import asking
    from .progress import Progress

    asking(what, "what to find")
    with Progress() as progress, o.clew(progress, documents.library, models) as clew:
        shelf = documents.opened(clew)
        if dry_run:
            return plan.tell(shelf.plan(what, options, of="find"), options, as_json)
        found = shelf.find(what, options)
    return tell(found, layout, as_json)


def tell(found: Found, layout: Format, as_json: bool) -> int:
    """Prints what was found and returns the documented exit code."""
    if as_json:
        print(json_line(found.to_dict()))
    else:
        if layout == Format.table:
            show_places(found)
        else:
            print({"csv": as_csv, "markdown": as_markdown}[layout](found), end="")
        show_closing(found)
    if found.limit_reached:
        return 130 if found.limit_reached == "interrupt" else 5
    return code_of(found)


def show_closing(found: Found) -> None:
    """Says on standard error what was read, and how a search that was cut short goes on."""
    typer.echo(f"clew: {printable(closing(found))}", err=True)
    if found.limit_reached:
        typer.echo(f"clew: {going_on(found.limit_reached, found.usage.calls, planned=True)}", err=True)


def code_of(found: Found) -> int:
    """The exit code of what was found, whatever cut the run short."""
    return 0 if found.items else 1 if found.coverage.complete else 7


HEAD = ("document", "page", "printed_page", "headings", "columns", "start", "end", "quote")


def rows(found: Found) -> list[tuple[str, ...]]:
    """The cells of `HEAD` for every place."""
    return [
        (
            item.document,
            str(item.page or ""),
            item.page_label or "",
            printable(" › ".join(item.headings)),
            printable(" / ".join(item.context)),
            str(item.start),
            str(item.end),
            said,
        )
        for item, said in zip(found.items, texts(found), strict=True)
    ]


def texts(found: Found) -> list[str]:
    """What every place says, on one line each."""
    return [_said(*pair) for pair in zip_longest(found.items, found.items[1:])]


def _said(item: Place, following: Place | None) -> str:
    """The quote; where its sentence goes on, over the end of a page, say, … and the rest of it.

    A rest that the `following` place begins with, or holds, is left to that.
    """
    quote = " ".join(item.quote.split())
    if not item.goes_on:
        return printable(quote)
    known = following is not None and following.document_id == item.document_id and shares(following, item.rest)
    return printable(f"{quote} … {'' if known else item.rest}".rstrip())


def shares(place: Place, rest: str) -> bool:
    """Whether `rest` and what `place` quotes hold the same words."""
    quote, words = " ".join(place.quote.split()), rest.rstrip("…")
    return words in quote or quote in words


def show_places(found: Found) -> None:
    """Prints one place a paragraph: where it is, what a row of a table stands under, then what it says."""
    from rich.text import Text

    from .paper import Paper

    paper = Paper()
    for at, (item, said) in enumerate(zip(found.items, texts(found), strict=True)):
        if at:
            paper.blank()
        page, path = page_of(item.page, item.page_label), printable(path_of(item.headings))
        paper.items([item.document, page, path, span_of(item.start, item.end)], "dim")
        for line in item.context:
            paper.show(Text(printable(line), style="cyan dim"), indent=4)
        paper.show(Text(said), indent=4)


def as_csv(found: Found) -> str:
    """Rows for a spreadsheet. A cell that begins like a formula is quoted as text: documents are data."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEAD)
    for row in rows(found):
        writer.writerow(["'" + cell if cell[:1] in "=+-@" and cell else cell for cell in row])
    return buffer.getvalue()


def as_markdown(found: Found) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD)]
    for row in rows(found):
        lines.append("| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines) + "\n"


def closing(found: Found) -> str:
    """`12 places · everything was read (240 chunks) · 240 calls`."""
    c, u = found.coverage, found.usage
    parts = [counted(len(found.items), "place")]
    if found.left_out:
        parts.append(f"{counted(found.left_out, 'less likely one')} left out (clew find --cutoff 0 lists all)")
    parts.append(covered(c))
    parts += without_text(found.documents)
    parts += [f"{d.document}: {d.reason}" for d in found.documents if d.document_id is None]
    return " · ".join([*parts, spent(u)])
