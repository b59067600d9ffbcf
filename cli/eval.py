"""`clew eval`: questions with known answers, asked in several ways, and what comes of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.errors import SettingsError
from ..core.options import DEFAULTS, Options
from ..core.serialize import json_line
from . import options as o
from .batch import code_of, tell, tell_others
from .keyed import Questions, compared, keyed_rows
from .plan import DryRun, tell_batch

if TYPE_CHECKING:
    from ..app import Clew
    from ..jobs.batch import Done, Job
    from ..jobs.rows import Row
    from ..models.meter import Budget
    from .progress import Progress

INTERRUPTED = 130
"""The exit code of a job that was."""


@o.spread
def evaluate(
    context: typer.Context,
    questions: Questions,
    out: Annotated[Path, o.option("out", "Where answers go, a line each.", "FOLDER")],
    *,
    strategy: Annotated[list[str] | None, o.taken("strategy", "Reading")] = None,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
) -> int:
    """Ask questions with known answers, in several ways, and score.

    QUESTIONS is as for clew compare, whose table is printed in the end. Each --strategy, which may be repeated, is a
    clew batch into FOLDER/NAME.jsonl, so a rerun goes on; limits hold for all of them together. What strategy a line
    of QUESTIONS names is left alone.

    Exit codes are those of clew batch: 3 where a row failed, 5 where a limit was reached.
    """
    from ..evals.keys import FIELDS
    from ..jobs.batch import ROWS
    from .progress import Progress
    from .scores import show

    options, own = Options(**asdict(reading), **asdict(limits)), Options(**asdict(reading))
    files = _files(out, strategy or [DEFAULTS.strategy], options)
    o.in_vain(context, ",".join(files))
    rows = keyed_rows(questions)
    todo = [replace(row, strategy=None) for row in rows]
    with Progress(many=True) as progress, o.clew(progress, library, models) as clew:
        tell_others(rows, progress, FIELDS)
        if dry_run:
            return _planned(clew, todo, files, options, as_json)
        _prepared(clew, out, files)
        budget = clew.run(clew.engine.budget(limits, answers=min(ROWS, len(todo))))
        done = _answered(clew, todo, files, own, budget, progress)
        if len(done) < len(files):
            progress.notice(f"not begun: {', '.join(way for way in files if way not in done)}")
        code = max(map(code_of, done.values()))
        found = None if code == INTERRUPTED else compared(clew, rows, {way: files[way] for way in done})
    for way, one in done.items():
        tell(one, budget.spent.calls, files[way], f"{way}: ")
    if found:
        show(found, as_json)
    return code


def _files(out: Path, strategies: Sequence[str], options: Options) -> dict[str, Path]:
    """Where the answers of each way of reading go. Raises SettingsError for one that there is not."""
    from ..agents.strategies import made

    for way in strategies:
        made(way, options)
    plain = [",".join(part.strip() for part in way.split(",")) for way in strategies]
    return {way: out / f"{way}.jsonl" for way in plain}


def _planned(clew: Clew, todo: Sequence[Row], files: Mapping[str, Path], options: Options, as_json: bool) -> int:
    """Says what each way would take, as if it were the only one."""
    from ..jobs.forecast import forecast
    from ..jobs.out import answered_in

    plans = [
        clew.run(forecast(clew, todo, answered_in(path) if path.exists() else {}, replace(options, strategy=way)))
        for way, path in files.items()
    ]
    if as_json:
        told = [{**one.to_dict(), "beyond": one.plan.beyond(options)} for one in plans]
        print(json_line({"schema": "clew.plans/1", "plans": told}))
        return 0
    return max(tell_batch(one, options, as_json=False) for one in plans)


def _prepared(clew: Clew, out: Path, files: Mapping[str, Path]) -> None:
    """Makes the folder, and connects to the models.

    Raises SettingsError where there can be no folder, and where it holds answers of other models: they would be taken
    for those of these.
    """
    from ..app.session import label
    from ..jobs.written import written

    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{out} cannot be a folder: {error.strerror}", "name another with --out") from error
    asked = label(clew.run(clew.engine.connect()))
    for path in files.values():
        answers = written(path).answers.values() if path.exists() else ()
        others = {answer.model for answer in answers if answer} - {asked}
        if others:
            hint = "name another folder with --out; clew compare puts answers of several models beside each other"
            raise SettingsError(f"{path} holds answers of {', '.join(sorted(others))}, not of {asked}", hint)


def _answered(
    clew: Clew, todo: Sequence[Row], files: Mapping[str, Path], options: Options, budget: Budget, progress: Progress
) -> dict[str, Done]:
    """What comes of one job after the other, until a limit ends one."""
    from ..jobs.batch import work
    from ..jobs.out import Out

    done: dict[str, Done] = {}
    progress.spending(budget)

    def finished(job: Job) -> None:
        failed = sum(one.failed for one in done.values()) + job.failed
        progress.rows(len(done) * len(todo) + job.ended, len(files) * len(todo), failed)

    for way, path in files.items():
        with Out(path) as answers:
            done[way] = clew.run(work(clew, todo, answers, replace(options, strategy=way), budget, finished))
        if done[way].limit:
            break
    return done
