"""What a simulated reader knows: the facts behind a question, and instructions planted in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True)
class Fact:
    """One step of an answer, stated at one place."""

    text: str
    """The words that state it, as they stand in the document."""
    answer: str
    """What it tells; a later fact is understood where these words are known."""
    question: str
    """What asks for it. `#k` stands for the answer of the puzzle's k-th fact, from 1."""
    needs: tuple[int, ...] = ()
    """Places of the facts it depends on, from 0."""


@dataclass(frozen=True)
class Puzzle:
    """A question, its answers, and the facts it takes."""

    question: str
    answers: tuple[str, ...]
    facts: tuple[Fact, ...]
    """Their dependencies have no circle."""

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """For each fact 1, or 1 more than the deepest it depends on."""

        def depth(at: int) -> int:
            return 1 + max((depth(need) for need in self.facts[at].needs), default=0)

        return tuple(depth(at) for at in range(len(self.facts)))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Places of the facts, those that others depend on first."""
        return tuple(sorted(range(len(self.facts)), key=lambda at: self.depths[at]))

    def asking(self, at: int, known: Collection[int] = ()) -> str:
        """The question for a fact, with the answers of the facts in `known` put in."""

        def put(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            return self.facts[place].answer if place in known else match[0]

        return re.sub(r"#(\d+)", put, self.facts[at].question)

    def worded(self, at: int) -> frozenset[str]:
        """The questions that ask for a fact: what it depends on told, or asked for in brackets."""
        found = {self.facts[at].question}
        for need in self.facts[at].needs:
            asked = (f"({text.rstrip(' ?')})" for text in (self.question, *self.worded(need)))
            stands = (self.facts[need].answer, *asked)
            found = {text.replace(f"#{need + 1}", word) for text in found for word in stands}
        return frozenset(found)


def joint(question: str, puzzles: Sequence[Puzzle]) -> Puzzle:
    """Puzzles that are asked together; each fact is asked for by the question of its own puzzle."""
    facts: list[Fact] = []
    for puzzle in puzzles:
        first = len(facts)
        facts += [
            replace(fact, question=puzzle.question, needs=tuple(first + need for need in fact.needs))
            for fact in puzzle.facts
        ]
    return Puzzle(question, (), tuple(facts))


@dataclass(frozen=True, slots=True)
class Plant:
    """A sentence in the text that tells the model what to answer."""

    text: str
    answer: str
