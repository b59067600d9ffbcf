"""The extractive model as manager: which evidence answers each need, and whether it is enough to answer at all."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..language.answers import answer_type
from ..prompts import Verdict
from .extractive_ask import Ask, ask
from .extractive_compare import compared
from .extractive_conflict import contradicting
from .extractive_figures import can_answer, doubtful
from .extractive_lead import lead
from .extractive_quote import certain, quote, says_more, together
from .extractive_rank import Hit, rank
from .extractive_support import held, nobody, support_of
from .extractive_text import Page, spells

THRESHOLD = 0.52
"""Support under which a need counts as not answered; see benchmarks/abstention.py."""
MORE_COVER = 0.2
"""Share of the question's weight that a further piece of evidence must add to be cited beside the best."""
MOST_CITED = 3
LOOKED_AT = 6
"""Of the best units, how many may be quoted."""
APART = 0.25
"""Share of its worth that a unit loses in which the question's words stand far apart."""
BESIDE = 0.7
"""How good, of the best, a unit must be that is quoted beside another."""
LONG = 30
"""Words from which a unit is worth a little less, since fewer of them are the answer."""
LENGTHY = 0.3
"""The power of its length, in `LONG` words, by which its worth is divided."""
ASKS = 0.8
"""What a sentence that is itself a question is worth, of one that is none."""
CERTAIN = 1.5
"""What a unit is worth in which few words are certainly the answer, of one that has to be quoted whole."""
ALSO_GOOD = 0.8
"""Where all text on something is asked for: how good, of the best, what else is quoted must be."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best evidence for one need."""

    need: str
    said: tuple[str, ...]
    """Quotes, each with its marks."""
    numbers: tuple[int, ...]
    support: float
    """About 0 to 1.25."""
    torn: bool = False
    """The quotes contradict each other."""
    doubted: bool = False
    """An amount, a time or the bearer of a title is asked for, and no quote has one, or not of the year named."""
    sure: bool = False
    """Few words are quoted that are certainly the answer."""


def verdict(
    page: Page, question: str, needs: Sequence[str], confidence: Mapping[int, float], threshold: float = THRESHOLD
) -> Verdict:
    """The answer that the numbered sentences of `page` give: quotes only, one for each need that has evidence.

    `confidence` is the readers' by number; sentences without one count as ranked here.
    """
    wanted = list(needs) or [question]
    found = [best(page, question, need, confidence) for need in wanted]
    good = [one for one in found if one is not None and one.support >= threshold]
    missing = [
        need for need, one in zip(wanted, found, strict=True) if one is None or one.support < threshold or one.doubted
    ]
    if not good:
        return Verdict(verdict="not_found", answer="", evidence=[], missing=missing)
    if answer_type(question, page.language) == "choice" and len(good) == len(wanted) == 2:
        chosen = compared(question, [(one.need, page.text_of(one.numbers[0])) for one in good])
        if chosen:
            at, name = chosen
            cited = [good[at].numbers[0], good[1 - at].numbers[0]]
            marks = "".join(f"[{number}]" for number in dict.fromkeys(cited))
            return Verdict(verdict="answered", answer=f"{name} {marks}", evidence=cited, missing=[])
    said = dict.fromkeys(quoted for one in good for quoted in one.said)
    kind = answer_type(question, page.language)
    first = "" if page.language != "en" or all(one.sure for one in good) else lead(question, kind)
    cited = list(dict.fromkeys(number for one in good for number in one.numbers))
    ruled = "conflicting" if any(one.torn for one in good) else "answered"
    return Verdict(verdict=ruled, answer=first + "; ".join(said), evidence=cited, missing=missing)


