"""`clew library`: what is kept, taking it out again, and whether it is sound."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from ..core.errors import StoreError
from . import options as o

app = typer.Typer(help="What the library keeps: list, remove, verify.", no_args_is_help=True)


@app.command("list", epilog="Example: clew library list")
def list_(
    everything: Annotated[
        bool, o.option("all", "Also files that were only asked about, which are kept as a cache.")
    ] = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """The listed documents."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        rows = clew.library.files(listed=not everything)
        folder = clew.library.folder
    if as_json:
        print(json.dumps({"schema": "clew.library/1", "folder": str(folder), "files": [asdict(r) for r in rows]}))
        return 0
    for row in rows:
        print(f"{row.document[:8]}  {row.path}  {row.characters:,} characters{'' if row.listed else '  (cache)'}")
    if not rows:
        typer.echo(f"clew: nothing is listed in {folder}", err=True)
    return 0


@app.command(epilog="Example: clew library remove contract.pdf")
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT", help="Paths, or ids as listed.")],
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Purge documents: text, indexes, runs over them and the replies those received."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        ids = [clew.known(name) for name in documents]
        for document in dict.fromkeys(ids):
            clew.remove(document)
    if as_json:
        print(json.dumps({"schema": "clew.library/1", "removed": list(dict.fromkeys(ids))}))
    else:
        print(f"removed {len(set(ids))} document{'s' if len(set(ids)) != 1 else ''}")
    return 0


@app.command(epilog="Example: clew library verify")
def verify(library: o.LibraryFolder = None, as_json: o.Json = False) -> int:
    """Check that every document is what its id says and that every index matches it; rebuild indexes that do not."""
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        report = clew.verify()
    if as_json:
        print(json.dumps({"schema": "clew.library/1", **asdict(report)}))
    if report.damaged:
        raise StoreError(
            f"damaged: {', '.join(report.damaged)}", "remove these documents, then index their files again"
        )
    if not as_json:
        rebuilt = f", {len(report.rebuilt)} indexes rebuilt" if report.rebuilt else ""
        print(f"{report.documents} documents sound{rebuilt}")
    return 0
