"""How much of a question's gold evidence stands in what is offered first, up to a number of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..core.types import Span
from ..memory.ledger import Covered
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
    return sum(holds(first, gold) for gold in question.gold) / len(question.gold)


def within(shown: Sequence[Shown], budget: int) -> Sequence[Shown]:
    """The items before the first that does not fit, as in a prompt of that size."""
    used = 0
    for at, item in enumerate(shown):
        used += max(1, (item.end - item.start) // PER_TOKEN)
        if used > budget:
            return shown[:at]
    return shown


def holds(shown: Iterable[Shown], gold: Gold) -> bool:
    """Whether items cover at least half of a gold span, together."""
    return half(Covered(Span(item.document, item.start, item.end) for item in shown), Span(*gold))


def half(covered: Covered, place: Span) -> bool:
    """Whether at least half of a place is covered."""
    return 2 * sum(part.end - part.start for part in covered.rest(place)) <= place.end - place.start
