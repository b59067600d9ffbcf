"""Any strategy with demonstrations (DoubleDipper, Cattan et al. 2024, arXiv 2406.13632).

    d_1 … d_3 = planner(p) for three passages p of the text, drawn at random, whatever the question
    the strategy as it is, but that whoever reads text for the question sees d_1 … d_3 before it

    d = a question, the sentences of p that answer it with those around them, and the finding that points to them

Three short calls, once per document: they do not depend on the question, so the journal has them for the next one. The
paper shows the whole text beside the examples, as `full` does here; else each reader sees them beside its part.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...core.types import Chunk, Passage
from ..desk import Desk
from ..state import Example, Form, Outcome, State, Task
from ..strategy import Strategy

SHOWN: frozenset[Form] = frozenset({"read", "write", "piece", "facts", "explore", "whole"})
"""Forms of task whose prompt has room for examples."""
EXAMPLES = 3
DRAWN = 40
"""Passages that are drawn to find so many that are long enough to ask about."""
LEAST = 3
"""Sentences of a passage that is long enough."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The examples, None until they are wanted, and the strategy's own slot."""

    slot: Any
    examples: tuple[Example, ...] | None = None


class Demonstrated(Strategy):
    """A strategy whose readers are shown examples.

    Args:
        way: the strategy.
    """

    def __init__(self, way: Strategy) -> None:
        self.name = way.name
        self.searches = way.searches
        self.answers = way.answers
        self._way = way

    def units(self, desk: Desk) -> Sequence[Chunk | Passage]:
        return self._way.units(desk)

    def start(self, desk: Desk) -> Lesson:
        return Lesson(self._way.start(desk))

    def choose(self, state: State, desk: Desk) -> list[Task]:
        lesson: Lesson = state["slot"]
        tasks = self._way.choose(within(state), desk)
        wanted = lesson.examples is None and any(task.form in SHOWN for task in tasks)
        lessons = [Task("examples", "planner", "demonstrate", (p.span,)) for p in drawn(desk)] if wanted else []
        return lessons or [replace(task, examples=lesson.examples or ()) for task in tasks]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Lesson:
        lesson: Lesson = state["slot"]
        if outcomes[0].task.form == "demonstrate":
            return replace(lesson, examples=tuple(example for outcome in outcomes for example in outcome.examples))
        return replace(lesson, slot=self._way.remember(within(state), outcomes, desk))

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return self._way.ranking(within(state), desk)

    def route(self, state: State, desk: Desk) -> str | None:
        return self._way.route(within(state), desk)


def drawn(desk: Desk) -> list[Passage]:
    """Passages to make examples of: the same ones whenever these documents are asked."""
    count = len(desk.passages)
    places = random.Random(count).sample(range(count), min(DRAWN, count))
    passages = [desk.passages[at] for at in places]
    return [p for p in passages if len(desk.books[p.document].sentences_in(p.span)) >= LEAST][:EXAMPLES]


def within(state: State) -> State:
    """The state as the strategy knows it."""
    return {**state, "slot": state["slot"].slot}
