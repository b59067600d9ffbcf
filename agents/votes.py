"""Which of several paths' answers is given: the one whose evidence bears most. In code, no model is asked.

A vote of paths weighs what its evidence is worth: the confidence of the best sentence it cites, less the share of hard
facts that stand in no cited passage. Paths that say the same add up. Published selections vote on words alone or let a
model judge them, and leave most of what several paths know unused (Zhang et al. 2024, section 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ..language.tongues import language_of
from ..language.turns import turns
from ..language.words import stems, words
from .desk import Desk
from .marks import unmarked
from .settle import hard_facts
from .state import Outcome, Ruling, Task


async def select(number: int, task: Task, desk: Desk) -> Outcome:
    """The ruling of the task's that bears most; none where there are none."""
    rulings = task.rulings
    return Outcome(number, task, ruling=best(rulings, desk) if rulings else None)


def best(rulings: Sequence[Ruling], desk: Desk) -> Ruling:
    """The ruling whose answer the paths support most; among those that say the same the one that bears most itself."""
    weights = [weight(ruling, desk) for ruling in rulings]

    def support(at: int) -> tuple[float, float]:
        same = sum(w for other, w in zip(rulings, weights, strict=True) if agree(rulings[at], other, asked_in(desk)))
        return same, weights[at]

    return rulings[max(range(len(rulings)), key=lambda at: (*support(at), -at))]


def weight(ruling: Ruling, desk: Desk) -> float:
    """What a ruling's evidence is worth, 0 to 1."""
    if not ruling.answer or not ruling.evidence:
        return 0.0
    facts = hard_facts(ruling, desk)
    good, bad = len(facts.supported), len(facts.unsupported)
    return max(note.confidence for note in ruling.evidence) * (good + 1) / (good + bad + 1)


def asked_in(desk: Desk) -> str:
    """The language of the question: what answers too short to show one are in."""
    return language_of(desk.question, "en", margin=0)


def agree(one: Ruling, other: Ruling, asked: str = "en") -> bool:
    """Whether two answers say the same: the words of one are among the other's, and nothing turns one of them round.

    That is a denial in one alone, or sides that have nothing in common: before a year and after it, all and a few.

    Args:
        asked: the language that both are in, unless they show that it is another.
    """
    answers = [unmarked(ruling.answer) for ruling in (one, other)]
    language = language_of("\n".join(answers), asked)
    said, others = (_said(answer, language) for answer in answers)
    turned, turned_too = (turns(answer, language) for answer in answers)
    among = bool(said and others) and (said <= others or others <= said)
    apart = turned.sides and turned_too.sides and not turned.sides & turned_too.sides
    return among and turned.denies == turned_too.denies and not apart


def _said(answer: str, language: str) -> frozenset[str]:
    """Stems of what an answer says; its words of grammar where it has no others, as `yes` has none."""
    return frozenset(stems(answer, language) or words(answer))


def disputed(rulings: Sequence[Ruling], desk: Desk) -> bool:
    """Whether two of the answers that rest on evidence say different things."""
    located = [ruling for ruling in rulings if ruling.answer and ruling.evidence]
    pairs = combinations(located, 2)
    return any(not agree(one, other, asked_in(desk)) for one, other in pairs)
