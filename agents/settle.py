"""The end of a run, in code: citations numbered, hard facts checked, status and coverage computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from ..core.errors import ClewError
from ..core.results import Answer, Citation, Coverage, Item, Status
from ..core.types import Note, Span, Usage
from ..language.support import FactCheck, check_facts
from ..memory.ledger import ENOUGH, Covered, ranked
from .coverage import coverage
from .desk import Desk
from .marks import unmarked
from .needs import planned
from .state import Ruling, State
from .strategy import Strategy
from .whereabouts import whereabouts

Kind = Literal["noted", "opened"]
QUOTES = 3
"""Quotes shown in place of an answer when no manager could be asked."""
MARKS = frozenset('"“”„«»「」')
"""Signs that a quotation begins or ends with."""


def settle(
    state: State,
    strategy: Strategy,
    desk: Desk,
    *,
    run: str,
    asked: str,
    model: str,
    usage: Usage,
    unreadable: Sequence[tuple[str, ClewError]],
    evidence_tokens: int,
    count: Callable[[str], int],
) -> Answer:
    """The answer of a finished run.

    Args:
        asked: the strategy as asked for.
        unreadable: files of the scope that could not be opened.
        evidence_tokens: how much evidence to offer, as counted by `count`.
    """
    ruling = state["ruling"] or makeshift(state, desk)
    covered, listed = coverage(state, strategy.units(desk), desk, unreadable)
    citations = tuple(_citation(number, note, desk) for number, note in enumerate(ruling.evidence, 1))
    facts = hard_facts(ruling, desk)
    missing = _missing(state, ruling)
    return Answer(
        run=run,
        question=desk.question,
        strategy=asked,
        route=strategy.route(state, desk),
        model=model,
        status=status(state, ruling, covered, facts, missing),
        text=ruling.answer or None,
        citations=citations,
        evidence=tuple(_evidence(state, strategy, desk, evidence_tokens, count)),
        documents=listed,
        coverage=covered,
        unsupported=facts.unsupported,
        usage=usage,
        rejected_quotes=state["rejected"],
        limit_reached=state["limit"],
        supported=len(facts.supported),
        missing=missing,
        path=tuple(state["path"]),
        notices=(*desk.trace.notices, *desk.notices, *desk.trace.slow),
    )


def makeshift(state: State, desk: Desk) -> Ruling:
    """What stands in for a manager that could not be asked: the best quotes as they are, or nothing."""
    best = ranked(state["notes"])[:QUOTES]
    text = " ".join(f"{_in_marks(unmarked(desk.text(n.span)))} [{at}]" for at, n in enumerate(best, 1))
    return Ruling("answered" if best else "not_found", text, tuple(best), ())


def _in_marks(quote: str) -> str:
    """`quote` in quotation marks, but for one that has marks of its own: doubled they would say something else."""
    return quote if MARKS & set(quote) else f"“{quote}”"


def status(state: State, ruling: Ruling, covered: Coverage, facts: FactCheck, missing: Sequence[str]) -> Status:
    """The status that the facts allow; the best words of a model cannot better it."""
    if not ruling.answer:
        return "not_found" if covered.complete and state["limit"] is None else "open"
    if ruling.verdict == "conflicting" and len(ruling.evidence) > 1:
        return "conflicting"
    doubts = (
        state["ruling"] is None,
        not ruling.evidence,
        state["limit"] is not None,
        covered.failed > 0,
        covered.documents_failed > 0,
        bool(facts.unsupported),
        bool(missing),
    )
    return "partial" if any(doubts) else "answered"


def _missing(state: State, ruling: Ruling) -> tuple[str, ...]:
    """What is still open: planned needs without located evidence, and what the manager asks for.

    Evidence cited for the question itself closes what was planned for it; what the manager misses stays open.
    """
    cited = {note.need for note in ruling.evidence}
    unmet = [n.text for n in planned(state["needs"]) if 1 not in cited and n.number not in cited and n.status == "open"]
    return tuple(dict.fromkeys([*unmet, *ruling.missing]))


def hard_facts(ruling: Ruling, desk: Desk) -> FactCheck:
    """Hard facts of the answer against the passages that hold its citations, and what those stand under."""
    passages = [
        "\n".join([desk.source(passage.span), desk.text(passage.span)])
        for note in ruling.evidence
        for passage in desk.books[note.span.document].passages_over(note.span)
    ]
    return check_facts(ruling.answer, list(dict.fromkeys(passages)))


def _citation(number: int, note: Note, desk: Desk) -> Citation:
    where = whereabouts(note.span, desk)
    heading = where["headings"][-1] if where["headings"] else None
    return Citation(number=number, heading=heading, quote=_quote(note.span, desk), **where)


def _evidence(state: State, strategy: Strategy, desk: Desk, budget: int, count: Callable[[str], int]) -> list[Item]:
    """Evidence up to `budget` tokens, best first, without overlap.

    What was cited or noted with confidence, then ranked passages, then what was noted without: a doubtful sentence
    tells less than the passage that looks best.
    """
    offered: list[Item] = []
    shown = Covered()

    def offer(kind: Kind, span: Span, score: float) -> bool:
        nonlocal budget
        for part in _rest(shown, span, desk):
            budget -= count(desk.text(part))
            if budget < 0:
                return False
            offered.append(_item(kind, desk, part, score))
        shown.add(span)
        return True

    for kind, span, score in _offers(state, strategy, desk):
        if not offer(kind, span, score):
            break
    return offered


def _offers(state: State, strategy: Strategy, desk: Desk) -> Iterator[tuple[Kind, Span, float]]:
    cited = {note.span for note in state["ruling"].evidence} if state["ruling"] else set()
    weak: list[Note] = []
    for note in ranked(state["notes"]):
        if note.confidence >= ENOUGH or note.span in cited:
            yield "noted", note.span, note.confidence
        else:
            weak.append(note)
    for passage, score in strategy.ranking(state, desk):
        yield "opened", passage.span, score
    for note in weak:
        yield "noted", note.span, note.confidence


def _rest(shown: Covered, span: Span, desk: Desk) -> list[Span]:
    parts = [desk.books[span.document].trim(part) for part in shown.rest(span)]
    return [part for part in parts if part.start < part.end]


def _item(kind: Kind, desk: Desk, span: Span, score: float) -> Item:
    return Item(kind=kind, text=_quote(span, desk), score=round(score, 6), **whereabouts(span, desk))


def _quote(span: Span, desk: Desk) -> str:
    return desk.books[span.document].evidence(span).text
