"""`clew strategies`: the ways of reading, and the algorithm of each that is named."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..core.options import told
from ..core.serialize import json_line
from . import options as o
from .worked import PAGES, Range, book, line, worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..agents.strategies import Entry

Names = Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Only these, in full.", show_default=False)]


def strategies(
    names: Names = None,
    all_of_them: Annotated[bool, o.option("all", "Also small reconstructions of published systems.")] = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List the ways of reading: what each is good at and costs.

    Of those named, the algorithm and the options too. Costs are calls and prompt tokens, as formulas and for a book.
    Models that clew probe measured are listed below.
    """
    from ..agents.strategies import STRATEGIES, entry
    from ..agents.strategies.cost import SYMBOLS

    listed = [each for each in STRATEGIES.values() if all_of_them or not each.replica]
    entries = [entry(name) for name in names or ()] or listed
    probes = _probes(library)
    if as_json:
        print(json_line({**_object(entries, SYMBOLS), "probes": probes}))
    else:
        _table(entries, SYMBOLS, in_full=bool(names))
        _readers([] if names else probes)
    return 0


def _probes(library: str | None) -> list[dict[str, Any]]:
    """What `clew probe` found of the models that it was asked about; nothing where there is no library yet."""
    from ..core.trace import Trace
    from ..evals.probe import all_kept
    from ..memory.library import default_folder

    folder = Path(library) if library else default_folder()
    if not (folder / "clew.sqlite3").exists():
        return []
    with o.clew(Trace(), library) as clew:
        return all_kept(clew.facts)


def _readers(probes: Sequence[dict[str, Any]]) -> None:
    """A line for each model that was probed."""
    from ..evals import probe

    if probes:
        print("\nReaders")
    for found in probes:
        print(probe.line(found))


def _object(entries: Sequence[Entry], symbols: dict[str, str]) -> dict[str, object]:
    values = book()
    rows = [
        {
            "name": entry.name,
            "system": entry.system,
            "good_at": entry.good_at,
            "calls": entry.cost.calls,
            "tokens": entry.cost.tokens,
            "example": _example(worked(entry.cost, values)),
            "reconstruction": entry.replica,
            "options": entry.takes,
            "algorithm": entry.algorithm,
        }
        for entry in entries
    ]
    return {"schema": "clew.strategies/1", "strategies": rows, "symbols": symbols, "example": values}


def _example(found: tuple[Range, Range] | None) -> dict[str, Range] | None:
    return None if found is None else {"calls": found[0], "tokens": found[1]}


def _table(entries: Sequence[Entry], symbols: dict[str, str], in_full: bool) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)

    def show(text: str, style: str, indent: int = 0) -> None:
        # On a terminal lines are folded under their beginning; whoever reads a pipe wants lines as they are.
        if console.is_terminal:
            console.print(Padding(Text(unwrapped(text), style=style), (0, 0, 0, indent)))
        else:
            print(textwrap.indent(text, " " * indent))

    values = book()
    for entry in entries:
        show(entry.name, "bold cyan")
        show(entry.good_at, "", INDENT)
        show(entry.system + ("; a small reconstruction" if entry.replica else ""), "dim", INDENT)
        show(f"calls   {entry.cost.calls.replace(' * ', '·')}", "green", INDENT)
        show(f"tokens  {entry.cost.tokens.replace(' * ', '·')}", "green", INDENT)
        show(f"a book  {line(worked(entry.cost, values))}\n", "green", INDENT)
        if in_full:
            show(f"{entry.algorithm}\n", "", INDENT)
            if entry.takes:
                show("\n".join(map(_option, entry.takes)) + "\n", "cyan", INDENT)
    formulas = " ".join(f"{entry.cost.calls} {entry.cost.tokens}" for entry in entries)
    used = {symbol: meaning for symbol, meaning in symbols.items() if re.search(rf"\b{symbol}\b", formulas)}
    for symbol, meaning in used.items():
        show(f"{symbol:{INDENT}}{meaning}", "dim")
    assumed = ", ".join(f"{symbol} = {values[symbol]:,}" for symbol in used if values[symbol])
    show(f"a book: {PAGES} pages at a window of {values['w']:,} tokens: {assumed}", "dim")


def unwrapped(text: str) -> str:
    """`text` with each paragraph of prose on one line, for a console to fold; indented lines stay as they are."""
    return re.sub(r"(?<=\S)\n(?=\S)(?!--)", " ", text)


def _option(name: str) -> str:
    """An option of one strategy, and what `clew ask` says of it, less the name of the strategy."""
    return f"--{name.replace('_', '-'):14}{told(name).help.partition(': ')[2]}"


INDENT = 4
"""Columns by which what is said of a strategy stands under its name."""
