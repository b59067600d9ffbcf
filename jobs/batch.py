"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

A row is a question. Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows
whose id and content were answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
import difflib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from ..agents.strategies import made
from ..app import Clew, Options
from ..app.together import Together
from ..app.together import together as read_together
from ..core.errors import ClewError, SettingsError, StoreError
from ..core.options import Choices
from ..core.results import Answer
from ..core.serialize import error_to_dict
from ..core.types import Limit
from ..models.meter import Budget
from .out import Out, finished, json_object
from .shelves import Shelves

ROWS = 16
"""Rows under way at once; their calls share the limit on calls in flight, and those about one text go together."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the input."""

    id: str
    question: str
    documents: tuple[str, ...]
    strategy: str | None
    error: ClewError | None = None
    """What is wrong with the line itself."""
    others: tuple[str, ...] = ()
    """Fields beside these, which are left alone."""

    @property
    def content(self) -> str:
        """Fingerprint of what is asked: a changed row is answered anew."""
        return hashlib.sha256(json.dumps([self.question, self.documents, self.strategy]).encode()).hexdigest()[:16]


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


KNOWN = ("id", "question", "documents", "strategy")
"""Fields of a row."""
NEAR = 0.87
"""Likeness of a field's name to a known one from which it is taken for a slip: question_, not question_id."""
WANTED = 'a line is an object with "question", a text, and "documents", a list of paths'


def rows(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of the input; a bad line is a row with an error.

    A row without an id has its line's number as one, `line 7` where another row is called 7.
    """
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    named = {str(data["id"]) for _, line in numbered if "id" in (data := json_object(line))}
    used: dict[str, int] = {}
    for number, line in numbered:
        row = _row(number, line, str(number) if str(number) not in named else f"line {number}")
        before = used.setdefault(row.id, number)
        if before != number and row.error is None:
            hint = "every row has an id of its own"
            row = replace(row, error=SettingsError(f"line {number}: line {before} has the id {row.id!r} too", hint))
        yield row


def _row(number: int, line: str, own: str) -> Row:
    """The row on a line. `own` is its id where it names none."""
    try:
        data: Any = json.loads(line)
    except ValueError as error:
        return Row(own, "", (), None, SettingsError(f"line {number} is no JSON: {error}", WANTED))
    if not isinstance(data, dict):
        return Row(own, "", (), None, SettingsError(f"line {number} is no JSON object", WANTED))
    row_id = str(data.get("id", own))
    try:
        question, documents, strategy = _fields(number, data)
    except SettingsError as error:
        return Row(row_id, "", (), None, error)
    return Row(row_id, question, documents, strategy, others=tuple(name for name in data if name not in KNOWN))


def _refuse_slips(number: int, data: Mapping[str, Any]) -> None:
    """Raises SettingsError for a field that looks like one of a row's which is not there."""
    missing = [name for name in KNOWN if name not in data]
    for name in data:
        close = difflib.get_close_matches(name.lower(), missing, n=1, cutoff=NEAR) if name not in KNOWN else []
        if close:
            hint = f"did you mean {close[0]}? Known: {', '.join(KNOWN)}"
            raise SettingsError(f"line {number}: there is no field {name}", hint)


def _fields(number: int, data: dict[str, Any]) -> tuple[str, tuple[str, ...], str | None]:
    """What is asked of which documents, and how. Raises SettingsError that names what is wrong."""
    _refuse_slips(number, data)
    question, documents, strategy = data.get("question"), data.get("documents"), data.get("strategy")
    if not isinstance(question, str) or not _texts(documents):
        raise SettingsError(f"line {number} is no question about documents", WANTED)
    if not isinstance(strategy, str | None):
        raise SettingsError(f"line {number}: strategy is no text but {strategy!r}", "clew strategies lists them")
    if strategy is not None:
        made(strategy, Choices())
    return question, tuple(documents), strategy


def _texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


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
