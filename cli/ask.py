"""`clew ask`: a question, or several, about some files."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.errors import SettingsError
from ..core.options import Options
from ..core.serialize import json_line
from . import options as o
from .find import Format, Layout, one_form, search
from .plan import DryRun, tell

if TYPE_CHECKING:
    from ..core.book import Book
    from ..core.results import Answer


@o.spread
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know, in quotes.")],
    *,
    also: Annotated[
        list[str] | None, o.option("also", "A further question; may be repeated.", "QUESTION", variable=False)
    ] = None,
    report: o.Report = None,
    everything: Annotated[bool, o.option("all", "List every place that concerns it, as clew find does.")] = False,
    layout: Layout = Format.table,
    as_json: o.Json = False,
    documents: o.Documents,
    reading: o.Reading,
    models: o.Models,
    limits: o.Limits,
    dry_run: DryRun = False,
) -> int:
    """Ask a question; every citation is located in the text."""
    from .progress import Progress
    from .render import exit_code

    questions = [question, *(also or [])]
    check_questions(questions, documents.files or [])
    one_form(context, as_json, places=everything)
    options = Options(**asdict(reading), **asdict(limits))
    if everything:
        check_places(context)
        return search(question, options, documents, models, layout, dry_run=dry_run, as_json=as_json)
    check_ways(context, reading.strategy, several=len(questions) > 1)
    progress = Progress()
    with o.clew(progress, documents.library, models) as clew:
        with progress:
            shelf = documents.opened(clew)
            if dry_run:
                return tell(shelf.plan(questions, options), options, as_json)
            answers = shelf.ask_each(questions, options)
        show(answers, shelf.books, report, as_json)
    return max(map(exit_code, answers))


def show(answers: Sequence[Answer], books: Mapping[str, Book], report: Path | None, as_json: bool) -> None:
    """Prints answers, each under its question where there are several, and writes the page of one."""
    from ..models.choose import without_user
    from .render import render

    # What is advised repeats what was typed, but for a password in an address.
    typed = ["clew", *(without_user(word) if "://" in word else word for word in sys.argv[1:])]
    for answer in answers:
        if as_json:
            print(json_line(answer.to_dict()))
        else:
            render(answer, books, typed, with_question=len(answers) > 1)
        o.write_report(report, answer, books)


def check_questions(questions: Sequence[str], files: Sequence[str]) -> None:
    """Raises SettingsError for an empty question, and where question and file were given the other way round."""
    from ..app.question import asking

    for asked in questions:
        asking(asked)
    if not files and " " not in questions[0] and there(questions[0]):
        file = questions[0]
        raise SettingsError(f"{file} is a file: the question is missing", f'clew ask "Who …?" {shlex.quote(file)}')
    turned = next((name for name in files if " " in name and not there(name)), None)
    if turned is not None and there(questions[0]):
        raise SettingsError(
            f"{questions[0]} is a file: the question comes first", f'clew ask "{turned}" {questions[0]}'
        )


def there(name: str) -> bool:
    """Whether there is such a file; a question may be longer than a file name can be."""
    try:
        return Path(name).exists()
    except OSError:
        return False


def check_places(context: typer.Context) -> None:
    """Raises SettingsError for what was typed beside --all and nothing would come of."""
    of_answers = {"also", "report", *(field.name for field in fields(o.Reading))} - {"fresh"}
    vain = [name for name in context.params if name in of_answers and o.typed(context, name)]
    if vain:
        option = f"--{vain[0].replace('_', '-')}"
        raise SettingsError(f"--all lists places: {option} is for answers", f"leave out {option}, or --all")


def check_ways(context: typer.Context, strategy: str, *, several: bool) -> None:
    """Raises SettingsError for what the ways of reading take no notice of, and for one page of several answers."""
    o.in_vain(context, strategy)
    if several and context.params["report"] is not None:
        hint = "leave it out; clew show RUN --report makes the page of each"
        raise SettingsError("--report is for one question, and --also adds others", hint)
    if not o.typed(context, "block"):
        return
    if not several:
        raise SettingsError("--block is for several questions", "add them with --also, or leave it out")
    if "," in strategy:
        raise SettingsError(
            f"--block is for sweep alone: {strategy} reads for each question by itself", "leave one of them out"
        )
