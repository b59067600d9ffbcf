"""`clew find`: every place that concerns something."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from . import options as o
from .words import counted, page_of, path_of, spent, without_text

if TYPE_CHECKING:
    from ..core.results import Found


class Format(StrEnum):
    """How places are printed."""

    table = "table"
    csv = "csv"
    markdown = "markdown"


Layout = Annotated[Format, o.option("format", "How places are printed.")]


@o.spread
def find(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="What the places concern; '\"words\"' are found as they stand.")
    ],
    files: o.Files = None,
    layout: Layout = Format.table,
    *,
    models: o.Models,
    limits: o.Limits,
    fresh: Annotated[bool, o.option("fresh", "Use no reply of other runs.")] = False,
    within: o.Within = None,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List every place that concerns something, in the order of the text. Reads everything."""
    from ..app import Options
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library, models) as clew:
        found = o.scope(clew, files, within).find(what, Options(fresh=fresh, **asdict(limits)))
    return tell(found, layout, as_json)


def tell(found: Found, layout: Format, as_json: bool) -> int:
    """Prints what was found and returns the documented exit code."""
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        print({"table": as_table, "csv": as_csv, "markdown": as_markdown}[layout](found), end="")
        typer.echo(f"clew: {closing(found)}", err=True)
    if found.limit_reached:
        return 130 if found.limit_reached == "interrupt" else 5
    return 0 if found.items else 1 if found.coverage.complete else 7


HEAD = ("document", "page", "printed", "headings", "columns", "characters", "quote")


def rows(found: Found) -> list[tuple[str, ...]]:
    """The cells of `HEAD` for every place."""
    return [
        (
            item.document,
            str(item.page or ""),
            item.page_label or "",
            " › ".join(item.headings),
            " / ".join(item.context),
            f"{item.start}-{item.end}",
            " ".join(item.quote.split()),
        )
        for item in found.items
    ]


def as_table(found: Found) -> str:
    """One place a paragraph: where it is, what a row of a table stands under, then what it says."""
    lines = []
    for item in found.items:
        page, characters = page_of(item.page, item.page_label), f"characters {item.start}-{item.end}"
        place = " · ".join(part for part in (item.document, page, path_of(item.headings), characters) if part)
        lines.append("\n    ".join([place, *item.context, " ".join(item.quote.split())]) + "\n")
    return "\n".join(lines)


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
    chunks = counted(c.chunks, "chunk")
    parts = [counted(len(found.items), "place")]
    if found.left_out:
        parts.append(f"{counted(found.left_out, 'less likely one')} left out")
    parts.append(f"everything was read ({chunks})" if c.complete else f"read {c.read:,} of {chunks}")
    if c.failed:
        parts.append(f"{c.failed:,} failed")
    parts += without_text(found.documents)
    parts += [f"{d.document}: {d.reason}" for d in found.documents if d.document_id is None]
    if found.limit_reached:
        parts.append(f"the limit on {found.limit_reached} was reached")
    return " · ".join([*parts, spent(u)])
