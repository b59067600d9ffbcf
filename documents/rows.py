"""Rows of cells as lines. Of a data table each row is printed with its headers, for a row is quoted alone.

A header is the first row of a block (rows without a blank one between) that is as wide as the block and holds no
figures, years aside. A later block that has none is read under the header before it. No header is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from .limits import refuse_large

Row = Sequence[str]

AHEAD = 30
"""Rows of a block among which its header is looked for."""
WIDE = 0.6
"""Share of the widest row's cells that a header has."""

_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[-+(]?[$€£¥]?\s?[-+]?\d[\d\s.,']*(?:[eE][-+]?\d+)?\s?[%$€£¥]?\)?")
_YEAR = re.compile(r"(?:FY\s?)?(?:18|19|20|21)\d\d[AEae]?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")


def table_lines(rows: Iterable[Row]) -> list[str]:
    """One line per row, cells divided by " | "; columns and rows without words are left out."""
    cells = [[tidy(cell) for cell in row] for row in rows]
    used = {at for row in cells for at, cell in enumerate(row) if cell}
    lines = (" | ".join(cell for at, cell in enumerate(row) if at in used) for row in cells if any(row))
    return [line.strip() for line in lines]


def data_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One line per row: `Header: value | Header: value`; empty cells are left out, blank rows give an empty line.

    Lines above a header are printed as they are. Raises DocumentError where the headers make the text too large.
    """
    written = 0
    header: Row = ()
    for block in _blocks(rows):
        first = list(islice(block, AHEAD))
        at = _header_at(first, first_block=not header)
        if at is not None:
            for row in first[:at]:
                yield " | ".join(cell for cell in row if cell)
            header = first[at]
            first = first[at + 1 :]
            if not first:
                yield " | ".join(cell for cell in header if cell)
        for row in first:
            yield _line(header, row)
        for row in block:
            line = _line(header, row)
            written += len(line)
            refuse_large(written, "its text, every row with its headers,")
            yield line
        yield ""


def tidy(cell: str) -> str:
    """A cell's words on one line."""
    return _SPACE.sub(" ", cell).strip()


def _blocks(rows: Iterable[Row]) -> Iterator[Iterator[Row]]:
    """Runs of rows that are not blank, each to be taken before the next; cells tidied."""
    tidied = ([tidy(cell) for cell in row] for row in rows)
    for row in tidied:
        if any(row):
            yield _run(row, tidied)


def _run(row: Row, following: Iterator[Row]) -> Iterator[Row]:
    while any(row):
        yield row
        row = next(following, ())


def _header_at(rows: Sequence[Row], *, first_block: bool) -> int | None:
    """Index of the header among the first rows of a block; None where there is none.

    In a later block a row of words could be data as well: there the rows under it must hold figures.
    """
    widest = max(sum(map(bool, row)) for row in rows)
    for at, row in enumerate(rows):
        if sum(map(bool, row)) < max(min(2, widest), WIDE * widest):
            continue
        if not _names_columns(row):
            return None
        under = rows[at + 1 :]
        figures = any(_FIGURE.fullmatch(cell) for other in under for cell in other)
        return at if first_block or (widest > 1 and figures) else None
    return None


def _names_columns(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    if _DATE.fullmatch(cells[0]) or len(set(cells)) < 0.7 * len(cells):
        return False
    figures = [cell for cell in cells if _FIGURE.fullmatch(cell) and not _DATE.fullmatch(cell)]
    return all(_YEAR.fullmatch(cell) for cell in figures)


def _line(header: Row, row: Row) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    return " | ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell)
