"""`clew runs`: what was asked."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

from ..core.serialize import json_line
from ..core.wording import printable
from . import options as o

LEAST = 30
"""Columns that a question beside the rest of its row has at least."""


def runs(
    limit: Annotated[int, o.option("limit", "How many, newest first.", "N", 1)] = 20,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """List what was asked: id, when, status, strategy, question."""
    from dataclasses import asdict

    from rich.text import Text

    from .paper import Paper
    from .progress import Progress

    with Progress() as progress, o.clew(progress, library) as clew:
        rows = clew.runs.all(limit)
    if as_json:
        print(json_line({"schema": "clew.runs/1", "runs": [asdict(row) for row in rows]}))
        return 0
    if not rows:
        print("clew: nothing was asked yet", file=sys.stderr)
    states = [(row.status or "unfinished").replace("_", " ") + ("" if row.finished else " (can go on)") for row in rows]
    width, ways = (max(map(len, words), default=0) for words in (states, [row.strategy for row in rows]))
    paper = Paper()
    for row, state in zip(rows, states, strict=True):
        head = f"{row.id}  {local(row.started)}  {state:{width}}  {row.strategy:{ways}}  "
        question = Text(printable(" ".join(row.question.split())))
        if paper.room(len(head)) >= LEAST:
            paper.show(question, Text(head), len(head))
        else:
            paper.show(Text(head.rstrip()))
            paper.show(question, indent=4)
    return 0


def local(moment: str) -> str:
    """A moment in UTC by the clock of whoever reads it: `2026-11-21 12:15`."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
