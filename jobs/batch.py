"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

A row is a question. Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows
whose id and content were answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..agents.strategies import made
from ..agents.strategies.choices import Choices
from ..app import Clew, Options
from ..core.errors import ClewError, SettingsError
from ..core.serialize import error_to_dict
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


def rows(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of the input; a bad line is a row with an error."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _row(number, line)
        if row.id in seen and row.error is None:
            row = replace(row, error=SettingsError(f"line {number}: the id {row.id!r} was used before"))
        seen.add(row.id)
        yield row


def _row(number: int, line: str) -> Row:
    try:
        data: Any = json.loads(line)
        row_id = str(data.get("id", number))
        question, documents, strategy = data["question"], data["documents"], data.get("strategy")
        if not isinstance(question, str) or not _texts(documents) or not isinstance(strategy, str | None):
            raise TypeError
        if strategy is not None:
            made(strategy, Choices())
        return Row(row_id, question, tuple(documents), strategy)
    except SettingsError as error:
        return Row(row_id, question, tuple(documents), strategy, error)
    except (ValueError, KeyError, TypeError, AttributeError):
        wanted = 'a line is an object with "question", a text, and "documents", a list of paths'
        row_id = str(data.get("id", number)) if (data := json_object(line)) else str(number)
        return Row(row_id, "", (), None, SettingsError(f"line {number} is no question about documents", wanted))


def _texts(value: object) -> bool:
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
    new = [row for row in todo if row.error is not None or row.id not in out.answered]
    skipped = len(todo) - len(new)
    shelves = Shelves(clew, [row.documents for row in new if row.error is None])
    places = asyncio.Semaphore(ROWS)
    answered = failed = 0
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
                    answer = await shelf.aask(row.question, own, budget=budget)
                limit = answer.limit_reached or limit
                out.append({**answer.to_dict(), **head})
                answered += 1
            except ClewError as error:
                out.append({**head, "error": error_to_dict(error)["error"]})
                failed += 1
            except Exception as error:
                # Whatever it is, it is this row's: the others are answered.
                told = f"{type(error).__name__}: {error}"
                out.append({**head, "error": {"kind": "bug", "message": told, "hint": "this is a bug in Clew"}})
                failed += 1
            tell(answered + skipped + failed)

    tasks = [asyncio.create_task(one(row)) for row in together(new)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return Done(answered, skipped, failed, limit)


def together(todo: Iterable[Row]) -> list[Row]:
    """Rows about the same documents side by side, otherwise in order: each document is opened once."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in todo:
        groups.setdefault(row.documents, []).append(row)
    return [row for group in groups.values() for row in group]
