"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows whose id and content were
answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..app import Clew, Options
from ..app.together import Together
from ..core.errors import ClewError, StoreError
from ..core.results import Answer
from ..core.serialize import error_to_dict
from ..core.types import Limit
from ..models.meter import Budget
from .order import Kind, alike, in_blocks, left, side_by_side
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
    clew: Clew, todo: Sequence[Row], out: Out, options: Options, budget: Budget, tell: Callable[[Job], None]
) -> Done:
    """Answers `todo` and appends to `out`. Rows about the same documents are answered one after another.

    Args:
        options: of every row; a row may name its own strategy.
        budget: shared by all rows.
        tell: called whenever a row is finished, with how far the job is.

    Raises what ends a job: StoreError where no reply can be kept any more, SettingsError where no answer can be.
    """
    out.drop({row.id for row in todo if row.error is None and out.answered.get(row.id, row.content) != row.content})
    new = left(todo, out.answered)
    blocks = await in_blocks(clew, todo, new, options)
    job = Job(clew, out, options, budget, blocks, new, skipped=len(todo) - len(new))
    tasks = [asyncio.create_task(job.do(row, tell)) for row in side_by_side(new)]
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
        skipped: how many others were answered before.
    """

    def __init__(
        self,
        clew: Clew,
        out: Out,
        options: Options,
        budget: Budget,
        blocks: Mapping[Kind, Mapping[str, Together]],
        new: Sequence[Row],
        *,
        skipped: int,
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
        self.skipped = skipped
        self.answered = self.cut = self.failed = 0

    @property
    def done(self) -> Done:
        reasons = tuple(f"{row}: {reason}" for reason, row in self._reasons.items())
        return Done(self.answered, self.skipped, self.failed, self._limit, reasons, self.cut)

    @property
    def ended(self) -> int:
        """Rows that something came of, now or before."""
        return self.answered + self.cut + self.skipped + self.failed

    async def do(self, row: Row, tell: Callable[[Job], None]) -> None:
        """Has a row answered when there is a place for it, and what came of it written."""
        async with self._places:
            if self._clew.trace.stopping:
                self._limit = "interrupt"
                return
            self._out.append(await self._came(row))
            tell(self)

    async def _came(self, row: Row) -> dict[str, Any]:
        """The line of a row: its answer, or its own error. Raises StoreError, which is that of all."""
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
        return {**written, "id": row.id, "row": row.content}

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
