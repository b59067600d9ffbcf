"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows whose id and content were
answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..app import Clew, Options
from ..app.together import Together
from ..app.together import together as read_together
from ..core.errors import ClewError, StoreError
from ..core.results import Answer
from ..core.serialize import error_to_dict
from ..core.types import Limit
from ..models.meter import Budget
from .out import Out, finished
from .rows import Row
from .shelves import Shelves

ROWS = 16
"""Rows under way at once; their calls share the limit on calls in flight, and those about one text go together."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to."""

    answered: int
    skipped: int
    failed: int
    limit: Limit | None
    reasons: tuple[str, ...] = ()
    """Why rows failed, each reason once, with the row that met it first."""
    cut: int = 0
    """Rows that a limit or a failure cut short: what was found is written, and a rerun tries them again."""


async def work(
    clew: Clew, todo: Sequence[Row], out: Out, options: Options, budget: Budget, tell: Callable[[int], None]
) -> Done:
    """Answers `todo` and appends to `out`. Rows about the same documents are answered one after another.

    Args:
        options: of every row; a row may name its own strategy.
        budget: shared by all rows.
        tell: called with the number of rows finished so far.

    Raises what ends a job: StoreError where no reply can be kept any more, SettingsError where no answer can be.
    """
    out.drop({row.id for row in todo if row.error is None and out.answered.get(row.id, row.content) != row.content})
    new = left(todo, out.answered)
    job = Job(clew, out, options, budget, await in_blocks(clew, todo, new, options), new)
    job.skipped = len(todo) - len(new)
    tasks = [asyncio.create_task(job.do(row, tell)) for row in together(new)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        job.end()
    return job.done


class Job:
    """Rows under way, and what came of those that are done.

    Args:
        blocks: those that rows are read for in, by kind and question.
        new: the rows to come.
    """

    def __init__(
        self,
        clew: Clew,
        out: Out,
        options: Options,
        budget: Budget,
        blocks: Mapping[Kind, Mapping[str, Together]],
        new: Sequence[Row],
    ) -> None:
        self._clew = clew
        self._out = out
        self._options = options
        self._budget = budget
        self._blocks = blocks
        self._new = len(new)
        self._shelves = Shelves(clew, [row.documents for row in new if row.error is None])
        self._places = asyncio.Semaphore(ROWS)
        self._reasons: dict[str, str] = {}
        self._limit: Limit | None = None
        self.answered = self.cut = self.skipped = self.failed = 0

    @property
    def done(self) -> Done:
        reasons = tuple(f"{row}: {reason}" for reason, row in self._reasons.items())
        return Done(self.answered, self.skipped, self.failed, self._limit, reasons, self.cut)

    async def do(self, row: Row, tell: Callable[[int], None]) -> None:
        """Has a row answered when there is a place for it, and what came of it written."""
        async with self._places:
            if self._clew.trace.stopping:
                self._limit = "interrupt"
                return
            came = await self._came(row)
            self._out.append({**came, "id": row.id, "row": row.content})
            tell(self.answered + self.cut + self.skipped + self.failed)

    async def _came(self, row: Row) -> dict[str, Any]:
        """What came of a row: an answer, or its own error. Raises StoreError, which is that of all."""
        try:
            answer = await self._answer(row)
        except StoreError:
            raise
        except ClewError as error:
            return self._failed(row, str(error), error_to_dict(error)["error"])
        except Exception as error:
            # Whatever it is, it is this row's: the others are answered.
            told = f"{type(error).__name__}: {error}"
            return self._failed(row, told, {"kind": "bug", "message": told, "hint": "this is a bug in Clew"})
        self._limit = answer.limit_reached or self._limit
        written = answer.to_dict()
        if finished(written):
            self.answered += 1
        else:
            self.cut += 1
        return written

    async def _answer(self, row: Row) -> Answer:
        if row.error is not None:
            raise row.error
        own = replace(self._options, strategy=row.strategy or self._options.strategy)
        blocks = self._blocks[alike(row, self._options)]
        async with self._shelves.borrowed(row.documents) as shelf:
            return await shelf.aask(row.question, own, budget=self._budget, blocks=blocks)

    def _failed(self, row: Row, reason: str, error: Mapping[str, Any]) -> dict[str, Any]:
        self._reasons.setdefault(reason, row.id)
        self.failed += 1
        return {"id": row.id, "row": row.content, "error": error}

    def end(self) -> None:
        """Ends what was read for rows together, where nobody waits for it any more, or comes back for it."""
        done = self.done
        whole = not (done.limit or done.failed or done.cut) and self.answered == self._new
        for blocks in self._blocks.values():
            for block in blocks.values():
                block.cancel()
                if whole:
                    block.over()


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
        kind: await read_together(clew, questions, replace(options, strategy=kind[1]))
        for kind, questions in asked.items()
    }


def left(todo: Iterable[Row], answered: Mapping[str, str]) -> list[Row]:
    """The rows that are not answered as they stand; `answered` has content fingerprints by id."""
    return [row for row in todo if row.error is not None or answered.get(row.id) != row.content]


def together(todo: Iterable[Row]) -> list[Row]:
    """Rows about the same documents side by side, otherwise in order: each document is opened once."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in todo:
        groups.setdefault(row.documents, []).append(row)
    return [row for group in groups.values() for row in group]
