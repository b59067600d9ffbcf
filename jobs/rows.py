"""The input of a batch: a line is a row, which is a question about documents; what is wrong with one is told of it."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from ..agents.strategies import made
from ..core.errors import ClewError, SettingsError
from ..core.options import Choices
from .out import json_object

KNOWN = ("id", "question", "documents", "strategy")
"""Fields of a row."""
NEAR = 0.87
"""Likeness of a field's name to a known one from which it is taken for a slip: question_, not question_id."""
WANTED = 'a line is an object with "question", a text, and "documents", a list of paths'


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the input."""

    id: str
    question: str
    documents: tuple[str, ...]
    strategy: str | None
    error: ClewError | None = None
    """What is wrong with the line itself."""
    others: Mapping[str, Any] = field(default_factory=dict)
    """Fields beside these, which a batch leaves alone."""

    @property
    def content(self) -> str:
        """Fingerprint of what is asked: a changed row is answered anew."""
        return hashlib.sha256(json.dumps([self.question, self.documents, self.strategy]).encode()).hexdigest()[:16]


def rows(lines: Iterable[str], known: Sequence[str] = KNOWN) -> Iterator[Row]:
    """The rows of the input; a bad line is a row with an error.

    A row without an id has its line's number as one, `line 7` where another row is called 7.

    Args:
        known: fields that others are not to be mistaken for.
    """
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    named = {str(data["id"]) for _, line in numbered if "id" in (data := json_object(line))}
    used: dict[str, int] = {}
    for number, line in numbered:
        row = _row(number, line, str(number) if str(number) not in named else f"line {number}", known)
        before = used.setdefault(row.id, number)
        if before != number and row.error is None:
            hint = "every row has an id of its own"
            row = replace(row, error=SettingsError(f"line {number}: line {before} has the id {row.id!r} too", hint))
        yield row


def _row(number: int, line: str, own: str, known: Sequence[str]) -> Row:
    """The row on a line. `own` is its id where it names none."""
    try:
        data: Any = json.loads(line)
    except ValueError as error:
        return Row(own, "", (), None, SettingsError(f"line {number} is no JSON: {error}", WANTED))
    if not isinstance(data, dict):
        return Row(own, "", (), None, SettingsError(f"line {number} is no JSON object", WANTED))
    row_id = str(data.get("id", own))
    try:
        _refuse_slips(number, data, known)
        question, documents, strategy = _fields(number, data)
    except SettingsError as error:
        return Row(row_id, "", (), None, error)
    others = {name: value for name, value in data.items() if name not in KNOWN}
    return Row(row_id, question, documents, strategy, others=others)


def _refuse_slips(number: int, data: Mapping[str, Any], known: Sequence[str]) -> None:
    """Raises SettingsError for a field that looks like one of a row's which is not there."""
    missing = [name for name in known if name not in data]
    for name in data:
        close = difflib.get_close_matches(name.lower(), missing, n=1, cutoff=NEAR) if name not in known else []
        if close:
            hint = f"did you mean {close[0]}? Known: {', '.join(known)}"
            raise SettingsError(f"line {number}: there is no field {name}", hint)


def _fields(number: int, data: dict[str, Any]) -> tuple[str, tuple[str, ...], str | None]:
    """What is asked of which documents, and how. Raises SettingsError that names what is wrong."""
    question, documents, strategy = data.get("question"), data.get("documents"), data.get("strategy")
    if not isinstance(question, str) or not _texts(documents):
        raise SettingsError(f"line {number} is no question about documents", WANTED)
    if not isinstance(strategy, str | None):
        raise SettingsError(f"line {number}: strategy is no text but {strategy!r}", "clew strategies lists them")
    if strategy is not None:
        made(strategy, Choices())
    return question, tuple(documents), strategy


def _texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
