"""`retrieve`: look the places up, recite, then reason in a fresh prompt (RAG; ALR², Li et al. 2024, arXiv 2410.03227).

    needs = planner(question)
    P = best passages for question and needs, with neighbours of the very best, up to a token budget
        their order judged anew by a reranker, or by the reader (RankGPT's list)           -- `rerank`
        less the sentences that say nothing about question or needs (Provence)             -- `prune`
    E = union of reader(question, needs, p) over P              -- recite: sentence numbers
    answer = manager(question, E)                               -- reason: original sentences, best first and last
    once more with what the manager found missing, if anything new is found for it

The planner, a reader for each prompt full of passages (in parallel) and the manager, whose evidence stands best first
and last (Jin et al. 2025, arXiv 2410.05983); at most two rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...core.errors import SettingsError
from ...core.plugin import plugin
from ...core.seams import Reranker
from ...core.types import Note, Passage, Span
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..packing import affordable, grouped
from ..prune import pruned
from ..state import Outcome, State, Task
from .sweep import grouped as prompts

READ = 6000
"""Tokens of passages read in a round."""
WITH_NEIGHBOURS = 4
"""Best passages that are read with the passage before and after them."""
ROUNDS = 2
LEFTOVER = 200
"""Passages without any rank that are looked at, from the beginning, while there is room."""
RERANKED = 50
"""Best passages whose order is judged anew."""
HINT = "name `reader`, or a class of your own as module:Class with scores(query, texts)"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the look-up is: what comes next, how many rounds were read, how many notes the last one began with."""

    stage: str = "plan"
    rounds: int = 0
    notes: int = 0
    order: tuple[Passage, ...] = ()
    """The best passages as a reranker puts them."""


class Retrieve:
    """Retrieval with recitation.

    Args:
        prune: whether sentences that say nothing about the question are left out.
        rerank: who puts the best passages in order: nobody (empty), `reader`, or a Reranker as `module:Class`.
    """

    name = "retrieve"
    searches = True

    def __init__(self, prune: bool = False, rerank: str = "") -> None:
        self._prune = prune
        self._asks = rerank == "reader"
        self._reranker: Reranker | None = plugin(rerank, HINT)() if rerank and not self._asks else None

    def units(self, desk: Desk) -> Sequence[Passage]:
        return desk.passages

    def start(self, desk: Desk) -> Lookup:
        return Lookup()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        lookup: Lookup = state["slot"]
        needs = tuple(state["needs"])
        match lookup.stage:
            case "plan":
                return [Task("main", "planner", "plan", needs=needs)]
            case "rerank":
                return [Task("main", "memory_writer", "merge", notes=self._best(state, desk), needs=needs)]
            case "read":
                spans = self._unread(state, desk)
                return [Task("main", "reader", "read", group, needs=needs) for group in grouped(spans, desk)]
            case "answer":
                return [Task("main", "manager", "answer", notes=tuple(ranked(state["notes"])), needs=needs)]
        return []

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Lookup:
        lookup: Lookup = state["slot"]
        match lookup.stage:
            case "plan":
                return replace(lookup, stage="rerank" if self._asks else "read", order=self._judged(state, desk))
            case "rerank":
                best = [desk.books[note.span.document].passage_at(note.span.start) for note in self._best(state, desk)]
                order = [best[at] for at in outcomes[0].chosen]
                return replace(lookup, stage="read", order=tuple(dict.fromkeys([*order, *best])))
            case "read":
                news = len(state["notes"]) > lookup.notes
                return replace(lookup, stage="answer" if news else "done", rounds=lookup.rounds + 1)
        ruling = state["ruling"]
        if (
            ruling
            and not ruling.satisfied
            and lookup.rounds < ROUNDS
            and state["limit"] is None
            and self._unread(state, desk)
        ):
            return replace(lookup, stage="read", notes=len(state["notes"]))
        return replace(lookup, stage="done")

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        """Passages by the sum of reciprocal ranks over the question and its needs; the question counts double."""
        scores: dict[Passage, float] = {}
        queries = dict.fromkeys([desk.question, *(need.text for need in state["needs"])])
        for weight, query in zip((2.0, *[1.0] * len(queries)), queries, strict=False):
            for place, (passage, _) in enumerate(desk.rank(query)):
                scores[passage] = scores.get(passage, 0.0) + weight / (60 + place)
        order = {passage: -place for place, passage in enumerate(reversed(state["slot"].order), 1)}
        return sorted(scores.items(), key=lambda item: (order.get(item[0], 0), -item[1]))

    def _best(self, state: State, desk: Desk) -> tuple[Note, ...]:
        """As many of the best passages as one prompt has room for, as evidence to be put in order."""
        ranking = self.ranking(state, desk)[:RERANKED]
        return next(iter(prompts([Note(passage.span, "", 1, 0.5) for passage, _ in ranking], desk)), ())

    def _judged(self, state: State, desk: Desk) -> tuple[Passage, ...]:
        """The best passages as the reranker puts them. Raises SettingsError where it does not judge them all."""
        if self._reranker is None:
            return ()
        best = [passage for passage, _ in self.ranking(state, desk)[:RERANKED]]
        scores = self._reranker.scores(desk.question, [desk.text(passage.span) for passage in best])
        if len(scores) != len(best):
            raise SettingsError(f"the reranker gave {len(scores)} scores for {len(best)} texts", HINT)
        return tuple(best[at] for at in sorted(range(len(best)), key=lambda at: -scores[at]))

    def _unread(self, state: State, desk: Desk) -> list[Span]:
        """The best passages that were not read yet, up to the budget of a round."""
        candidates = self._candidates(state, desk)
        if not self._prune:
            return affordable(candidates, READ, desk)
        wanted = [desk.question, *(need.text for need in state["needs"])]
        return affordable(pruned(affordable(candidates, 2 * READ, desk), wanted, desk), READ, desk)

    def _candidates(self, state: State, desk: Desk) -> Iterator[Span]:
        """What was not read yet, best first."""
        seen = Covered(state["read"])
        by_rank = [passage for passage, _ in self.ranking(state, desk)]
        # What no query word points to comes last, in order: a short document is read whole.
        for place, passage in enumerate([*by_rank, *desk.passages[:LEFTOVER]]):
            for near in (passage, *neighbours(desk, passage, place < WITH_NEIGHBOURS)):
                if not seen.overlaps(near.span):
                    seen.add(near.span)
                    yield near.span


def neighbours(desk: Desk, passage: Passage, wanted: bool) -> list[Passage]:
    """The passages before and after."""
    book = desk.books[passage.document]
    around = (passage.index - 1, passage.index + 1) if wanted else ()
    return [book.passage(at) for at in around if 0 <= at < len(book)]
