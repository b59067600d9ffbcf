"""Several paths through one text: orders of a chain, or strategies; the answer whose evidence bears most is given.

    for each path p, side by side:  answer_p = its own strategy, with a memory of its own
    where answers that rest on evidence differ:
        E = reader(question, the passages of all their evidence, in one prompt)     -- re-read together, once
        answer = manager(question, E ∪ their evidence)
    else, or where that abstains:   the answer with the greatest weight of verified evidence (`votes`)

Chain-of-Agents' multi-path (Zhang et al. 2024, section 5: two directions, random orders), with another selection: a
vote by evidence in place of a vote by words, and LongAgent's exchange (Zhao et al. 2024, arXiv 2402.11550) for paths
that contradict each other. Its self-consistency, one order sampled several times, is left out: other orders did best
there. The calls of all paths, and two where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...core.types import Chunk, Note, Passage, Span
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..folding import after, beginning, fold
from ..packing import span_groups
from ..state import Outcome, Ruling, State, Task
from ..strategy import Strategy
from ..votes import disputed

OWN = "paths"
"""The lane of what the paths do together."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Where the paths are, each with a state of its own, and what becomes of their answers."""

    states: tuple[State, ...]
    stage: str = "walk"
    found: tuple[Note, ...] = ()
    """What the readers of the disputed passages noted."""
    again: bool = False
    """Whether the paths differed and were read again together."""
    judged: Ruling | None = None


class Paths(Strategy):
    """Several ways of reading side by side.

    Args:
        ways: by name, in the order in which ties are decided.
    """

    def __init__(self, ways: Mapping[str, Strategy]) -> None:
        self.name = ",".join(ways)
        self._ways = dict(ways)
        self.searches = any(way.searches for way in ways.values())

    def units(self, desk: Desk) -> Sequence[Chunk | Passage]:
        units = [way.units(desk) for way in self._ways.values()]
        return units[0] if len({way.name for way in self._ways.values()}) == 1 else desk.passages

    def start(self, desk: Desk) -> Fork:
        return Fork(tuple(beginning(desk.question, way.start(desk)) for way in self._ways.values()))

    def choose(self, state: State, desk: Desk) -> list[Task]:
        fork: Fork = state["slot"]
        rulings, needs = self._rulings(fork), tuple(state["needs"][:1])
        if fork.stage == "walk":
            tasks = self._walking(fork, state, desk)
            if tasks:
                return tasks
            spans = contested(rulings, desk) if disputed(rulings, desk) and state["limit"] is None else ()
            if spans:
                return [Task(OWN, "reader", "read", spans, needs=needs)]
        if fork.stage == "judge":
            cited = [note for ruling in rulings for note in ruling.evidence]
            return [Task(OWN, "manager", "answer", notes=tuple(ranked([*fork.found, *cited])), needs=needs)]
        if fork.stage == "done" or not rulings:
            return []
        return [Task(OWN, "manager", "select", rulings=(fork.judged,) if fork.judged else rulings)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Fork:
        fork: Fork = state["slot"]
        first = outcomes[0]
        if first.task.lane != OWN:
            return replace(fork, states=tuple(self._walked(fork, outcomes, desk)))
        if first.task.role == "reader":
            return replace(fork, stage="judge", found=first.notes, again=True)
        if first.task.form == "answer":
            good = first.ruling is not None and first.ruling.answer and first.ruling.evidence
            return replace(fork, stage="select", judged=first.ruling if good else None)
        return replace(fork, stage="done")

    def _walking(self, fork: Fork, state: State, desk: Desk) -> list[Task]:
        """What the paths that have not come to their end do next."""
        return [
            replace(task, lane=f"{at}:{task.lane}")
            for at, (way, own) in enumerate(zip(self._ways.values(), fork.states, strict=True))
            for task in way.choose({**own, "limit": state["limit"]}, desk)
        ]

    def _walked(self, fork: Fork, outcomes: Sequence[Outcome], desk: Desk) -> list[State]:
        """The states of the paths after a turn; a path knows nothing of the others."""
        states = []
        for at, (way, own) in enumerate(zip(self._ways.values(), fork.states, strict=True)):
            mine = [unmarked(outcome) for outcome in outcomes if outcome.task.lane.startswith(f"{at}:")]
            if mine:
                own = after(own, fold(own, mine))
                own = {**own, "slot": way.remember(own, mine, desk)}
            states.append(own)
        return states

    def _rulings(self, fork: Fork) -> tuple[Ruling, ...]:
        return tuple(ruling for own in fork.states if (ruling := own["ruling"]) is not None)

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        fork: Fork = state["slot"]
        rankings = (way.ranking(own, desk) for way, own in zip(self._ways.values(), fork.states, strict=True))
        return next((ranking for ranking in rankings if ranking), ())

    def route(self, state: State, desk: Desk) -> str:
        """What each path said, and what was made of it."""
        fork: Fork = state["slot"]
        said = (
            f"{name}: {'found nothing' if own['ruling'] is None else own['ruling'].verdict}"
            for name, own in zip(self._ways, fork.states, strict=True)
        )
        unsettled = "" if fork.judged else ", which settled nothing"
        return "; ".join([*said, *([f"they differed and were read again together{unsettled}"] if fork.again else [])])


def unmarked(outcome: Outcome) -> Outcome:
    """`outcome` as its path knows it."""
    return replace(outcome, task=replace(outcome.task, lane=outcome.task.lane.partition(":")[2]))


def contested(rulings: Sequence[Ruling], desk: Desk) -> tuple[Span, ...]:
    """The passages that hold the evidence of all rulings, as many as one prompt has room for."""
    seen = Covered()
    spans: list[Span] = []
    for ruling in rulings:
        for note in ruling.evidence:
            for passage in desk.books[note.span.document].passages_over(note.span):
                if not seen.overlaps(passage.span):
                    seen.add(passage.span)
                    spans.append(passage.span)
    return next(iter(span_groups(spans, desk)), ())
