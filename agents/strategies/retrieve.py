"""`retrieve`: look the places up, recite, then reason in a fresh prompt (RAG; ALR², Li et al. 2024, arXiv 2410.03227).

    needs = planner(question)
    P = best passages for question and needs, with neighbours of the very best, up to a token budget
        their order judged anew by a reranker, or by the reader (RankGPT's list)           -- `rerank`
        less the sentences that say nothing about question or needs (Provence)             -- `prune`
    E = union of reader(question, needs, p) over P              -- recite: sentence numbers
    while a need has no evidence, at most twice:                -- a hop (ours, after ChainRAG)
        P = best passages for the open needs, rewritten with what was found, read before or not
        E = E ∪ reader(question, needs, E, p) over P
    answer = manager(question, E)                               -- reason: original sentences, best first and last
    where it is not satisfied, a hop for what it misses and another answer, as long as there were not two hops

The planner, a reader for each prompt full of passages (in parallel) and the manager, whose evidence stands best first
and last (Jin et al. 2025, arXiv 2410.05983); at most three rounds of reading. ALR², a trained model, recites from the
whole context and has it in view while it reasons; here the second prompt is a short one (after arXiv 2510.05381).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock

from ...core.errors import SettingsError
from ...core.plugin import plugin
from ...core.seams import Reranker
from ...core.types import Note, Passage, Span
from ...memory.ledger import Covered, has_news
from ..desk import Desk
from ..needs import rewritten, unmet
from ..packing import affordable, span_groups
from ..pools import answering, note_groups, view
from ..prune import pruned
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .hop import fused, hop, unseen

READ = 4000
"""Tokens of passages read in the first round."""
AGAIN = 2000
"""Tokens of passages read in a hop."""
ROUNDS = 3
LEFTOVER = 200
"""Passages without any rank that are looked at, from the beginning, while there is room."""
RERANKED = 50
"""Best passages whose order is judged anew."""
HINT = "name `reader`, or a class of your own as module:Class with scores(query, texts)"
_ONE_AT_A_TIME = Lock()
"""Questions side by side share a reranker, from several threads."""


@cache
def named_reranker(spec: str) -> Reranker:
    """The reranker that `spec` names, made once for all questions: it may have a model to load."""
    made: Reranker = plugin(spec, HINT)()
    return made


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the look-up is: what comes next, and how many rounds were read."""

    stage: str = "plan"
    rounds: int = 0
    notes: int = 0
    """Notes there were when the last round began."""
    judged: int = 0
    """Notes that the manager has seen."""
    again: tuple[Span, ...] = ()
    """What was read with notes in view."""
    order: tuple[Passage, ...] = ()
    """The best passages as a reranker puts them."""


class Retrieve(Strategy):
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
        self._reranker = named_reranker(rerank) if rerank and not self._asks else None

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
                groups = span_groups(self._spans(state, desk), desk)
                shown, told = view(state, desk), rewritten(needs, state["notes"])
                return [Task("main", "reader", "read", group, shown, needs=told) for group in groups]
            case "answer":
                return [answering(state)]
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
                return self._after_reading(state, outcomes, desk)
        lookup = replace(lookup, judged=len(state["notes"]))
        ruling = state["ruling"]
        return self._hopping(lookup, state, desk) if ruling and not ruling.satisfied else replace(lookup, stage="done")

    def _after_reading(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Lookup:
        """To another hop while a need has no evidence and the last round was of some use, or was the first."""
        lookup: Lookup = state["slot"]
        with_notes = [span for outcome in outcomes for span in outcome.task.spans if outcome.task.notes]
        read = replace(lookup, rounds=lookup.rounds + 1, again=(*lookup.again, *with_notes))
        useful = has_news(state["notes"], lookup.notes) or read.rounds == 1
        if useful and unmet(state["needs"], state["notes"]):
            read = self._hopping(read, state, desk)
            if read.stage == "read":
                return read
        return replace(read, stage="answer" if has_news(state["notes"], lookup.judged) else "done")

    def _hopping(self, lookup: Lookup, state: State, desk: Desk) -> Lookup:
        """To the next round, where there may be one and something is left to be read in it."""
        if lookup.rounds < ROUNDS and state["limit"] is None and self._spans({**state, "slot": lookup}, desk):
            return replace(lookup, stage="read", notes=len(state["notes"]))
        return replace(lookup, stage="done")

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        """Passages by the sum of reciprocal ranks over the question and its needs; the question counts double."""
        wanted = [need.text for need in state["needs"] if need.text != desk.question]
        scores = fused({desk.question: 2.0, **dict.fromkeys(wanted, 1.0)}, desk)
        order = {passage: -place for place, passage in enumerate(reversed(state["slot"].order), 1)}
        return sorted(scores, key=lambda item: (order.get(item[0], 0), -item[1]))

    def _best(self, state: State, desk: Desk) -> tuple[Note, ...]:
        """As many of the best passages as one prompt has room for, as evidence to be put in order."""
        ranking = self.ranking(state, desk)[:RERANKED]
        return next(iter(note_groups([Note(passage.span, "", 1, 0.5) for passage, _ in ranking], desk)), ())

    def _judged(self, state: State, desk: Desk) -> tuple[Passage, ...]:
        """The best passages as the reranker puts them. Raises SettingsError where it does not judge them all."""
        if self._reranker is None:
            return ()
        best = [passage for passage, _ in self.ranking(state, desk)[:RERANKED]]
        with _ONE_AT_A_TIME:
            scores = self._reranker.scores(desk.question, [desk.text(passage.span) for passage in best])
        if len(scores) != len(best):
            raise SettingsError(f"the reranker gave {len(scores)} scores for {len(best)} texts", HINT)
        return tuple(best[at] for at in sorted(range(len(best)), key=lambda at: -scores[at]))

    def _spans(self, state: State, desk: Desk) -> list[Span]:
        """What is read in the next round."""
        lookup: Lookup = state["slot"]
        candidates, budget = (
            (hop(state, lookup.again, desk), AGAIN) if lookup.rounds else (self._first(state, desk), READ)
        )
        if not self._prune:
            return affordable(candidates, budget, desk)
        wanted = [desk.question, *(need.text for need in rewritten(state["needs"], state["notes"]))]
        return affordable(pruned(affordable(candidates, 2 * budget, desk), wanted, desk), budget, desk)

    def _first(self, state: State, desk: Desk) -> Iterator[Span]:
        """Passages, best first."""
        by_rank = [passage for passage, _ in self.ranking(state, desk)]
        # What no query word points to comes last, in order: a short document is read whole.
        yield from unseen([*by_rank, *desk.passages[:LEFTOVER]], Covered(state["read"]), desk)
