"""Which rows of a job are to be answered, in what order, and which of them are read for together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..app import Clew, Options
from ..app.together import Together, together
from .rows import Row

Kind = tuple[tuple[str, ...], str]
"""What rows have in common that may be read for together: documents and strategy."""


def alike(row: Row, options: Options) -> Kind:
    """The kind of a row; `options` name the strategy where it does not."""
    return row.documents, row.strategy or options.strategy


async def in_blocks(
    clew: Clew, todo: Iterable[Row], new: Iterable[Row], options: Options
) -> dict[Kind, Mapping[str, Together]]:
    """The blocks that `new` rows are read for in, by kind and question.

    Rows that were answered before stay in their blocks, so that a rerun finds the replies of the reading it was in.
    """
    asked: dict[Kind, list[str]] = {alike(row, options): [] for row in new if row.error is None}
    for row in todo:
        if row.error is None and alike(row, options) in asked:
            asked[alike(row, options)].append(row.question)
    return {
        kind: await together(clew, questions, replace(options, strategy=kind[1])) for kind, questions in asked.items()
    }


def left(todo: Iterable[Row], answered: Mapping[str, str]) -> list[Row]:
    """The rows that are not answered as they stand; `answered` has content fingerprints by id."""
    return [row for row in todo if row.error is not None or answered.get(row.id) != row.content]


def side_by_side(todo: Iterable[Row]) -> list[Row]:
    """`todo` with rows about the same documents beside each other, otherwise in order: each document is opened once."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in todo:
        groups.setdefault(row.documents, []).append(row)
    return [row for group in groups.values() for row in group]
