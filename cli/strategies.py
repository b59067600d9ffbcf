"""`clew strategies`: the ways of reading, and the algorithm of each that is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from ..core.options import told, words
from ..core.serialize import json_line
from . import options as o
from .paper import Paper
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
    values, paper = book(), Paper(widest=DOCSTRING)
    for entry in entries:
        _entry(paper, entry, line(worked(entry.cost, values)))
        if in_full:
            _in_full(paper, entry)
    formulas = " ".join(f"{entry.cost.calls} {entry.cost.tokens}" for entry in entries)
    used = {symbol: meaning for symbol, meaning in symbols.items() if re.search(rf"\b{symbol}\b", formulas)}
    for symbol, meaning in used.items():
        paper.show(Text(meaning, "dim"), Text(symbol, "dim"), INDENT)
    assumed = ", ".join(f"{symbol} = {values[symbol]:,}" for symbol in used if values[symbol])
    paper.show(Text(f"a book: {PAGES} pages at a window of {values['w']:,} tokens: {assumed}", "dim"))


def _entry(paper: Paper, entry: Entry, example: str) -> None:
    """What a strategy is called, good at and made after, and what it costs."""
    paper.show(Text(entry.name, "bold cyan"))
    paper.show(Text(entry.good_at), indent=INDENT)
    paper.show(Text(entry.system + ("; a small reconstruction" if entry.replica else ""), "dim"), indent=INDENT)
    costs = {"calls": entry.cost.calls, "tokens": entry.cost.tokens, "a book": example}
    for of, cost in costs.items():
        mark = Text(f"{'':{INDENT}}{of}", "green")
        paper.show(Text(cost.replace(" * ", "·"), "green"), mark, INDENT + len("tokens  "))
    paper.blank()


def _in_full(paper: Paper, entry: Entry) -> None:
    """Its algorithm, as its file begins with it, and the options that only it takes."""
    paper.prose(entry.algorithm, INDENT)
    paper.blank()
    for name in entry.takes:
        mark = Text(f"{'':{INDENT}}{_flag(name)}", "cyan")
        # Less the name of the strategy, which what is told of an option begins with.
        paper.show(Text(told(name).help.partition(": ")[2]), mark, INDENT + FLAGS)
    if entry.takes:
        paper.blank()


def _flag(name: str) -> str:
    """`--order left|right|related`: an option as it is written."""
    value = "|".join(words(name)) or told(name).metavar or ""
    return f"--{name.replace('_', '-')} {value}"


INDENT = 4
"""Columns by which what is said of a strategy stands under its name."""
FLAGS = 28
"""Columns for an option and its values."""
DOCSTRING = 120
"""Columns of a line on a wide terminal: the algorithms are laid out for so many."""
