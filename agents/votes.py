"""Which of several paths' answers is given: the one whose evidence bears most. In code, no model is asked.

A vote of paths weighs what its evidence is worth: the confidence of the best sentence it cites, less the share of hard
facts that stand in no cited passage. Paths that say the same add up. Published selections vote on words alone or let a
model judge them, and leave most of what several paths know unused (Zhang et al. 2024, section 5).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..language.words import stems, words
from .desk import Desk
from .manager import MARK
from .settle import hard_facts
from .state import Outcome, Ruling, Task

DENIALS = frozenset(
    """
    no not never none nor neither nobody nothing without nein nicht kein keine keinen keiner nie niemals non ne pas
    jamais aucun aucune rien nunca jamas nada ningun ninguna nao nem nenhum niet geen nooit mai nessun niente
    """.split()
)
"""Words, folded, that turn a statement round."""


async def select(number: int, task: Task, desk: Desk) -> Outcome:
    """The ruling of the task's that bears most; none where there are none."""
    rulings = task.rulings
    return Outcome(number, task, ruling=best(rulings, desk) if rulings else None)


def best(rulings: Sequence[Ruling], desk: Desk) -> Ruling:
    """The ruling whose answer the paths support most; among those that say the same the one that bears most itself."""
    weights = [weight(ruling, desk) for ruling in rulings]

    def support(at: int) -> tuple[float, float]:
        same = sum(w for other, w in zip(rulings, weights, strict=True) if agree(rulings[at], other))
        return same, weights[at]

    return rulings[max(range(len(rulings)), key=lambda at: (*support(at), -at))]


def weight(ruling: Ruling, desk: Desk) -> float:
    """What a ruling's evidence is worth, 0 to 1."""
    if not ruling.answer or not ruling.evidence:
        return 0.0
    facts = hard_facts(ruling, desk)
    good, bad = len(facts.supported), len(facts.unsupported)
    return max(note.confidence for note in ruling.evidence) * (good + 1) / (good + bad + 1)


def agree(one: Ruling, other: Ruling) -> bool:
    """Whether two answers say the same: the words of one are among the other's, and both deny or neither does."""
    said, others = _said(one), _said(other)
    among = said <= others or others <= said
    return bool(said and others) and among and bool(said & DENIALS) == bool(others & DENIALS)


def _said(ruling: Ruling) -> frozenset[str]:
    """What an answer says: stems and denials; its words of grammar where it has no others, as `yes` has none."""
    text = MARK.sub(" ", ruling.answer)
    spoken = {"not" if word.endswith("n't") else word for word in words(text)}
    return frozenset([*stems(text), *(spoken & DENIALS)] or spoken)


def disputed(rulings: Sequence[Ruling]) -> bool:
    """Whether two of the answers that rest on evidence say different things."""
    located = [ruling for ruling in rulings if ruling.answer and ruling.evidence]
    return any(not agree(one, other) for at, one in enumerate(located) for other in located[at + 1 :])
