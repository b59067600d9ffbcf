"""Rows of cells as lines. Of a data table each row is printed with its headers, for a row is quoted alone.

A header is the first row of a block (rows without a blank one between) that is about as wide as the block and holds no
figures, years aside. A later block that has none is read under the header before it. No header is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

Row = Mapping[int, str]
"""Words by column, from 0; columns without words are absent, as rows may be very sparse."""

AHEAD = 30
"""Rows of a block among which its header is looked for."""
WIDE = 0.6
"""Share of the widest row's cells that a header has."""
LABEL = 100
"""Characters of a cell beside several rows that is written in each of them, for a row is quoted alone."""

_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[-+(]{0,2}[$€£¥]?\s?-?\d[\d\s.,']*(?:[eE][-+]?\d+)?\s?[%$€£¥]?\)?")
_YEAR = re.compile(r"(?:18|19|20|21)\d\d")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")


def table_lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """One line per row, cells divided by " | "; columns and rows without words are left out."""
    cells = [[tidy(cell) for cell in row] for row in rows]
    used = {at for row in cells for at, cell in enumerate(row) if cell}
    lines = (" | ".join(cell for at, cell in enumerate(row) if at in used) for row in cells if any(row))
    return [line.strip() for line in lines]


def data_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One line per row: `Header: value | Header: value`; an empty line between blocks.

    A header, and what stands above it, is printed as it is.
    """
    header: Row = {}
    for number, block in enumerate(_blocks(rows)):
        if number:
            yield ""
        first = list(islice(block, AHEAD))
        ends, found = _header(first, later=bool(header))
        if ends:
            yield from (_line({}, row) for row in first[:ends])
            header, first = found, first[ends:]
        yield from (_line(header, row) for row in first)
        yield from (_line(header, row) for row in block)


def tidy(cell: str) -> str:
    """A cell's words on one line."""
    return _SPACE.sub(" ", cell).strip()


def _blocks(rows: Iterable[Row]) -> Iterator[Iterator[Row]]:
    """Runs of rows that are not blank; each is to be used up before the next is taken."""
    following = iter(rows)
    for row in following:
        if row:
            yield _run(row, following)


def _run(row: Row, following: Iterator[Row]) -> Iterator[Row]:
    while row:
        yield row
        row = next(following, {})


def _header(rows: Sequence[Row], *, later: bool) -> tuple[int, Row]:
    """How many of the first rows of a block the header and what stands above it are, and the header; 0 without one.

    In a `later` block a row of words may well be data: it is a header only where figures stand under it.
    """
    widest = max(map(len, rows))
    for at, row in enumerate(rows):
        if len(row) >= max(min(2, widest), WIDE * widest):
            figures = widest > 1 and _figures(rows[at + 1 :])
            if _names_columns(row) and (not later or figures):
                return at + 1, row
            return (at + 2, _stacked(row, rows[at + 1])) if _is_stacked(rows[at:]) else (0, {})
    return 0, {}


def _is_stacked(rows: Sequence[Row]) -> bool:
    """Whether the first two rows are a header of two: names that stand over several columns, and what these are."""
    if len(rows) < 3 or len(set(rows[0].values())) == len(rows[0]):
        return False
    under = rows[1].values()
    if any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in under):
        return False
    return _names_columns(_stacked(*rows[:2])) and _figures(rows[2:])


def _stacked(over: Row, under: Row) -> Row:
    """Each column's name with the one over it."""
    names = {at: [row[at] for row in (over, under) if at in row] for at in over.keys() | under.keys()}
    return {at: " ".join(dict.fromkeys(words)) for at, words in names.items()}


def _figures(rows: Sequence[Row]) -> bool:
    return any(_FIGURE.fullmatch(cell) for row in rows for cell in row.values())


def _names_columns(row: Row) -> bool:
    """Whether the cells of a row may be headers: they differ, and none is a figure but for years and later dates."""
    cells = [row[at] for at in sorted(row)]
    if _DATE.fullmatch(cells[0]) or len(set(cells)) < 0.7 * len(cells):
        return False
    return all(_YEAR.fullmatch(cell) or _DATE.fullmatch(cell) or not _FIGURE.fullmatch(cell) for cell in cells)


def _line(header: Row, row: Row) -> str:
    return " | ".join(f"{header[at]}: {row[at]}" if at in header else row[at] for at in sorted(row))
