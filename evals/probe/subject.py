"""A simulated reader that can be probed: it knows the needles and the planted instructions. Probes are tested on it."""

from __future__ import annotations

from ..simulated import Profile, Puzzle, Simulated
from .pages import SEVERAL, facts
from .plan import PLANTS


def subject(label: str, given: Profile, seed: int = 0, window: int = 8192) -> Simulated:
    """A reader with the profile `given`, which a probe should recover."""
    alone = [Puzzle(fact.question, (fact.answer,), (fact,)) for fact in facts()]
    together = Puzzle(SEVERAL, (), facts())
    return Simulated(label, given, [*alone, together], plants=PLANTS, seed=seed, window=window)
