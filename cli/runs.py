"""`clew runs`: what was asked."""

from __future__ import annotations

import json
from typing import Annotated

from . import options as o


def runs(
    limit: Annotated[int, o.option("limit", "How many, newest first.", "N", 1)] = 20,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """The latest runs: id, when, status, strategy, question."""
    from dataclasses import asdict

    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        rows = clew.runs.all(limit)
    if as_json:
        print(json.dumps({"schema": "clew.runs/1", "runs": [asdict(row) for row in rows]}, ensure_ascii=False))
        return 0
    states = [(row.status or "unfinished") + ("" if row.finished else " (can go on)") for row in rows]
    width, ways = (max(map(len, words), default=0) for words in (states, [row.strategy for row in rows]))
    for row, state in zip(rows, states, strict=True):
        when = row.started[:16].replace("T", " ")
        print(f"{row.id}  {when}  {state:{width}}  {row.strategy:{ways}}  {' '.join(row.question.split())}")
    return 0
