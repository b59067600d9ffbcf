"""`clew batch`: many questions, one JSON line each."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.errors import DocumentError, SettingsError
from ..core.options import Options
from ..core.serialize import json_line
from ..core.wording import NAMED, counted, printable, some
from . import options as o
from .plan import DryRun, tell_batch
from .words import going_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.trace import Trace
    from ..jobs.batch import Done
    from ..jobs.rows import Row


@o.spread
def batch(
    context: typer.Context,
    questions: Annotated[
        str, typer.Argument(metavar="QUESTIONS", help="A file with a question a line, or - for standard input.")
    ],
    out: Annotated[Path, o.option("out", "Where answers go, a line each.", "ANSWERS")],
    *,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
) -> int:
    """Answer many questions, one JSON line each; a rerun goes on.

    A line of QUESTIONS is {"id", "question", "documents": paths}; other fields are left alone. Limits hold for the
    whole job. Where standard error is no terminal, it has a line a minute that says how far the job is.
    """
    from ..agents.strategies import made
    from ..jobs.batch import ROWS, work
    from ..jobs.forecast import forecast
    from ..jobs.out import Out, answered_in
    from .progress import Progress

    options = Options(**asdict(reading), **asdict(limits))
    made(options.strategy, options)
    todo = _rows(questions, out)
    o.in_vain(context, ",".join(dict.fromkeys(row.strategy or options.strategy for row in todo)))
    if dry_run:
        answered = answered_in(out)
        with Progress() as progress, o.clew(progress, library, models) as clew:
            tell_others(todo, progress)
            found = clew.run(forecast(clew, todo, answered, options))
        return tell_batch(found, options, as_json)
    with Out(out) as answers, Progress(many=True) as progress, o.clew(progress, library, models) as clew:
        tell_others(todo, progress)
        budget = clew.run(clew.engine.budget(limits, answers=min(ROWS, len(todo))))
        # The limits are those of the job, which all rows share.
        own = Options(**asdict(reading))
        progress.spending(budget)
        done = clew.run(
            work(clew, todo, answers, own, budget, lambda job: progress.rows(job.ended, len(todo), job.failed))
        )
    if as_json:
        print(json_line({"schema": "clew.batch/1", **asdict(done)}))
    else:
        tell(done, budget.spent.calls, out)
    return code_of(done)


def code_of(done: Done) -> int:
    """The exit code of a job."""
    if done.limit == "interrupt":
        return 130
    return 5 if done.limit else 3 if done.failed else 0


def _rows(questions: str, out: Path) -> list[Row]:
    """What is asked. Raises SettingsError where it is nothing, and where the answers would go among the questions."""
    if questions != "-" and out.exists() and Path(questions).exists() and out.samefile(questions):
        raise SettingsError(f"{out} holds the questions", "name another file with --out")
    return read_rows(questions)


def read_rows(questions: str, further: Sequence[str] = ()) -> list[Row]:
    """The rows of a file, which may have `further` fields. Raises SettingsError where there are none."""
    from ..jobs.rows import KNOWN, rows

    found = list(rows(_lines(questions), (*KNOWN, *further)))
    if not found:
        raise SettingsError(f"{questions} holds no questions", 'a line is {"question": "…", "documents": ["FILE"]}')
    return found


def tell_others(todo: Sequence[Row], trace: Trace, further: Sequence[str] = ()) -> None:
    """Says once which fields of rows are left alone, for a name may be a slip."""
    from ..jobs.rows import KNOWN

    known = (*KNOWN, *further)
    others = list(dict.fromkeys(name for row in todo for name in row.others if name not in known))
    if others:
        trace.notice(f"of each line only {', '.join(known)} are looked at, not {some(others)}")


def tell(done: Done, calls: int, out: Path, job: str = "") -> None:
    """Says on standard error what came of a job, by its name where there are several, when so many calls were sent."""
    cut = f", {done.cut} cut short" if done.cut else ""
    came = f"{done.answered} answered{cut}, {done.skipped} answered before, {done.failed} failed"
    print(f"clew: {job}{came}", file=sys.stderr)
    if done.limit:
        print(f"clew: {going_on(done.limit, calls, planned=True)}", file=sys.stderr)
    for reason in done.reasons[:NAMED]:
        print(f"clew: {printable(reason)}", file=sys.stderr)
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
