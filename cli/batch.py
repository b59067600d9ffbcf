"""`clew batch`: many questions, one JSON line each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..core.errors import DocumentError, SettingsError
from ..core.wording import NAMED, counted
from . import options as o


@o.spread
def batch(
    questions: Annotated[str, typer.Argument(metavar="QUESTIONS", help='Lines {"id", "question", "documents"}, or -.')],
    out: Annotated[Path, o.option("out", "Where answers go; a rerun goes on where it stopped.", "ANSWERS")],
    *,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    library: o.LibraryFolder = None,
) -> int:
    """Answer many questions; limits hold for the whole job. Paths are those of the working folder."""
    from dataclasses import asdict

    from ..agents.strategies import made
    from ..agents.strategies.choices import Choices
    from ..app import Options
    from ..jobs.batch import ROWS, rows, work
    from ..jobs.out import Out
    from .progress import Progress

    made(reading.strategy, Choices())
    if questions != "-" and out.exists() and out.samefile(questions):
        raise SettingsError(f"{out} holds the questions", "name another file with --out")
    todo = list(rows(_lines(questions)))
    if not todo:
        raise SettingsError(f"{questions} holds no questions", 'a line is {"question": "…", "documents": ["FILE"]}')
    with (
        Out(out) as answers,
        Progress() as progress,
        o.clew(progress, library, models) as clew,
    ):
        options = Options(**asdict(reading))
        clew.run(clew.engine.connect())
        budget = clew.engine.budget(**asdict(limits), answers=min(ROWS, len(todo)))
        done = clew.run(work(clew, todo, answers, options, budget, lambda n: progress.rows(n, len(todo))))
    print(f"clew: {done.answered} answered, {done.skipped} answered before, {done.failed} failed", file=sys.stderr)
    for reason in done.reasons[:NAMED]:
        print(f"clew: {reason}", file=sys.stderr)
    if len(done.reasons) > NAMED:
        more = counted(len(done.reasons) - NAMED, "further reason")
        print(f"clew: {more} in {out}", file=sys.stderr)
    if done.limit == "interrupt":
        return 130
    return 5 if done.limit else 3 if done.failed else 0


def _lines(name: str) -> list[str]:
    if name == "-":
        return sys.stdin.read().split("\n")
    try:
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise DocumentError(f"{name} cannot be read: {reason}", "name a file with one question a line") from error
