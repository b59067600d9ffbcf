"""Where to look next, given what was found: needs rewritten with it, names followed, open passages opened once more.

A passage that was read before its link was known told its reader nothing, so what looks best for the rewritten needs is
read whether or not it was read before, with the notes in view; but never a third time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...core.types import Note, Passage, Span
from ...language.names import names
from ...language.words import fold
from ...memory.ledger import Covered, ranked
from ..desk import Desk
from ..needs import planned, rewritten, unmet
from ..state import State

FOLLOWED = 6
"""Best notes whose names are followed."""
NAMES = 8
"""Names that are followed."""
WITH_NEIGHBOURS = 4
"""Best passages that are read with the passage before and after them."""


def fused(queries: Mapping[str, float], desk: Desk) -> list[tuple[Passage, float]]:
    """Passages by the weighted sum of reciprocal ranks over the queries, best first (RRF; Cormack et al. 2009)."""
    scores: dict[Passage, float] = {}
    for query, weight in queries.items():
        for place, (passage, _) in enumerate(desk.rank(query)):
            scores[passage] = scores.get(passage, 0.0) + weight / (60 + place)
    return sorted(scores.items(), key=lambda item: -item[1])


def hop(state: State, again: Sequence[Span], desk: Desk) -> Iterator[Span]:
    """What to read for the needs that are open, best first.

    Args:
        again: what was read with notes in view.
    """
    seen = Covered(again if state["notes"] else state["read"])
    best = fused(dict.fromkeys(queries(state, desk), 1.0), desk)
    yield from unseen((passage for passage, _ in best), seen, desk)


def queries(state: State, desk: Desk) -> list[str]:
    """What to look up for the needs that are open: each rewritten, or else with the names that were found beside it.

    What a manager misses is looked up as it says: it knows what was found.
    """
    missing = {need.number for need in unmet(state["needs"], state["notes"])}
    missing |= {need.number for need in state["needs"] if need.origin == "manager" and need.status == "open"}
    wanted = missing or {need.number for need in planned(state["needs"])}
    asked = {need.number: need.text for need in state["needs"]}
    found = " ".join(new_names(state["notes"], desk))
    return [
        f"{need.text} {found}".strip() if need.text == asked[need.number] and need.origin != "manager" else need.text
        for need in rewritten(state["needs"], state["notes"])
        if need.number in wanted
    ]


def new_names(notes: Sequence[Note], desk: Desk) -> list[str]:
    """Names in the best evidence that the question does not name."""
    known = fold(desk.question)
    said = (name.text for note in ranked(notes)[:FOLLOWED] for name in names(desk.text(note.span)))
    return [name for name in dict.fromkeys(said) if fold(name) not in known][:NAMES]


def unseen(passages: Iterable[Passage], seen: Covered, desk: Desk) -> Iterator[Span]:
    """The spans of passages that are not in `seen`, the best of them with their neighbours; adds them to it."""
    for place, passage in enumerate(passages):
        for near in (passage, *neighbours(desk, passage, place < WITH_NEIGHBOURS)):
            if not seen.overlaps(near.span):
                seen.add(near.span)
                yield near.span


def neighbours(desk: Desk, passage: Passage, wanted: bool) -> list[Passage]:
    """The passages before and after."""
    book = desk.books[passage.document]
    around = (passage.index - 1, passage.index + 1) if wanted else ()
    return [book.passage(at) for at in around if 0 <= at < len(book)]
