"""The status of an answer in words, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.wording import counted

if TYPE_CHECKING:
    from ..core.results import Answer, Status
    from ..core.types import Limit


VERDICTS: Mapping[Status, str] = {
    "answered": "Answered. Every quote stands in the text, and every figure, date and name in a cited passage.",
    "partial": "Answered in part, or not beyond doubt.",
    "conflicting": "The text contradicts itself.",
    "not_found": "Not found, and all of the text was read.",
    "open": "Left open. It was not found in what was read, and not everything was read.",
}
"""Statuses as sentences."""


def headline(answer: Answer) -> str:
    """What is said where there is no answer. A model that only matches words cannot say what a text does not hold."""
    if answer.strategy == "summarize":
        return "Nothing was found to summarise."
    if answer.status == "open":
        return _left_open(answer)
    if answer.model == "extractive":
        return "No sentence was found that answers it; the built-in model only matches words."
    return "Not in the text: all of it was read."


def _left_open(answer: Answer) -> str:
    c = answer.coverage
    if not c.characters_read:
        return "Nothing was read, so nothing was found."
    if c.read < c.chunks or c.failed:
        return "Not found in what was read; not everything was."
    blank = len(c.pages.without_text) if c.pages else 0
    left = [
        *([f"{counted(c.documents_failed, 'file')} could not be read"] if c.documents_failed else []),
        *([f"{counted(blank, 'page')} {'holds' if blank == 1 else 'hold'} no text"] if blank else []),
    ]
    return f"Not found in what was read; {' and '.join(left) or 'the run was cut short'}."


def doubts(answer: Answer) -> list[str]:
    """What keeps an answer from being a plain one."""
    found = []
    if answer.unsupported:
        found.append("in no cited passage: " + ", ".join(answer.unsupported))
    if answer.missing:
        found.append("still open: " + "; ".join(answer.missing))
    if answer.limit_reached:
        found.append(reached(answer.limit_reached))
    if answer.coverage.failed:
        found.append(f"{counted(answer.coverage.failed, answer.coverage.unit)} could not be read")
    if answer.coverage.documents_failed:
        found.append(f"{counted(answer.coverage.documents_failed, 'file')} could not be read")
    if answer.status == "conflicting":
        found.append("the text contradicts itself")
    return found or ["no citation"]


def reached(limit: Limit) -> str:
    """Which limit cut a run short."""
    return "interrupted" if limit == "interrupt" else f"the limit on {limit} was reached"
