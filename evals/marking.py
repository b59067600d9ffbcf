"""What answers are worth beside the key: each is marked by code, and the marks of a file are its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from ..core.results import Answer
from ..core.types import Usage
from ..language.words import words
from .keys import Key, Quoted
from .lexical import stands, unmarked
from .recall import Shown, holds

Verdict = Literal["right", "wrong", "declined", "failed", "answered"]
"""`answered` where it is not known what is right; what is not in the documents is `declined` or `wrong`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One question in one file."""

    key: Key
    answer: Answer | None
    """None where the row failed."""
    verdict: Verdict
    recall: float | None
    """Share of the gold quotes that the answer's evidence holds; None where there are none, or the documents have
    changed."""

    @property
    def good(self) -> float | None:
        """1 for a right answer and for declining what the documents do not tell, else 0; None where nobody knows."""
        if self.key.answers is None:
            return None
        return float(self.verdict == ("right" if self.key.answers else "declined"))


def mark(answer: Answer | None, key: Key, quoted: Quoted) -> Mark:
    """Marks an answer; None is a row that failed."""
    return Mark(key, answer, _verdict(answer, key), _recall(answer, quoted))


def _verdict(answer: Answer | None, key: Key) -> Verdict:
    if answer is None:
        return "failed"
    if answer.text is None or answer.status in ("not_found", "open"):
        return "declined"
    if key.answers is None:
        return "answered"
    said = answer.text
    return "right" if any(stands(accepted, said) for accepted in key.answers) else "wrong"


def _recall(answer: Answer | None, quoted: Quoted) -> float | None:
    """A quote that stands in several places is held where any of them is; a failed row holds none."""
    if not quoted or answer is None:
        return 0.0 if quoted else None
    scope = {document.document_id for document in answer.documents}
    if not any(place.document in scope for places in quoted for place in places):
        return None
    shown = [Shown(item.document_id, item.start, item.end) for item in answer.evidence]
    return fmean(any(holds(shown, place) for place in places) for places in quoted)


@dataclass(frozen=True, slots=True)
class Score:
    """What the marks of a file come to. Means are those of a question."""

    name: str
    models: tuple[str, ...]
    questions: int
    failed: int
    cut: int
    """Answers that a limit or a failure cut short."""
    answerable: int
    right: int
    wrong: int
    declined: int
    """Of the answerable, as are `right` and `wrong`."""
    unanswerable: int
    rightly_declined: int
    """Of the unanswerable."""
    statuses: Mapping[str, int]
    evidence: int
    """Questions with gold quotes."""
    recall: float | None
    located: int
    """Quotes of all answers that stand in the documents."""
    rejected: int
    """References to text that is not there, dropped."""
    calls: float
    """Replayed ones included; so are the next two."""
    prompt_tokens: float
    cost: float | None
    """USD; None where unknown."""
    words: float
    """Of an answer's text: a long one holds an accepted answer more easily."""
    seconds: float | None
    """Wall time of the questions for which nothing was replayed; None where there are none."""


def score(name: str, marks: Iterable[Mark]) -> Score:
    """The score of a file."""
    held = list(marks)
    answers = [one.answer for one in held if one.answer]
    with_answer = Counter(one.verdict for one in held if one.key.answers)
    without = Counter(one.verdict for one in held if one.key.answers == ())
    recalls = [one.recall for one in held if one.recall is not None]
    used = [answer.usage for answer in answers]
    costs = [cost(one) for one in used]
    return Score(
        name,
        tuple(dict.fromkeys(answer.model for answer in answers)),
        questions=len(held),
        failed=len(held) - len(answers),
        cut=sum(answer.limit_reached is not None or answer.coverage.failed > 0 for answer in answers),
        answerable=with_answer.total(),
        right=with_answer["right"],
        wrong=with_answer["wrong"],
        declined=with_answer["declined"],
        unanswerable=without.total(),
        rightly_declined=without["declined"],
        statuses=dict(Counter(answer.status for answer in answers)),
        evidence=len(recalls),
        recall=fmean(recalls) if recalls else None,
        located=sum(len(answer.citations) for answer in answers),
        rejected=sum(answer.rejected_quotes for answer in answers),
        calls=_mean(one.calls + one.replayed for one in used),
        prompt_tokens=_mean(one.prompt_tokens + one.replayed_tokens for one in used),
        cost=None if None in costs else _mean(one for one in costs if one is not None),
        words=_mean(len(words(unmarked(answer.text))) for answer in answers if answer.text),
        seconds=_mean(one.seconds for one in used if not one.replayed) or None,
    )


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return fmean(held) if held else 0.0


def cost(used: Usage) -> float | None:
    """USD that an answer takes where nothing is replayed; None where a part of it is unknown."""
    parts = [*([used.cost] if used.calls else []), *([used.replayed_cost] if used.replayed else [])]
    return None if None in parts else sum(part for part in parts if part is not None)
