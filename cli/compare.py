"""`clew compare`: answers that batches wrote, beside what was known of them beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from . import options as o
from .keyed import Questions, compared, keyed_rows


def compare(
    questions: Questions,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="ANSWERS", help="What clew batch or clew eval wrote; the first is the measure."),
    ],
    ocr: o.Ocr = False,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Score answers of batches by known ones; nothing is asked.

    A line of QUESTIONS is {"id", "question", "documents"}, as for clew batch, with "answer": a text, a list of texts
    of which any will do, or null for what the documents do not tell; and "evidence": a list of quotes. Either will do.

    An answer is right where an accepted one stands in it, by its words and the values of its numbers and dates: a
    lexical check, no model judges. Quotes are looked up in the documents, which have to be there as they were.

    Exit codes: 3 where a row cannot be asked or has failed in a file; 2 where a file answers none of the questions.
    """
    from .progress import Progress
    from .scores import show

    rows = keyed_rows(questions)
    with Progress() as progress, o.clew(progress, library, o.Models(ocr=ocr)) as clew:
        found = compared(clew, rows, named(files))
    show(found, as_json)
    return 3 if any(row.error for row in rows) or any(one.failed for one in found.scores) else 0


def named(files: Sequence[Path]) -> dict[str, Path]:
    """Files by their names: without folders, where that tells them apart."""
    paths = list(dict.fromkeys(files))
    apart = len({path.stem for path in paths}) == len(paths)
    return {path.stem if apart else str(path.with_suffix("")): path for path in paths}
