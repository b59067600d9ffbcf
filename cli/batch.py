"""`clew batch`: many questions, one JSON line each."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.errors import DocumentError, SettingsError
from ..core.options import Options
from ..core.wording import NAMED, counted
from . import options as o
from .plan import DryRun, tell_batch

if TYPE_CHECKING:
    from ..jobs.batch import Done


@o.spread
def batch(
    questions: Annotated[str, typer.Argument(metavar="QUESTIONS", help='Lines {"id", "question", "documents"}, or -.')],
    out: Annotated[Path, o.option("out", "Where answers go; a rerun goes on where it stopped.", "ANSWERS")],
    *,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Answer many questions; limits hold for the whole job. Paths are those of the working folder."""
    from ..agents.strategies import made
    from ..jobs.batch import ROWS, rows, work
    from ..jobs.forecast import forecast
    from ..jobs.out import Out, answered_in
    from .progress import Progress

    options = Options(**asdict(reading), **asdict(limits))
    made(options.strategy, options)
    lines = _lines(questions)
    if questions != "-" and out.exists() and out.samefile(questions):
        raise SettingsError(f"{out} holds the questions", "name another file with --out")
    todo = list(rows(lines))
    if not todo:
        raise SettingsError(f"{questions} holds no questions", 'a line is {"question": "…", "documents": ["FILE"]}')
    if dry_run:
        answered = answered_in(out)
        with Progress() as progress, o.clew(progress, library, models) as clew:
            found = clew.run(forecast(clew, todo, answered, options))
        return tell_batch(found, options, as_json)
    with (
        Out(out) as answers,
        Progress(many=True) as progress,
        o.clew(progress, library, models) as clew,
    ):
        clew.run(clew.engine.connect())
        budget = clew.engine.budget(**asdict(limits), answers=min(ROWS, len(todo)))
        # The limits are those of the job, which all rows share.
        own = Options(**asdict(reading))
        done = clew.run(work(clew, todo, answers, own, budget, lambda n: progress.rows(n, len(todo))))
    tell(done, out, as_json)
    if done.limit == "interrupt":
        return 130
    return 5 if done.limit else 3 if done.failed else 0


def tell(done: Done, out: Path, as_json: bool) -> None:
    """Says on standard error what came of a job, or prints it as an object."""
    if as_json:
        print(json.dumps({"schema": "clew.batch/1", **asdict(done)}, ensure_ascii=False))
        return
    print(f"clew: {done.answered} answered, {done.skipped} answered before, {done.failed} failed", file=sys.stderr)
    for reason in done.reasons[:NAMED]:
        print(f"clew: {reason}", file=sys.stderr)
    if len(done.reasons) > NAMED:
        more = counted(len(done.reasons) - NAMED, "further reason")
        print(f"clew: {more} in {out}", file=sys.stderr)


def _lines(name: str) -> list[str]:
    if name == "-":
        return sys.stdin.read().split("\n")
    try:
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise DocumentError(f"{name} cannot be read: {reason}", "name a file with one question a line") from error
