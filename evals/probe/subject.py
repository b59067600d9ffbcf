"""A simulated reader that can be probed: it knows the needles and the planted instructions. Probes are tested on it."""

from __future__ import annotations

from ...prompts import SEVERAL
from ..simulated import PROFILES, Profile, Puzzle, Simulated, profile
from .pages import facts
from .plan import PLANTS

SUBJECTS = {name: profile(name) for name in PROFILES} | {
    "forgetful": Profile(p0=0.05, p1=0.12, pq=0.02, d=0.8, rho=0.3, h=0.4, s=0.3, v=0.2, m=0.15, i=0.9),
    "crowded": Profile(p0=0.05, pq=0.12, h=0.1, m=0.05),
}
"""The kept profiles, and two in which single effects are strong."""


def subject(label: str, given: Profile, seed: int = 0, window: int = 8192) -> Simulated:
    """A reader with the profile `given`, which a probe should recover."""
    alone = [Puzzle(fact.question, (fact.answer,), (fact,)) for fact in facts()]
    together = Puzzle(SEVERAL, (), facts())
    return Simulated(label, given, [*alone, together], plants=PLANTS, seed=seed, window=window)
