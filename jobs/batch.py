"""Batch: many questions over many documents, one JSON line each, in any order of finishing.

A row is a question. Rows are answered a few at a time, written as they finish, and never lost: a rerun skips rows
whose id and content were answered, tries error rows again, and repairs a last line that was torn by a kill.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..agents.strategies import entry
from ..app import Clew, Options, Shelf
from ..core.errors import ClewError, SettingsError
from ..core.serialize import error_to_dict
from ..models.meter import Budget

ROWS = 4
"""Rows under way at once; the calls of all of them share the limit on calls in flight."""


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
            entry(strategy)
        return Row(row_id, question, tuple(documents), strategy)
    except SettingsError as error:
        return Row(row_id, question, tuple(documents), strategy, error)
    except (ValueError, KeyError, TypeError, AttributeError):
        wanted = 'a line is {"id": …, "question": "…", "documents": ["path", …]}'
        row_id = str(data.get("id", number)) if (data := _object(line)) else str(number)
        return Row(row_id, "", (), None, SettingsError(f"line {number} is no question", wanted))


def _object(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


class Out:
    """The answers file: what it already holds, and appending to it a whole line at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.answered: dict[str, str] = {}
        """Content fingerprints of answered rows, by id."""
        if path.exists():
            self._repair()

    def _repair(self) -> None:
        """Keeps the answers, drops errors (they are tried again) and what a kill left of a line."""
        kept = []
        with self.path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                data = _object(line)
                if line.endswith("\n") and data.get("schema") == "clew.answer/1" and "id" in data:
                    self.answered[str(data["id"])] = str(data.get("row"))
                    kept.append(line)
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text("".join(kept), encoding="utf-8")
        os.replace(fresh, self.path)

    def append(self, data: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(data, ensure_ascii=False) + "\n")


async def work(
    clew: Clew, todo: Iterable[Row], out: Out, options: Options, budget: Budget, tell: Callable[[int], None]
) -> Done:
    """Answers `todo` and appends to `out`.

    Args:
        options: of every row; a row may name its own strategy.
        budget: shared by all rows.
        tell: called with the number of rows finished so far.
    """
    shelves: dict[tuple[str, ...], Shelf] = {}
    places = asyncio.Semaphore(ROWS)
    answered = skipped = failed = 0
    limit: str | None = None

    async def one(row: Row) -> None:
        nonlocal answered, failed, limit
        async with places:
            head = {"id": row.id, "row": row.content}
            try:
                if row.error is not None:
                    raise row.error
                shelf = shelves.get(row.documents)
                if shelf is None:
                    shelf = shelves[row.documents] = await asyncio.to_thread(clew.open, row.documents)
                answer = await shelf.aask(
                    row.question, replace(options, strategy=row.strategy or options.strategy), budget=budget
                )
                if answer.limit_reached is not None:
                    limit = answer.limit_reached
                out.append({**answer.to_dict(), **head})
                answered += 1
            except ClewError as error:
                out.append({**head, "error": error_to_dict(error)["error"]})
                failed += 1
            tell(answered + skipped + failed)

    tasks = []
    for row in todo:
        if row.error is None and out.answered.get(row.id) == row.content:
            skipped += 1
            continue
        tasks.append(asyncio.create_task(one(row)))
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return Done(answered, skipped, failed, limit)
