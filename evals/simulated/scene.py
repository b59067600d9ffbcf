"""One call as a simulated reader meets it: what it knows, how badly it reads, and its chances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from ...prompts import Needs
from .draws import happens, recurs, uniform
from .facts import Plant, Puzzle
from .page import Page, bare, holds, known
from .profile import Profile

WORST = 0.97
"""Probability of a miss at most."""
SURE = (0.6, 1.0)
"""Confidence in a fact, drawn evenly between the two. An assumption: it is no parameter of a profile."""
UNSURE = (0.3, 0.9)
"""Confidence in anything else."""


@dataclass(frozen=True)
class Scene:
    """A call with all that decides its reply."""

    profile: Profile
    seed: int
    puzzle: Puzzle
    plants: Sequence[Plant]
    prompt: Any
    """The typed prompt."""
    mark: str
    """A hash of the printed prompt."""
    tokens: int
    """Of the printed prompt."""
    room: int
    """Tokens of the reply at most."""
    facts: Sequence[str] = ()
    """What states the facts of all questions there are, for prompts that are made before any is asked."""

    def draw(self, *about: object) -> float:
        """A number between 0 and 1 for this prompt."""
        return uniform(self.seed, *about, self.mark)

    def happens(self, p: float, *about: object) -> bool:
        """True with probability `p`, drawn for this prompt."""
        return happens(p, self.seed, *about, self.mark)

    def succeeds(self, p: float, what: str) -> bool:
        """True with probability `p`, correlated over all prompts about this question as misses of a fact are."""
        return recurs(p, self.profile.rho, (self.seed, what, self.puzzle.question), (self.mark,))

    def found(self, page: Page, texts: Iterable[str]) -> dict[int, tuple[int, ...]]:
        """The facts that are recognised on a page, each with the numbers of its lines.

        Args:
            texts: what else is printed: memory, needs, message.
        """
        told = [self.puzzle.question, *texts]
        found: dict[int, tuple[int, ...]] = {}
        for at in self.puzzle.order:
            seen = page.find(self.puzzle.facts[at].text)
            linked = seen and all(
                need in found or known(self.puzzle.facts[need].answer, told) for need in self.puzzle.facts[at].needs
            )
            if seen and (linked or self._recognised(at)) and not self.missed(self.puzzle.facts[at].text, seen.x):
                found[at] = seen.lines
        return found

    def _recognised(self, at: int) -> bool:
        """Whether a fact is understood without what it depends on: never drawn again, however often it is read."""
        return happens(self.profile.b, self.seed, "recognised", self.puzzle.facts[at].text)

    def missed(self, text: str, x: float) -> bool:
        """Whether what `text` says is overlooked, so far down the page."""
        one = self.profile
        p = one.p0 + one.p1 * max(0.0, log2(self.tokens / 2000)) + one.pq * log2(self._questions())
        p = min(WORST, p * (1 + 4 * one.d * x * (1 - x)))
        return recurs(p, one.rho, (self.seed, "missed", text), (self.mark,))

    def _questions(self) -> int:
        """How many questions the prompt asks; needs are parts of one question."""
        return max(1, len(getattr(self.prompt, "questions", ())))

    def mistaken(self) -> tuple[int, str]:
        """The need that false news is told for, and the question: of several that are asked together, one by chance."""
        if not getattr(self.prompt, "questions", ()):
            return 1, self.puzzle.question
        asked = self.prompt.needs.items
        one = asked[int(self.draw("false", "for") * len(asked))]
        return one.number, one.text

    def confidence(self, text: str) -> float:
        """In what a text says: drawn once for a text, so that a memory it was carried through changes nothing."""
        low, high = SURE if any(holds(text, fact.text) for fact in self.puzzle.facts) else UNSURE
        return round(low + (high - low) * uniform(self.seed, "confidence", bare(text)), 4)

    def serves(self, at: int, needs: Needs) -> int:
        """The number of the need that a fact serves: the one that asks for it, else that of the question."""
        asked = {self.puzzle.asking(at), *self.puzzle.worded(at)}
        return next((need.number for need in needs.items if need.text in asked), 1)

    def lacking(self, have: Iterable[int]) -> list[str]:
        """What a reader who has these facts would ask next: for those that depend on nothing else that is missing."""
        held = set(have)
        missing = [at for at in self.puzzle.order if at not in held]
        ready = [at for at in missing if held.issuperset(self.puzzle.facts[at].needs)]
        return [self.worded(at, self.puzzle.asking(at, held)) for at in ready]

    def worded(self, at: int, asked: str) -> str:
        """A sub-question, or by mischance the question itself."""
        return self.puzzle.question if self.happens(self.profile.r, "worded", at) else asked

    def obeyed(self, texts: Sequence[str]) -> tuple[int, Plant] | None:
        """The place of a planted instruction among `texts`, and the plant, where it is obeyed."""
        for plant in self.plants:
            for at, text in enumerate(texts):
                if holds(text, plant.text):
                    return (at, plant) if self.happens(self.profile.i, "obeyed", plant.text) else None
        return None
