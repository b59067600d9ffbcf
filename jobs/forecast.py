"""What a batch would take: its rows are gone through as the job would, with nothing sent and nothing written.

Of rows about the same documents a few are gone through, and of many sets of documents some: they are put in order of
their length, and each that is taken stands for its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from ..agents.strategies import made
from ..app import Clew, Options
from ..app.plan import Plan
from ..app.planner import Planner, Taken
from ..app.together import Together
from ..core.errors import ClewError
from ..core.serialize import error_to_dict
from .batch import ROWS
from .order import Kind, alike, in_blocks, left, side_by_side
from .rows import Row
from .shelves import Shelves

ROWS_EACH = 4
"""Rows about the same documents that are gone through."""
SETS = 24
"""Sets of documents whose rows are gone through, of each strategy."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a job would come to."""

    plan: Plan
    rows: int
    """Rows that would be asked."""
    gone_through: int
    """Those of them that were gone through; the others are taken to be like them."""
    documents: int
    """Documents that they are about."""
    answered: int
    """Rows that were answered before."""
    refused: Mapping[str, ClewError]
    """Why rows would fail, by id."""

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.plan/1`, with what a batch has beside it."""
        return {
            **self.plan.to_dict(),
            "rows": self.rows,
            "gone_through": self.gone_through,
            "documents": self.documents,
            "answered": self.answered,
            "refused": [{"id": row, "error": error_to_dict(error)["error"]} for row, error in self.refused.items()],
        }


@dataclass
class Group:
    """Rows about the same documents, asked in the same way."""

    documents: tuple[str, ...]
    strategy: str
    rows: list[Row]
    length: int = 0
    """Characters of the documents."""


async def forecast(clew: Clew, todo: Sequence[Row], answered: Mapping[str, str], options: Options) -> Forecast:
    """What `jobs.batch.work` would take. Raises what it raises as a whole; what is wrong with a row is told of it.

    Args:
        answered: content fingerprints, by id, of rows that are not asked again.
    """
    new = left(todo, answered)
    planner = await Planner.ready(clew, options)
    blocks = await in_blocks(clew, todo, new, options.unlimited())
    survey = Survey(clew, planner, options, blocks)
    layers = layered(await survey.opened(new))
    for at, layer in enumerate(layers):
        clew.trace.progress("planning", at, len(layers))
        await survey.go_through(layer)
    refused = {row.id: survey.refused[row.id] for row in new if row.id in survey.refused}
    strategy = ", ".join(survey.strategies) or options.strategy
    plan = survey.planner.plan(strategy, min(ROWS, survey.rows))
    documents = len(survey.documents)
    return Forecast(plan, survey.rows, survey.gone_through, documents, len(todo) - len(new), refused)


class Survey:
    """Goes through a job.

    Args:
        options: of every row that names no strategy of its own.
        blocks: those that rows are read for in, by kind and question.
    """

    def __init__(
        self, clew: Clew, planner: Planner, options: Options, blocks: Mapping[Kind, Mapping[str, Together]]
    ) -> None:
        self.planner = planner
        self._clew = clew
        self._options = options
        self._blocks = blocks
        self.rows = self.gone_through = 0
        self.documents: set[str] = set()
        self.strategies: dict[str, None] = {}
        self.refused: dict[str, ClewError] = {}

    async def opened(self, rows: Sequence[Row]) -> list[Group]:
        """The rows that can be asked, by documents and strategy. Of the others it is kept why they cannot."""
        self.refused |= {row.id: row.error for row in rows if row.error is not None}
        groups: dict[Kind, Group] = {}
        for row in side_by_side(row for row in rows if row.error is None and self._can_be_asked(row)):
            kind = alike(row, self._options)
            groups.setdefault(kind, Group(*kind, [])).rows.append(row)
        for at, group in enumerate(groups.values()):
            self._clew.trace.progress("opening", at, len(groups))
            await self._open(group)
        return [group for group in groups.values() if group.length]

    def _can_be_asked(self, row: Row) -> bool:
        try:
            self.planner.checked(row.question)
        except ClewError as error:
            self.refused[row.id] = error
            return False
        return True

    async def _open(self, group: Group) -> None:
        try:
            async with Shelves(self._clew, [group.documents]).borrowed(group.documents) as shelf:
                self.documents |= shelf.books.keys()
                group.length = max(1, sum(book.extent.characters for book in shelf.books.values()))
        except ClewError as error:
            self._refuse(group, error)

    def _refuse(self, group: Group, error: ClewError) -> None:
        self.refused |= {row.id: error for row in group.rows}

    async def go_through(self, layer: Sequence[Group]) -> None:
        """Has the middle one of groups like each other count for all of them, or the next that can be asked."""
        todo = sorted(layer, key=lambda group: abs(layer.index(group) - len(layer) // 2))
        for at, group in enumerate(todo):
            try:
                taken = await self._imagined(group)
            except ClewError as error:
                self._refuse(group, error)
                continue
            rows = sum(len(group.rows) for group in todo[at:])
            firsts = sum(len(self._readings(group)) for group in todo[at:])
            # The first row pays for what a server then has in its cache, or for its block; the others are the rest.
            first, *others = taken
            self.planner.count(first, firsts if others else rows)
            for one in others:
                self.planner.count(one, (rows - firsts) / len(others))
            self.rows += rows
            self.gone_through += len(taken)
            self.strategies.setdefault(group.strategy)
            return

    async def _imagined(self, group: Group) -> list[Taken]:
        make = partial(made, group.strategy, self._options)
        async with Shelves(self._clew, [group.documents]).borrowed(group.documents) as shelf:
            blocks = self._blocks[group.documents, group.strategy]
            rows = spread(self._readings(group)[0], ROWS_EACH)
            return [await self.planner.imagine(shelf.books, row.question, make, blocks) for row in rows]

    def _readings(self, group: Group) -> list[list[Row]]:
        """The rows of a group by the block that is read for them; all of them where each is read for alone."""
        blocks = self._blocks[group.documents, group.strategy]
        rows: dict[object, list[Row]] = {}
        for row in group.rows:
            rows.setdefault(blocks.get(row.question.strip()), []).append(row)
        return list(rows.values())


def layered(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups of each strategy in at most `SETS` layers of about the same length."""
    layers = []
    for strategy in dict.fromkeys(group.strategy for group in groups):
        ordered = sorted((group for group in groups if group.strategy == strategy), key=lambda group: group.length)
        most = min(SETS, len(ordered))
        ends = [round(at * len(ordered) / most) for at in range(most + 1)]
        layers += [ordered[start:end] for start, end in pairwise(ends)]
    return layers


def spread(rows: Sequence[Row], most: int) -> list[Row]:
    """At most so many of `rows`, at even distances, the first and the last among them."""
    if len(rows) <= most:
        return list(rows)
    return [rows[round(at * (len(rows) - 1) / (most - 1))] for at in range(most)]
