"""`clew library`: what is kept, taking it out again, and whether it is sound."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..core.errors import StoreError
from ..core.serialize import json_line
from ..core.wording import counted, printable, some
from . import options as o
from .command import Group

if TYPE_CHECKING:
    from ..app.catalogue import Removed, Shown

app = typer.Typer(cls=Group, help="See and mend what is kept: list, show, remove …", no_args_is_help=True)

_WORD = re.compile(r"[^\W\d_]{4}|[^\W\d_\x00-\x7f]")
"""A word of a heading, and not the number of a clause: `3.1`, `(b)`, `VII`."""
NAMED = 10
"""Headings, files or notices printed; --json has them all."""


@app.command("list", epilog="Example: clew library list")
def list_(
    everything: Annotated[
        bool, o.option("all", "Also files that were only asked about, which are kept as a cache.")
    ] = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List the files; one text under two names is two files with one id."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        rows = clew.library.files(listed=not everything)
        folder = clew.library.folder
    if as_json:
        _object(folder=str(folder), files=[asdict(row) for row in rows])
        return 0
    for row in rows:
        print(
            f"{row.document[:8]}  {row.path}  {counted(row.characters, 'character')}{'' if row.listed else '  (cache)'}"
        )
    if not rows:
        typer.echo(f"clew: nothing is listed in {folder}", err=True)
    return 0


@app.command(epilog="Example: clew library show contract.pdf")
def show(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A path, or an id as listed.")],
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Tell what is known of a document: files, size, headings."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        shown = clew.catalogue.show(document)
    if as_json:
        _object(**asdict(shown))
    else:
        print("\n".join(_lines(shown)))
    return 0


def _lines(shown: Shown) -> list[str]:
    lines = [f"document  {shown.document} ({shown.loader})"]
    for file in shown.files:
        state = [file.change or "unchanged", *([] if file.listed else ["kept as a cache"])]
        lines.append(f"file      {file.path} ({', '.join(state)})")
    blank = f" ({len(shown.pages_without_text):,} without text)" if shown.pages_without_text else ""
    pages = f", {counted(shown.pages, 'page')}{blank}" if shown.pages else ""
    passages = counted(shown.passages, "passage")
    lines.append(f"size      {counted(shown.characters, 'character')}{pages}, {passages}")
    named = [heading for heading in shown.headings if _WORD.search(heading)] or shown.headings
    lines += [f"{'' if at else 'headings':10}{printable(heading)}" for at, heading in enumerate(named[:NAMED])]
    more = len(shown.headings) - len(named[:NAMED])
    if more:
        lines.append(f"{'':10}and {more:,} more; --json has them all")
    notices = dict.fromkeys(notice for file in shown.files for notice in file.notices)
    return lines + [f"notice    {notice}" for notice in notices]


@app.command(epilog="Example: clew library remove contract.pdf")
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="Paths, folders, or ids as listed.")],
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Take files out, and purge what nobody else needs.

    A path takes out that file alone, a folder all files below it, an id every file with its text. A text that no other
    file has is purged, with its indexes, the runs over it and the replies those received.
    """
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        removed = clew.catalogue.remove(documents)
    if as_json:
        _object(removed=list(removed.documents), files=list(removed.files), remaining=list(removed.remaining))
    else:
        print(_told(removed))
    return 0


def _told(removed: Removed) -> str:
    told = f"removed {counted(len(removed.files), 'file')}, purged {counted(len(removed.documents), 'document')}"
    if removed.remaining:
        told += f"; the same text stays as {some(removed.remaining, NAMED)}"
    return told


@app.command(epilog="Example: clew library verify")
def verify(library: o.LibraryFolder = None, as_json: o.Json = False) -> int:
    """Check that what is kept is sound; rebuild indexes.

    Every document must be what its id says, and its index match it; an index that does not is rebuilt.
    """
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        report = clew.catalogue.verify()
    if as_json:
        _object(**asdict(report))
    if report.damaged:
        raise StoreError(
            f"damaged: {some(report.damaged, NAMED)}",
            "remove these documents, then index their files again",
        )
    if not as_json:
        print(f"{counted(report.documents, 'document')} sound")
        for path in report.rebuilt:
            print(f"index rebuilt, for its vectors were not those of the text: {path}")
    return 0


@app.command(epilog="Example: clew library export backup/")
def export(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Write every listed text, with a manifest.

    The manifest is one JSON object a line: path, pages and headings of a text.
    """
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        files = clew.catalogue.export(Path(folder))
    if as_json:
        _object(folder=folder, files=files)
    else:
        print(f"{counted(files, 'file')} in {folder}")
    return 0


def _object(**fields: Any) -> None:
    print(json_line({"schema": "clew.library/1", **fields}))
