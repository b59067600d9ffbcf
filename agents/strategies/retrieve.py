"""`retrieve`: look the places up, recite, then reason in a fresh prompt (RAG; ALR², Li et al. 2024, arXiv 2410.03227).

    needs = planner(question)
    P = best passages for question and needs, with neighbours of the very best, up to a token budget
    E = union of reader(question, needs, p) over P              -- recite: sentence numbers
    answer = manager(question, E)                               -- reason: original sentences, best first and last
    once more with what the manager found missing, if anything new is found for it

The planner, a reader for each prompt full of passages (in parallel) and the manager; at most two rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...core.types import Passage, Span
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..state import Outcome, State, Task

READ = 6000
"""Tokens of passages read in a round."""
WITH_NEIGHBOURS = 4
"""Best passages that are read with the passage before and after them."""
ROUNDS = 2
LEFTOVER = 200
"""Passages without any rank that are looked at, from the beginning, while there is room."""
PER_SENTENCE = 3
"""Tokens of a sentence number and its line break."""
PER_EXCERPT = 60
"""Tokens of the fence and the source line around a stretch of text."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the look-up is: what comes next, how many rounds were read, how many notes the last one began with."""

    stage: str = "plan"
    rounds: int = 0
    notes: int = 0


class Retrieve:
    """Retrieval with recitation."""

    name = "retrieve"
    searches = True

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
                return replace(lookup, stage="read")
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
        return sorted(scores.items(), key=lambda item: -item[1])

    def _unread(self, state: State, desk: Desk) -> list[Span]:
        """The best passages that were not read yet, up to the budget of a round."""
        count = desk.models["reader"].count
        seen, left = Covered(state["read"]), READ
        chosen: list[Span] = []
        by_rank = [passage for passage, _ in self.ranking(state, desk)]
        # What no query word points to comes last, in order: a short document is read whole.
        for place, passage in enumerate([*by_rank, *desk.passages[:LEFTOVER]]):
            for near in (passage, *neighbours(desk, passage, place < WITH_NEIGHBOURS)):
                if seen.overlaps(near.span):
                    continue
                left -= count(desk.text(near.span))
                if left < 0:
                    return chosen
                seen.add(near.span)
                chosen.append(near.span)
        return chosen


def neighbours(desk: Desk, passage: Passage, wanted: bool) -> list[Passage]:
    """The passages before and after."""
    book = desk.books[passage.document]
    around = (passage.index - 1, passage.index + 1) if wanted else ()
    return [book.passage(at) for at in around if 0 <= at < len(book)]


def grouped(spans: Iterable[Span], desk: Desk) -> list[tuple[Span, ...]]:
    """Spans in the order of the text, in groups that a reader's prompt has room for, adjacent ones joined."""
    count, room = desk.models["reader"].count, desk.room("reader").text
    order = {document: at for at, document in enumerate(desk.books)}
    groups: list[list[Span]] = []
    left = 0
    for span in sorted(spans, key=lambda s: (order[s.document], s.start)):
        sentences = desk.books[span.document].sentences_in(span)
        cost = count(desk.text(span)) + PER_SENTENCE * len(sentences)
        last = groups[-1][-1] if groups else None
        adjacent = last is not None and last.document == span.document and last.end == span.start
        cost += 0 if adjacent else PER_EXCERPT
        if not groups or cost > left:
            groups.append([span])
            left = room - cost
            continue
        left -= cost
        if adjacent and last is not None:
            groups[-1][-1] = Span(span.document, last.start, span.end)
        else:
            groups[-1].append(span)
    return [tuple(group) for group in groups]
