"""Runs: what was asked of which documents, by which identity, and what came of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..core.types import Limit
from .database import Database


@dataclass(frozen=True, slots=True)
class Run:
    """One question asked of some documents in one way."""

    id: str
    question: str
    strategy: str
    model: str
    started: str
    """UTC, ISO 8601."""
    finished: str | None
    status: str | None


class Runs:
    """The runs of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self, fingerprint: str, question: str, strategy: str, model: str, documents: Sequence[str], *, fresh: bool
    ) -> str:
        """The id of the unfinished run with this fingerprint, or of a new one.

        A fresh run has a fingerprint of its own, so that it continues only itself.
        """
        identity = f"fresh {fingerprint}" if fresh else fingerprint
        with self._database.transaction():
            row = self._database.row(
                "SELECT id FROM runs WHERE fingerprint = ? AND finished IS NULL ORDER BY started DESC", (identity,)
            )
            if row is not None:
                return str(row[0])
            run = f"{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(4)}"
            self._database.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
                (run, identity, question, strategy, model, _now()),
            )
            for document in dict.fromkeys(documents):
                self._database.execute("INSERT INTO run_documents VALUES (?, ?)", (run, document))
        return run

    def finish(self, run: str, status: str, limit: Limit | None, result: Mapping[str, Any]) -> None:
        """Keeps the result; the run is over unless a limit cut it short, in which case asking again continues it."""
        over = _now() if limit is None else None
        self._database.execute(
            "UPDATE runs SET finished = ?, status = ?, answer = ? WHERE id = ?",
            (over, status, json.dumps(result, ensure_ascii=False), run),
        )

    def all(self, limit: int) -> list[Run]:
        """The latest runs, newest first."""
        rows = self._database.rows(
            "SELECT id, question, strategy, model, started, finished, status FROM runs ORDER BY started DESC LIMIT ?",
            (limit,),
        )
        return [Run(*row) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
