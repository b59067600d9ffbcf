"""The extractive model as manager: which evidence answers each need, and whether it is enough to answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..prompts import Verdict
from .extractive_ask import Ask, ask
from .extractive_quote import quote
from .extractive_rank import Hit, rank
from .extractive_text import Page, base_stems

THRESHOLD = 0.45
"""Score of the best evidence under which a need counts as not answered."""
MORE_COVER = 0.2
"""Share of the question's weight that a further piece of evidence must add to be cited beside the best."""
MOST_CITED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The best evidence for one need."""

    need: str
    answer: str
    numbers: tuple[int, ...]
    score: float


def verdict(page: Page, question: str, needs: Sequence[str], threshold: float = THRESHOLD) -> Verdict:
    """The answer that the numbered sentences of `page` give: quotes only, one for each need that has evidence."""
    wanted = list(needs) or [question]
    found = [best(page, question, need) for need in wanted]
    good = [one for one in found if one is not None and one.score >= threshold]
    missing = [need for need, one in zip(wanted, found, strict=True) if one is None or one.score < threshold]
    if not good:
        return Verdict(verdict="not_found", answer="", evidence=[], missing=missing)
    said: dict[str, None] = {}
    for one in good:
        said[one.answer + " " + "".join(f"[{number}]" for number in one.numbers)] = None
    cited = list(dict.fromkeys(number for one in good for number in one.numbers))
    return Verdict(verdict="answered", answer="; ".join(said), evidence=cited, missing=missing)


def best(page: Page, question: str, need: str) -> Found | None:
    """The unit of `page` that answers `need` best, its quote, and what else must be cited to see that it does."""
    asked = ask(need)
    hits = rank(page, asked)
    if need != question:
        whole = {hit.at: hit.score for hit in rank(page, ask(question))}
        hits.sort(key=lambda h: (-(h.score + 0.3 * whole.get(h.at, 0.0)), h.at))
    if not hits:
        return None
    top = hits[0]
    text = page.units[top.at].text
    return Found(need, quote(text, asked), _cited(page, asked, hits), top.score)


def _cited(page: Page, asked: Ask, hits: list[Hit]) -> tuple[int, ...]:
    """The best unit, then those that hold a good part of the question which the cited ones lack."""
    chosen = [hits[0].at]
    covered = _held(page, asked, hits[0].at)
    for hit in hits[1:8]:
        more = _held(page, asked, hit.at) - covered
        if len(chosen) < MOST_CITED and sum(asked.weights[s] for s in more) >= MORE_COVER * asked.total:
            chosen.append(hit.at)
            covered |= more
    return tuple(dict.fromkeys(page.numbers[at][0] for at in chosen))


def _held(page: Page, asked: Ask, at: int) -> set[str]:
    return set(asked.weights) & (set(page.units[at].stems) | set(base_stems(page.sources[at])))
