"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

A row is a question. Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows
whose id and content were answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from ..agents.strategies import made
from ..app import Clew, Options
from ..app.together import Together
from ..app.together import together as read_together
from ..core.errors import ClewError, SettingsError
from ..core.options import Choices
from ..core.serialize import error_to_dict
from ..core.wording import some
from ..models.meter import Budget
from .out import Out, json_object
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
    limit: str | None
    reasons: tuple[str, ...] = ()
    """Why rows failed, each reason once, with the row that met it first."""


KNOWN = ("id", "question", "documents", "strategy")
"""Fields of a row."""
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
    return Row(row_id, question, documents, strategy)


def _fields(number: int, data: dict[str, Any]) -> tuple[str, tuple[str, ...], str | None]:
    """What is asked of which documents, and how. Raises SettingsError that names what is wrong."""
    unknown = [name for name in data if name not in KNOWN]
    if unknown:
        raise SettingsError(f"line {number}: there is no field {some(unknown)}", f"known: {', '.join(KNOWN)}")
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
    """
    out.drop({row.id for row in todo if row.error is None and out.answered.get(row.id, row.content) != row.content})
    new = left(todo, out.answered)
    skipped = len(todo) - len(new)
    shelves = Shelves(clew, [row.documents for row in new if row.error is None])
    blocks = await in_blocks(clew, todo, new, options)
    places = asyncio.Semaphore(ROWS)
    answered = failed = 0
    reasons: dict[str, str] = {}
    limit: str | None = None

    async def one(row: Row) -> None:
        nonlocal answered, failed, limit
        async with places:
            if clew.trace.stopping:
                limit = "interrupt"
                return
            head = {"id": row.id, "row": row.content}
            try:
                if row.error is not None:
                    raise row.error
                async with shelves.borrowed(row.documents) as shelf:
                    own = replace(options, strategy=row.strategy or options.strategy)
                    answer = await shelf.aask(row.question, own, budget=budget, blocks=blocks[alike(row, options)])
                limit = answer.limit_reached or limit
                out.append({**answer.to_dict(), **head})
                answered += 1
            except ClewError as error:
                out.append({**head, "error": error_to_dict(error)["error"]})
                reasons.setdefault(str(error), row.id)
                failed += 1
            except Exception as error:
                # Whatever it is, it is this row's: the others are answered.
                told = f"{type(error).__name__}: {error}"
                out.append({**head, "error": {"kind": "bug", "message": told, "hint": "this is a bug in Clew"}})
                reasons.setdefault(told, row.id)
                failed += 1
            tell(answered + skipped + failed)

    tasks = [asyncio.create_task(one(row)) for row in together(new)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        for block in (block for kind in blocks.values() for block in kind.values()):
            block.cancel()
    return Done(answered, skipped, failed, limit, tuple(f"{row}: {reason}" for reason, row in reasons.items()))


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
