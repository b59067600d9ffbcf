"""The evidence that answers one need best, what of it is quoted, and what else must be cited to see that it does."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .ask import Ask, ask
from .conflict import contradicting
from .doubt import doubted, is_of_itself
from .figures import can_answer
from .front import Told, front
from .hit import Hit
from .match import repeats
from .page import Page
from .quote import certain, quote, says_more, together
from .rank import rank
from .support import held, support_of
from .text import spells
from .who import is_common_noun

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

UNSAID = 0.15
"""What support loses where nothing of what was looked for is said."""


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
    """What is asked for has a form, or a bearer, that no quote has; or of the question no quote holds but names."""
    sure: bool = False
    """Few words are quoted that are certainly the answer."""


def best(page: Page, question: str, need: str, confidence: Mapping[int, float]) -> Found | None:
    """The unit of `page` that answers `need` best, its quote, and what else must be cited to see that it does."""
    asked = ask(need, page.language)
    told = front(page, need, confidence)
    if told:
        return _of_itself(page, need, told)
    whole = {hit.at: hit.score for hit in rank(page, ask(question, page.language))} if need != question else {}

    def worth(hit: Hit) -> float:
        return hit.score + 0.3 * whole.get(hit.at, 0.0) + confidence.get(page.numbers[hit.at][0], hit.score)

    hits = sorted(rank(page, asked), key=lambda hit: (-worth(hit), hit.at))
    hits = [hit for hit in hits if _serves(page, asked, hit.at)]
    if not hits:
        return None
    support = support_of(page, asked, hits, confidence)
    if asked.kind == "clause":
        return _clauses(page, asked, need, hits, worth, support)
    first = _first_quoted(page, asked, hits, worth)
    other = contradicting(page, asked, first, sorted(hit.at for hit in hits))
    if other is not None:
        return _quoted(page, asked, need, sorted((first, other)), support, torn=True)
    sure = certain(page.units[first].said, asked)
    beside = _beside(page, asked, hits, first) if need == question and not sure else []
    return _quoted(page, asked, need, [first, *beside], support)


def _of_itself(page: Page, need: str, told: Sequence[Told]) -> Found:
    """What documents tell of themselves: the best line of each."""
    firsts: dict[str, Told] = {}
    for one in told:
        firsts.setdefault(page.sources[one.at].partition(", ")[0], one)
    shown = list(firsts.values())[:MOST_CITED]
    quotes = [f"{one.said} [{page.numbers[one.at][0]}]" for one in shown]
    return Found(need, tuple(quotes), _numbers(page, [one.at for one in shown]), told[0].worth, sure=True)


def _clauses(
    page: Page, asked: Ask, need: str, hits: Sequence[Hit], worth: Callable[[Hit], float], support: float
) -> Found:
    """The quotes of the best units, where all text on something is asked for; of headings only where there is no more.

    What none of them says in full is worth less: they may be on something else.
    """
    sentences = [hit for hit in hits if says_more(page.units[hit.at].said, asked)] or hits
    units = [hit.at for hit in sentences if worth(hit) >= ALSO_GOOD * worth(sentences[0])][:MOST_CITED]
    named = asked.pinned & asked.weights.keys()
    total = math.fsum(asked.weights[stem] for stem in named)
    most = max(math.fsum(asked.weights[stem] for stem in named.intersection(page.units[at].stems)) for at in units)
    left = support - UNSAID * (1 - most / total if total else 0.0)
    return Found(need, tuple(_marked(page, at, asked) for at in units), _numbers(page, units), left)


def _quoted(page: Page, asked: Ask, need: str, units: Sequence[int], support: float, *, torn: bool = False) -> Found:
    """The quotes of `units`, each by its certain words where those can be told."""
    alone = (len(units) == 1 or torn) and not is_of_itself(asked)
    sure = [certain(page.units[at].said, asked) if alone else None for at in units]
    quotes = [_marked(page, at, asked, words) for at, words in zip(units, sure, strict=True)]
    doubt = doubted(page, asked, units)
    return Found(need, tuple(dict.fromkeys(quotes)), _numbers(page, units), support, torn, doubt, all(sure))


def _marked(page: Page, at: int, asked: Ask, words: str | None = None) -> str:
    """What is quoted of the unit at `at`, `words` or what serves best, with its mark."""
    unit = page.units[at]
    said = words or quote(unit.said, asked, spoken=unit.speaker is not None)
    return f"{said} [{page.numbers[at][0]}]"


def _numbers(page: Page, units: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(page.numbers[at][0] for at in units))


def _serves(page: Page, asked: Ask, at: int) -> bool:
    """Whether a unit may be quoted at all: words, not signs, and a figure where only a figure can be the answer."""
    text = page.units[at].text
    return spells(text) and (page.is_chat or (can_answer(text, asked) and not is_common_noun(text, asked)))


def _first_quoted(page: Page, asked: Ask, hits: Sequence[Hit], worth: Callable[[Hit], float]) -> int:
    """The unit to quote: among the best, one that says something new, does not ask, and whose answer is certain."""

    def value(hit: Hit) -> float:
        unit = page.units[hit.at]
        sure = certain(unit.said, asked) is not None or (asked.term is not None and asked.term.said.search(unit.said))
        if not (sure or says_more(unit.said, asked) or repeats(page, hit.at, asked)):
            return 0.0
        long = math.pow(max(1.0, len(unit.text.split()) / LONG), LENGTHY)
        apart = 1 - APART + APART * together(unit.said, asked)
        return worth(hit) / long * apart * (ASKS if unit.asks else 1.0) * (CERTAIN if sure else 1.0)

    return max(hits[:LOOKED_AT], key=lambda hit: (value(hit), -hit.at)).at


def _beside(page: Page, asked: Ask, hits: Sequence[Hit], first: int) -> list[int]:
    """One more unit, where it holds a good part of the question that the first lacks: the other step of two."""
    covered = held(page, asked, first)
    for hit in hits[:LOOKED_AT]:
        more = held(page, asked, hit.at) - covered
        follows = hit.via == first and page.units[hit.at].text.split(" ", 1)[0] in page.units[first].text
        enough = math.fsum(asked.weights[s] for s in more) >= MORE_COVER * asked.total
        good = hit.score >= BESIDE * hits[0].score
        if hit.at != first and ((enough and good) or follows) and says_more(page.units[hit.at].said, asked):
            return [hit.at]
    return []
