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
        wanted = 'a line is an object with "question", a text, and "documents", a list of paths'
        row_id = str(data.get("id", number)) if (data := _object(line)) else str(number)
        return Row(row_id, "", (), None, SettingsError(f"line {number} is no question about documents", wanted))


def _object(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


class Out:
    """The answers file: what it already holds, and appending to it a whole line at a time.

    Opening it mends it: errors, answers that a limit or a failure cut short, and what a kill left of a last line are
    dropped, for they are tried again. Raises SettingsError, with the file untouched, where it holds anything else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.answered: dict[str, str] = {}
        """Content fingerprints of answered rows, by id."""
        try:
            kept, whole = self._read()
            if not whole:
                fresh = self.path.with_name(self.path.name + ".new")
                fresh.write_text("".join(kept), encoding="utf-8")
                os.replace(fresh, self.path)
            self.path.open("a").close()
        except OSError as error:
            raise SettingsError(
                f"answers cannot be written to {path}: {error.strerror}", "name a file that can be with --out"
            ) from error

    def _read(self) -> tuple[list[str], bool]:
        """The lines worth keeping, and whether those are all."""
        if not self.path.exists():
            return [], True
        if not self.path.is_file():
            raise SettingsError(f"{self.path} is no file", "name a file for the answers with --out")
        lines = self.path.read_bytes().decode("utf-8", "replace").splitlines(keepends=True)
        kept = []
        for number, line in enumerate(lines, 1):
            data = _object(line)
            ours = "id" in data and "row" in data
            torn = number == len(lines) and not line.endswith("\n") and line.startswith("{")
            if line.strip() and not ours and not torn:
                raise SettingsError(
                    f"{self.path} holds something else than answers (line {number})", "name another file with --out"
                )
            if ours and not torn and finished(data):
                self.answered[str(data["id"])] = str(data["row"])
                kept.append(line)
        return kept, len(kept) == len(lines)

    def append(self, data: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(data, ensure_ascii=False) + "\n")


def finished(data: dict[str, Any]) -> bool:
    """Whether a row needs no further run: it was answered, and neither a limit nor a failure cut that short."""
    coverage = data.get("coverage") or {}
    return data.get("schema") == "clew.answer/1" and data.get("limit_reached") is None and not coverage.get("failed")


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
            except Exception as error:
                # Whatever it is, it is this row's: the others are answered.
                told = f"{type(error).__name__}: {error}"
                out.append({**head, "error": {"kind": "bug", "message": told, "hint": "this is a bug in Clew"}})
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
