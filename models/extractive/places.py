"""Which sentences concern something, for `find`: words of the thing itself, what stands around them, and headings.

A sentence counts for as much of the thing's words as it holds, has beside it, or stands under as a heading. How rare
a word is on the page is left out: a section about the thing is full of its words, and a score must mean the same on
every page, for places are ranked and cut across all of them. Measured on the clauses of contracts (benchmarks/find.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set

from ...prompts import Excerpts, Finding
from .ask import DEFINED, akin, ask, relatives
from .page import Page, page
from .text import Sentence, base_stems, legal_form

DESCRIPTION = 0.3
"""What a word of the description counts, against 1 of the name."""
RELATED, AKIN = 0.65, 0.5
"""What a word counts that is related to a word of the thing, or is it with an ending."""
NEIGHBOUR = 0.3
"""What a word counts that stands in the sentence before or behind, within a section."""
HEADING = 0.7
"""What a word counts that stands only in a heading above."""
ALSO = 0.6
"""What a word counts in addition that stands both in the sentence and in a heading above it."""
OUTSIDE = 0.7
"""What is left of the score of a sentence that itself holds no word of the thing."""
ENOUGH = 5
"""Of a long description, this many of the heaviest words make a full match."""
FEWEST = 6
"""Words that a sentence should have; a shorter one says less, down to two thirds."""
TITLE = 0.2
"""What is left of the score of a line that is nothing but a heading."""
LEAST = 0.3
"""Score from which a sentence is reported."""
SURENESS = 0.5
"""Confidence in a full match: shared words are no proof, so the search is left to settle it."""
LONGEST_CLAIM = 160
"""Characters."""

Weights = Mapping[str, float]
Found = Mapping[str, float]
"""Stem of the thing -> how far it was found."""

_name = re.compile(r"\s*(?P<name>[^:(?]{2,80}?)\s*(?:[:(?]|\s[-–—]\s)\s*(?P<rest>\S.*)", re.DOTALL)
_quoted = re.compile(r"[\"“«„](?P<name>[^\"”»“]+)[\"”»“]")
_compound = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")


def places_in(excerpts: Excerpts, what: str) -> list[Finding]:
    """The sentences of `excerpts` that concern `what`, in order, with a confidence that all pages share."""
    read = page(excerpts, what)
    wanted = weights(what, read.language)
    titles = {part.source: frozenset(base_stems(" ".join(part.headings), read.language)) for part in excerpts.parts}
    scores = scored(read, wanted, titles, ask(what, read.language).acronyms)
    return [_finding(read, at, score) for at, score in enumerate(scores) if score >= LEAST]


def weights(what: str, language: str) -> dict[str, float]:
    """What matches on the stems of `what` count: in full for its name, less for what describes it further.

    The name is what stands in quotation marks, or before a colon, a dash or a parenthesis. A compound is also looked
    for in one word: `non-transferable` as `nontransferable`.
    """
    name, rest = _divided(what)
    found = {stem: DESCRIPTION * weight for stem, weight in ask(rest, language).weights.items()} if rest else {}
    found |= ask(name, language).weights
    for compound in _compound.findall(name):
        for stem in base_stems(compound.replace("-", ""), language):
            found.setdefault(stem, 1.0)
    found.pop(DEFINED, None)
    return found


def _divided(what: str) -> tuple[str, str]:
    match = _quoted.search(what)
    if match:
        return match["name"], what[: match.start()] + " " + what[match.end() :]
    match = _name.match(what)
    return (match["name"], match["rest"]) if match else (what, "")


def scored(
    read: Page, wanted: Weights, titles: Mapping[str, Collection[str]], acronyms: Set[str] = frozenset()
) -> list[float]:
    """How much each unit of a page concerns what is `wanted`: about 1 where all of it is there."""
    total = sum(sorted(wanted.values(), reverse=True)[:ENOUGH])
    if not total:
        return [0.0] * len(read)
    forms = {stem: _forms(stem, [*read.places, *(s for held in titles.values() for s in held)]) for stem in wanted}
    above = {source: _met(forms, held) for source, held in titles.items()}
    inside = [_met(forms, _meant(unit, wanted, read.language)) for unit in read.units]
    for stem in acronyms & wanted.keys() - read.places.keys():
        for unit, own in zip(read.units, inside, strict=True):
            own[stem] = max(own.get(stem, 0.0), AKIN * (stem in unit.initials))
    return [_score(read, at, wanted, inside, above[read.sources[at]]) / total for at in range(len(read))]


def _meant(unit: Sentence, wanted: Weights, language: str) -> Sequence[str]:
    """The stems of `unit` but for those of a `limited liability company`, unless such a one is looked for."""

    def unless_wanted(form: re.Match[str]) -> str:
        return form[0] if wanted.keys() >= set(base_stems(form[0])) else " "

    rest = legal_form.sub(unless_wanted, unit.text)
    return unit.stems if rest == unit.text else base_stems(rest, language)


def _forms(stem: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """The stems of a page that stand for `stem`, and what they count."""
    near = relatives(stem)
    found = {other: AKIN for other in vocabulary if akin(stem, other)}
    found |= {other: RELATED for other in vocabulary if other in near}
    return found | {stem: 1.0}


def _met(forms: Mapping[str, Found], stems: Collection[str]) -> dict[str, float]:
    held = frozenset(stems)
    counted = {
        stem: max((n for other, n in near.items() if other in held), default=0.0) for stem, near in forms.items()
    }
    return {stem: count for stem, count in counted.items() if count}


def _score(read: Page, at: int, wanted: Weights, inside: Sequence[Found], above: Found) -> float:
    own, unit = inside[at], read.units[at]
    beside = [inside[other] for other in (at - 1, at + 1) if read.same_part(at, other)]
    score = 0.0
    for stem, weight in wanted.items():
        around = NEIGHBOUR * max((other.get(stem, 0.0) for other in beside), default=0.0)
        here, over = own.get(stem, 0.0), above.get(stem, 0.0)
        score += weight * (max(here, around, HEADING * over) + ALSO * here * over)
    if len(wanted) == 1 and max(own.values(), default=0.0) == 1.0:
        # A word is looked for: wherever it stands is a place.
        return sum(wanted.values()) / SURENESS
    score *= 1.0 if own else OUTSIDE
    score *= TITLE if unit.text in read.sources[at] else 1.0
    return score / (1 + max(0, FEWEST - len(unit.stems)) / (2 * FEWEST))


def _finding(read: Page, at: int, score: float) -> Finding:
    claim = read.units[at].text
    if len(claim) > LONGEST_CLAIM:
        claim = claim[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " ..."
    confidence = round(min(1.0, SURENESS * score), 4)
    return Finding(sentences=list(read.numbers[at]), claim=claim, confidence=confidence)
