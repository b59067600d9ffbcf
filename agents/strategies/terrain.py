"""The concept graph as a question sees it: which nodes look near, where they stand in the text, what lies beside them.

Everything here is counted by code; what is chosen from it is the explorer's. Nearness is personalised PageRank (as in
HippoRAG 2, Gutiérrez et al. 2025) from the elements that question and plan name and from the passages that rank best
for the question, times rarity: a hub is near to all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from ...core.seams import Concepts, Spread
from ...core.types import Chunk, Passage, Span
from ...memory.graph import ConceptGraph
from ...memory.graph_build import gather
from ..desk import RANKED, Desk
from ..packing import source_beyond
from ..state import Atom, Outcome, Point

PART = 2000
"""Tokens of a part of the text, where the window has room for them: the paper's best."""
FACTS = 1000
"""Tokens of sentences shown of a node, and of headings above them where those are long."""
PER_PART = 3
"""Sentences shown of a node in one part."""
MENTIONS = 200
"""Mentions of a node that are looked at, those in the nearest passages."""
BEST = 20
"""Best passages that nearness is measured from, beside the elements named."""
FUSED = 0.3
"""Weight of nearness in the ranking of passages, against 1 of the search."""
PER_FACT = 10
"""Tokens of a fact's number, line break and share in the fence around it."""


class Terrain:
    """Where walks of one question may go.

    Args:
        asked: the question and the steps of its plan.
        atoms: what the text says, where a model was asked; else its sentences say it.
    """

    def __init__(self, desk: Desk, asked: Sequence[str], atoms: Sequence[Atom] = ()) -> None:
        self._desk = desk
        self._asked = asked
        self._atoms: defaultdict[Span, list[Atom]] = defaultdict(list)
        for atom in atoms:
            self._atoms[atom.place].append(atom)
        self.graph = graph_of(atoms, desk) if atoms else desk.concepts
        self.parts: list[Chunk] = desk.near.cut(min(PART, desk.room("explorer").text))
        self._order = {document: at for at, document in enumerate(desk.near.books)}
        self._starts = [(self._order[part.document], part.start) for part in self.parts]

    def part_at(self, span: Span) -> int:
        """The part in which `span` begins."""
        return bisect_right(self._starts, (self._order[span.document], span.start)) - 1

    def beside(self, part: int, step: int) -> int | None:
        """The part before (-1) or after (1) in the same document."""
        at = part + step
        same = 0 <= at < len(self.parts) and self.parts[at].document == self.parts[part].document
        return at if same else None

    def nearest(self, most: int) -> list[int]:
        """The nodes nearest to the question, best first."""
        import numpy as np

        order = np.argsort(-self._near, kind="stable")[:most]
        return [int(node) for node in order if self._near[node] > 0]

    def best(self, most: int) -> list[int]:
        """The parts that hold the best passages, or else the first."""
        ranked = (self.part_at(passage.span) for passage, _ in self._desk.rank(self._desk.question))
        return list(dict.fromkeys([*ranked, *range(len(self.parts))]))[:most]

    def neighbours(self, node: int, visited: Collection[int], most: int) -> list[int]:
        """Nodes beside `node` that nobody was at, those near to the question and often beside it first."""
        beside = self.graph.neighbours(node) if node >= 0 else {}
        worth = {other: float(self._near[other]) * share for other, share in beside.items() if other not in visited}
        return sorted(worth, key=lambda other: (-worth[other], other))[:most]

    def told_of(self, node: int, closed: Collection[int]) -> list[tuple[int, tuple[Point, ...]]]:
        """The parts that hold `node`, without those `closed`, the nearest first, each with what it says of it."""
        count, left = self._desk.models["explorer"].count, min(FACTS, self._desk.room("explorer").text)
        held: defaultdict[int, list[Point]] = defaultdict(list)
        for span in self.graph.mentions(node, self._spread.passages, MENTIONS):
            part = self.part_at(span)
            if part in closed or len(held[part]) >= PER_PART:
                continue
            left -= 0 if held[part] else source_beyond(span, "explorer", self._desk)
            for point in self._told_at(span):
                left -= count(point.text) + PER_FACT
                if left < 0 and any(held.values()):
                    return _in_order(held)
                held[part].append(point)
        return _in_order(held)

    def _told_at(self, span: Span) -> list[Point]:
        """What a sentence says: its atomic facts, or itself."""
        place = self._desk.books[span.document].trim(span)
        return [Point(atom.text, (place,)) for atom in self._atoms[place]] or [Point(self._desk.text(place), (place,))]

    def holds(self, node: int) -> set[int]:
        """The parts that hold `node`, as far as they are looked at."""
        return {self.part_at(span) for span in self.graph.mentions(node, self._spread.passages, MENTIONS)}

    def ranking(self) -> list[tuple[Passage, float]]:
        """Passages by search and by nearness together, best first."""
        import numpy as np

        scores = dict(self._desk.rank(self._desk.question))
        if not scores:
            return []
        near = self._spread.passages
        best = float(near.max(initial=0.0)) or 1.0
        for at in np.argsort(-near, kind="stable")[:RANKED]:
            if near[at] <= 0:
                break
            passage = self.graph.passage(int(at))
            scores[passage] = scores.get(passage, 0.0) + FUSED * float(near[at]) / best
        return sorted(scores.items(), key=lambda item: -item[1])

    @cached_property
    def _near(self) -> Any:
        """float32, by node."""
        return self._spread.elements * self.graph.rarities

    @cached_property
    def _spread(self) -> Spread:
        named: defaultdict[int, float] = defaultdict(float)
        for text in self._asked:
            for node, weight in self.graph.named(text).items():
                named[node] = max(named[node], weight * float(self.graph.rarities[node]))
        best = {passage: score**2 for passage, score in self._desk.rank(self._desk.question)[:BEST]}
        return self.graph.spread(named, best)


def _in_order(held: Mapping[int, list[Point]]) -> list[tuple[int, tuple[Point, ...]]]:
    return [(part, tuple(sorted(own, key=lambda point: point.places[0].start))) for part, own in held.items() if own]


def told_of_bare(outcomes: Sequence[Outcome], desk: Desk) -> None:
    """Says how much of the text no facts came of: no node leads there, only the parts beside it do."""
    bare = [not outcome.atoms for outcome in outcomes if outcome.task.form == "atoms"]
    if any(bare):
        instead = "the graph is the one that code makes" if all(bare) else "walks come there from beside it only"
        desk.notice(f"no facts were made of {sum(bare)} of {len(bare)} stretches of text: {instead}")


def graph_of(atoms: Sequence[Atom], desk: Desk) -> Concepts:
    """The graph whose nodes are the elements that a model named, each in the sentences it named them for."""
    named: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for atom in atoms:
        named[atom.place.document] += [(element, atom.place.start) for element in atom.elements]
    books = list(desk.near.books.values())
    return ConceptGraph(books, [gather(book, named[book.id]) for book in books])
