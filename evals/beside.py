"""Answers beside the keys of their questions: which belong together, and what keeps some from being marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.errors import SettingsError
from ..core.results import Answer
from ..core.wording import counted, some
from .comparison import Comparison, compared
from .keys import Keyed, Standing, standing
from .marking import Mark, mark, score

if TYPE_CHECKING:
    from ..app import Clew

Answers = Mapping[str, Answer | None]
"""By the question's id; None where the row failed."""


def beside(
    clew: Clew, asked: Mapping[str, Keyed], files: Mapping[str, Answers], notes: Sequence[str] = ()
) -> Comparison:
    """The comparison of files of answers by their names, the first of which the others are compared to.

    Args:
        clew: opens the documents in which gold quotes are looked up.
        notes: what was met before.

    Raises SettingsError for a file that answers none of the questions.
    """
    fitting = {name: _fitting(name, answers, asked) for name, answers in files.items()}
    stand = standing(clew, asked)
    marks = {
        name: {row: mark(answer, asked[row].key, stand.places.get(row, ())) for row, answer in answers.items()}
        for name, answers in fitting.items()
    }
    told = [*notes, *_of_questions(asked, stand)]
    for name, held in marks.items():
        told += [f"{name}: {note}" for note in _of_file(asked, files[name], held, stand)]
    return compared(len(asked), marks, told)


def _fitting(name: str, answers: Answers, asked: Mapping[str, Keyed]) -> dict[str, Answer | None]:
    """The answers to these questions, in their order: of the same id, and to the same words."""
    found = {row: answers[row] for row in asked if row in answers and _same(answers[row], asked[row])}
    if not found:
        hint = "the ids and the questions of both files have to be the same"
        raise SettingsError(f"{name} answers none of these questions", hint)
    return found


def _same(answer: Answer | None, asked: Keyed) -> bool:
    return answer is None or answer.question.strip() == asked.question.strip()


def _of_questions(asked: Mapping[str, Keyed], stand: Standing) -> Iterator[str]:
    bare = [row for row, one in asked.items() if one.key.answers is None and not one.key.quotes]
    if bare and len(bare) < len(asked):
        yield f"{counted(len(bare), 'question')} without answer or evidence beside it, not scored: {some(bare)}"
    if stand.missing:
        yield f"evidence that does not stand in the documents is left out, of {some(stand.missing)}"
    for row, error in list(stand.unread.items())[:1]:
        yield f"the evidence of {counted(len(stand.unread), 'question')} is not scored; {row}: {error}"


def _of_file(asked: Mapping[str, Keyed], answers: Answers, marks: Mapping[str, Mark], stand: Standing) -> Iterator[str]:
    own = score("", marks.values())
    if len(marks) < len(asked):
        rest = [row for row in asked if row not in marks]
        yield f"{counted(len(rest), 'question')} not answered there: {some(rest)}"
    strange = [row for row, answer in answers.items() if answer and row not in marks]
    if strange:
        yield f"{counted(len(strange), 'answer')} to other questions, left out: {some(strange)}"
    if own.failed:
        rows = [row for row, one in marks.items() if one.answer is None]
        yield f"{counted(own.failed, 'row')} failed, none of them right: {some(rows)}"
    if own.cut:
        yield f"{counted(own.cut, 'answer')} cut short by a limit or a failure"
    changed = [row for row, one in marks.items() if stand.places.get(row) and one.recall is None]
    if changed:
        yield f"documents have changed since, so evidence is not scored: {some(changed)}"
