"""How much of a question's gold evidence stands in what is offered first, up to a number of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .haystack import PER_TOKEN
from .sets import Gold, GoldQuestion


class Shown(NamedTuple):
    """One item of a ranked list of evidence."""

    document: str
    start: int
    end: int
    page: int | None = None


def recall(shown: Sequence[Shown], question: GoldQuestion, budget: int) -> float:
    """Share of the question's gold that the items within the first `budget` tokens (characters / 4) hold.

    A span is held where at least half of it is covered, a gold sheet where any item stands on it. A question has one
    or the other, at least one of them.
    """
    first = within(shown, budget)
    if question.pages:
        seen = {(item.document, item.page) for item in first}
        return sum(page in seen for page in question.pages) / len(question.pages)
    return sum(half(first, gold) for gold in question.gold) / len(question.gold)


def within(shown: Sequence[Shown], budget: int) -> Sequence[Shown]:
    """The items before the first that does not fit, as in a prompt of that size."""
    used = 0
    for at, item in enumerate(shown):
        used += max(1, (item.end - item.start) // PER_TOKEN)
        if used > budget:
            return shown[:at]
    return shown


def half(shown: Sequence[Shown], gold: Gold) -> bool:
    """Whether items cover at least half of a gold span, together."""
    covered: set[int] = set()
    for item in shown:
        if item.document == gold.document:
            covered.update(range(max(gold.start, item.start), min(gold.end, item.end)))
    return 2 * len(covered) >= gold.end - gold.start
