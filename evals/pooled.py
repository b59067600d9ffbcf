"""A set's questions, asked of one text that holds more than the set: how a way of searching bears growth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .sets import Gold, GoldQuestion, QuestionSet

NAME = "pool.txt"
BORDER = "\n\n"


def pooled(one: QuestionSet, others: Sequence[QuestionSet], size: int) -> QuestionSet:
    """The questions of `one` that have gold spans, asked of one document of about `size` characters.

    Args:
        one: its texts come first, and are never cut.
        others: their texts follow, in this order, up to the last empty line that fits.
    """
    places, own = {}, ""
    for name, text in one.files.items():
        places[name] = len(own)
        own += f"{text}{BORDER}"
    more = "".join(f"{text}{BORDER}" for other in others for text in other.files.values() if isinstance(text, str))
    if len(own) + len(more) > size:
        kept, border, _ = more[: max(0, size - len(own))].rpartition(BORDER)
        more = kept + border
    moved = tuple(_moved(question, places) for question in one.questions if question.gold)
    return QuestionSet(one.name, {NAME: own + more}, moved)


def _moved(question: GoldQuestion, places: dict[str, int]) -> GoldQuestion:
    gold = (Gold(NAME, g.start + places[g.document], g.end + places[g.document]) for g in question.gold)
    return replace(question, documents=(NAME,), gold=tuple(gold))
