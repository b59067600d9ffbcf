"""Answers to the same questions side by side: scores, paired differences to the first file, questions apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from .marking import Mark, Score, score
from .significance import Difference, holm, paired

FEWEST = 10
"""Questions under which no interval is given: it would be that of the few that happened to be asked."""
Marks = Mapping[str, Mapping[str, Mark]]
"""For each file its marks, by the question's id."""
MEASURES: Mapping[str, Callable[[Mark], float | None]] = {
    "right": lambda one: one.good,
    "evidence": lambda one: one.recall,
}
"""What is compared question by question."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How far a file is ahead of the first in one measure; `p` is that after Holm's correction over all leads."""

    measure: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Apart:
    """Questions that the first file and another have right, and the other has not."""

    first: str
    second: str
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Files beside each other."""

    questions: int
    scores: tuple[Score, ...]
    leads: tuple[Lead, ...]
    apart: tuple[Apart, ...]
    marks: Marks
    notes: tuple[str, ...] = ()
    """What to know of it, one line each."""

    def to_dict(self) -> dict[str, Any]:
        """The object of schema `clew.compare/1`."""
        return {
            "schema": "clew.compare/1",
            "judged": "lexical",
            "questions": self.questions,
            "files": [{**asdict(one), "marks": _told(self.marks[one.name])} for one in self.scores],
            "differences": [{"measure": lead.measure, **asdict(lead.difference)} for lead in self.leads],
            "apart": [asdict(one) for one in self.apart],
            "notes": list(self.notes),
        }


def _told(marks: Mapping[str, Mark]) -> list[dict[str, Any]]:
    return [
        {"id": row, "verdict": one.verdict, "good": None if one.good is None else bool(one.good), "recall": one.recall}
        for row, one in marks.items()
    ]


def compared(questions: int, marks: Marks, notes: Sequence[str] = ()) -> Comparison:
    """What files come to beside the first of them.

    Args:
        questions: how many were asked.
        notes: what was met on the way.
    """
    scores = tuple(score(name, held.values()) for name, held in marks.items())
    first, *others = marks
    apart = tuple(_apart(marks, first, other) for other in others)
    return Comparison(questions, scores, leads(marks), apart, marks, tuple(notes))


def leads(marks: Marks) -> tuple[Lead, ...]:
    """The leads over the first file in each measure, over the questions that both have, where these are enough."""
    first, *others = marks
    found = []
    for measure, value in MEASURES.items():
        base = _values(marks[first], value)
        for other in others:
            own = _values(marks[other], value)
            if len(own.keys() & base.keys()) >= FEWEST:
                found.append(Lead(measure, paired(own, base, (other, first))))
    ps = holm([one.difference.p for one in found])
    return tuple(replace(one, difference=replace(one.difference, p=p)) for one, p in zip(found, ps, strict=True))


def _values(marks: Mapping[str, Mark], value: Callable[[Mark], float | None]) -> dict[str, float]:
    return {row: held for row, one in marks.items() if (held := value(one)) is not None}


def _apart(marks: Marks, first: str, second: str) -> Apart:
    both = [(row, one.good, marks[second][row].good) for row, one in marks[first].items() if row in marks[second]]
    only_first = tuple(row for row, here, there in both if here and there == 0)
    only_second = tuple(row for row, here, there in both if there and here == 0)
    return Apart(first, second, only_first, only_second)
