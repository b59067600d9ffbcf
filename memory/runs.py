"""Runs: what was asked of which documents, by which identity, and what came of it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from ..core.errors import SettingsError
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
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
                (run, identity, question, strategy, model, _now(), self._scope(documents)),
            )
        return run

    def _scope(self, documents: Sequence[str]) -> str:
        """The list of these documents, which runs over the same ones share: it may be ten thousand long."""
        together = sorted(set(documents))
        scope = hashlib.sha256("\n".join(together).encode()).hexdigest()[:20]
        if self._database.row("SELECT 1 FROM scopes WHERE scope = ? LIMIT 1", (scope,)) is None:
            for document in together:
                self._database.execute("INSERT INTO scopes VALUES (?, ?)", (scope, document))
        return scope

    def unfinished(self, model: str) -> bool:
        """Whether a run of the last week with this model may still go on; those with others do not count.

        Args:
            model: the server's name for it; whichever of its addresses was used.
        """
        since = (datetime.now(UTC) - timedelta(days=7)).isoformat(timespec="milliseconds")
        rows = self._database.rows("SELECT DISTINCT model FROM runs WHERE finished IS NULL AND started > ?", (since,))
        return any(name.endswith(f"#{model}") for (label,) in rows for name in str(label).split(" + "))

    def withdraw(self, run: str) -> None:
        """Forgets a run of which nothing came: no result, and no reply."""
        self._database.execute(
            "DELETE FROM runs WHERE id = ? AND answer IS NULL AND NOT EXISTS (SELECT 1 FROM replies WHERE run = ?)",
            (run, run),
        )

    def end(self, run: str) -> None:
        """Nothing more is received for a run. What was, after it was removed with its documents, goes as they went."""
        self._database.execute(
            "DELETE FROM replies WHERE run = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE id = ?)", (run, run)
        )

    def finish(self, run: str, status: str, limit: Limit | None, result: Mapping[str, Any]) -> None:
        """Keeps the result; the run is over unless a limit cut it short, in which case asking again continues it."""
        over = _now() if limit is None else None
        self._database.execute(
            "UPDATE runs SET finished = ?, status = ?, answer = ? WHERE id = ?",
            (over, status, json.dumps(result, ensure_ascii=False), run),
        )

    def result(self, run: str) -> dict[str, Any] | None:
        """What came of a run, as it was kept; None while nothing has. Raises SettingsError for an unknown one."""
        row = self._database.row("SELECT answer FROM runs WHERE id = ?", (run,))
        if row is None:
            close = get_close_matches(run, [other.id for other in self.all(1000)], n=1)
            meant = f"did you mean {close[0]}? " if close else ""
            raise SettingsError(f"there is no run {run!r}", f"{meant}clew runs lists them")
        result: dict[str, Any] | None = None if row[0] is None else json.loads(row[0])
        return result

    def all(self, limit: int) -> list[Run]:
        """The latest runs, newest first."""
        rows = self._database.rows(
            "SELECT id, question, strategy, model, started, finished, status FROM runs ORDER BY started DESC LIMIT ?",
            (limit,),
        )
        return [Run(*row) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
