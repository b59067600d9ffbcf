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

if TYPE_CHECKING:
    from ..core.results import Found


class Format(StrEnum):
    """How places are printed."""

    table = "table"
    csv = "csv"
    markdown = "markdown"


@o.spread
def find(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What the places concern, in quotes.")],
    files: o.Files = None,
    layout: Annotated[Format, o.option("format", "How places are printed.")] = Format.table,
    *,
    models: o.Models,
    limits: o.Limits,
    fresh: Annotated[bool, o.option("fresh", "Use no reply of other runs.")] = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List every place that concerns something, in the order of the text. Reads everything."""
    from ..app import Options
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library, models) as clew:
        shelf = clew.open(files) if files else clew.listed()
        found = shelf.find(what, Options(fresh=fresh, **asdict(limits)))
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        print({"table": as_table, "csv": as_csv, "markdown": as_markdown}[layout](found), end="")
        typer.echo(f"clew: {closing(found)}", err=True)
    if found.limit_reached:
        return 5
    return 0 if found.items else 1 if found.coverage.complete else 7


def rows(found: Found) -> list[tuple[str, str, str, str, str]]:
    """Document, page, headings, offsets and quote of every place."""
    return [
        (
            item.document,
            str(item.page or ""),
            " › ".join(item.headings),
            f"{item.start}-{item.end}",
            " ".join(item.quote.split()),
        )
        for item in found.items
    ]


HEAD = ("document", "page", "headings", "characters", "quote")


def as_table(found: Found) -> str:
    """One place a paragraph: where it is, then what it says."""
    lines = []
    for document, page, headings, characters, quote in rows(found):
        place = [document, f"page {page}" if page else "", headings, f"characters {characters}"]
        lines.append(" · ".join(part for part in place if part) + f"\n    {quote}\n")
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
    read = f"everything was read ({c.chunks:,} chunks)" if c.complete else f"read {c.read:,} of {c.chunks:,} chunks"
    parts = [f"{len(found.items):,} places", read]
    if c.failed:
        parts.append(f"{c.failed:,} failed")
    if c.pages and c.pages.without_text:
        parts.append(f"{len(c.pages.without_text)} pages without text")
    parts += [f"{d.document}: {d.reason}" for d in found.documents if d.document_id is None]
    if found.limit_reached:
        parts.append(f"the limit on {found.limit_reached} was reached")
    return " · ".join([*parts, f"{u.calls:,} calls" + (f" and {u.replayed:,} replayed" if u.replayed else "")])
