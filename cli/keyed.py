"""Questions with keys, and answers in files: what `clew eval` and `clew compare` read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.errors import SettingsError
from ..core.wording import counted
from .batch import read_rows

if TYPE_CHECKING:
    from ..app import Clew
    from ..evals.comparison import Comparison
    from ..jobs.rows import Row

Questions = Annotated[
    str, typer.Argument(metavar="QUESTIONS", help="A file with a question and what is known of its answer a line.")
]


def keyed_rows(questions: str) -> list[Row]:
    """The rows of a file; one whose key cannot be meant is a row with an error. Raises SettingsError where all are."""
    from ..evals.keys import FIELDS, key

    def checked(row: Row) -> Row:
        try:
            key(row.others)
        except SettingsError as error:
            return replace(row, error=row.error or error)
        return row

    rows = [checked(row) for row in read_rows(questions, FIELDS)]
    if rows[0].error is not None and all(row.error for row in rows):
        raise SettingsError(f"{questions} holds no question that can be asked: {rows[0].error}", rows[0].error.hint)
    return rows


def compared(clew: Clew, rows: Sequence[Row], files: Mapping[str, Path]) -> Comparison:
    """The answers of files, by their names, beside each other and beside the keys.

    Raises SettingsError for a file that answers none of the questions, DocumentError for one that cannot be read.
    """
    from ..evals.beside import beside
    from ..evals.keys import Keyed, key
    from ..jobs.written import written

    asked = {row.id: Keyed(row.question, row.documents, key(row.others)) for row in rows if row.error is None}
    read = {name: written(path) for name, path in files.items()}
    torn = [f"{name}: the last line was cut off and is left out" for name, one in read.items() if one.torn]
    return beside(clew, asked, {name: one.answers for name, one in read.items()}, [*_bad(rows), *torn])


def _bad(rows: Sequence[Row]) -> list[str]:
    """What to say of rows that cannot be asked: how many they are, and what is wrong with the first."""
    bad = [row for row in rows if row.error is not None]
    return [f"{counted(len(bad), 'row')} that cannot be asked, left out; {bad[0].id}: {bad[0].error}"] if bad else []
