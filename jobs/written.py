"""What a batch has written, read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import DocumentError, SettingsError
from ..core.results import Answer
from ..core.serialize import answer_from_dict
from .out import lines_of, whole


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of an answers file."""

    answers: Mapping[str, Answer | None]
    """By the row's id; None where it failed."""
    torn: bool
    """Whether the last line was cut off; it is left out."""


def written(path: Path) -> Written:
    """The rows that stand in a file, which stays as it is.

    Raises DocumentError where it cannot be read, SettingsError where it holds something else than answers.
    """
    try:
        lines = lines_of(path)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}", "name a file that clew batch wrote") from error
    answers: dict[str, Answer | None] = {}
    found = list(whole(path, lines))
    for _, data in found:
        row = str(data["id"])
        if "error" in data:
            answers.setdefault(row, None)
            continue
        try:
            answers[row] = answer_from_dict(data)
        except ValueError as error:
            raise SettingsError(f"{path}: the answer to {row!r} cannot be read", "another version wrote it") from error
    return Written(answers, len(found) < sum(bool(line.strip()) for line in lines))