def best(page: Page, question: str, need: str, confidence: Mapping[int, float]) -> Found | None:
    """The unit of `page` that answers `need` best, its quote, and what else must be cited to see that it does."""
    asked = ask(need, page.language)
    whole = {hit.at: hit.score for hit in rank(page, ask(question, page.language))} if need != question else {}

    def worth(hit: Hit) -> float:
        return hit.score + 0.3 * whole.get(hit.at, 0.0) + confidence.get(page.numbers[hit.at][0], hit.score)

    hits = sorted(rank(page, asked), key=lambda hit: (-worth(hit), hit.at))
    hits = [hit for hit in hits if _serves(page, asked, hit.at)]
    if not hits:
        return None
    support = support_of(page, asked, hits, confidence)
    if asked.kind == "clause":
        units = [hit.at for hit in hits[:MOST_CITED] if worth(hit) >= ALSO_GOOD * worth(hits[0])]
        each = tuple(page.numbers[at][0] for at in units)
        quotes = [f"{quote(page.units[at].text, asked)} [{n}]" for at, n in zip(units, each, strict=True)]
        return Found(need, tuple(quotes), tuple(dict.fromkeys(each)), support)
    first = _first_quoted(page, asked, hits, worth)
    other = contradicting(page, asked, first, sorted(hit.at for hit in hits))
    if other is not None:
        return _quoted(page, asked, need, sorted((first, other)), support, torn=True)
    sure = certain(page.units[first].text, asked)
    beside = _beside(page, asked, hits, first) if need == question and not sure else []
    return _quoted(page, asked, need, [first, *beside], support)


def _quoted(page: Page, asked: Ask, need: str, units: Sequence[int], support: float, *, torn: bool = False) -> Found:
    """The quotes of `units`, each by its certain words where those can be told."""
    each = tuple(page.numbers[at][0] for at in units)
    texts = [page.units[at].text for at in units]
    sure = [certain(text, asked) if len(units) == 1 or torn else None for text in texts]
    quotes = [f"{words or quote(text, asked)} [{n}]" for words, text, n in zip(sure, texts, each, strict=True)]
    above = "\n".join(page.sources[at].partition(", ")[2] for at in units)
    doubted = doubtful(asked, "\n".join(texts), above) or nobody(page, asked, units)
    return Found(need, tuple(dict.fromkeys(quotes)), tuple(dict.fromkeys(each)), support, torn, doubted, all(sure))


def _serves(page: Page, asked: Ask, at: int) -> bool:
    """Whether a unit may be quoted at all: words, not signs, and a figure where only a figure can be the answer."""
    text = page.units[at].text
    return spells(text) and (page.is_chat or can_answer(text, asked))


def _first_quoted(page: Page, asked: Ask, hits: Sequence[Hit], worth: Callable[[Hit], float]) -> int:
    """The unit to quote: among the best, one that says something new, does not ask, and whose answer is certain."""

    def value(hit: Hit) -> float:
        text = page.units[hit.at].text
        sure = certain(text, asked) is not None
        if not sure and not says_more(text, asked):
            return 0.0
        long = math.pow(max(1.0, len(text.split()) / LONG), LENGTHY)
        return (
            worth(hit)
            / long
            * (1 - APART + APART * together(text, asked))
            * (ASKS if page.units[hit.at].asks else 1.0)
            * (CERTAIN if sure else 1.0)
        )

    return max(hits[:LOOKED_AT], key=lambda hit: (value(hit), -hit.at)).at


def _beside(page: Page, asked: Ask, hits: Sequence[Hit], first: int) -> list[int]:
    """One more unit, where it holds a good part of the question that the first lacks: the other step of two."""
    covered = held(page, asked, first)
    for hit in hits[:LOOKED_AT]:
        more = held(page, asked, hit.at) - covered
        follows = hit.via == first and page.units[hit.at].text.split(" ", 1)[0] in page.units[first].text
        enough = sum(asked.weights[s] for s in more) >= MORE_COVER * asked.total
        good = hit.score >= BESIDE * hits[0].score
        if hit.at != first and ((enough and good) or follows) and says_more(page.units[hit.at].text, asked):
            return [hit.at]
    return []
