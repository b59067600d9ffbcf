"""The extractive model as reader: the best sentences of a page for a question and what it needs."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.frontmatter import asked_of_itself
from ...prompts import Explore, Finding, Piece, Read, Several
from .ask import ask
from .front import front
from .hit import Hit
from .page import Page, page
from .rank import rank

MOST_FINDINGS = 8
"""Findings of one reading, over all needs."""
LEAST_CONFIDENCE = 0.1
BESIDE = 0.5
"""What a sentence is worth that shares words with a question about the document itself, and tells nothing of it."""
LONGEST_CLAIM = 160
"""Characters."""


def read_for(prompt: Read | Piece | Explore) -> list[Finding]:
    """What is found in the printed text, memory in view."""
    wanted = [(need.number, need.text) for need in prompt.needs.items]
    carried = [item.text for item in prompt.memory.items]
    return findings(page(prompt.text, prompt.question), prompt.question, wanted, carried)


def read_apart(prompt: Several) -> list[Finding]:
    """What is found for each of several questions as if no other had been asked."""
    return [
        found
        for need in prompt.needs.items
        for found in findings(page(prompt.text, need.text), need.text, [(need.number, need.text)])
    ]


def findings(
    read: Page, question: str, needs: Sequence[tuple[int, str]], carried: Sequence[str] = (), most: int = MOST_FINDINGS
) -> list[Finding]:
    """The best sentences of a page for a question and its needs, best first; each is given to the need it fits best."""
    wanted = list(needs) or [(1, question)]
    told = _of_itself(read, wanted)
    wanted = [(number, need) for number, need in wanted if not any(number == finding.need for finding in told)]
    if not wanted:
        return told[:most]
    best: dict[int, tuple[float, int, Hit]] = {}
    for number, need in wanted:
        share = of_words(need)
        for hit in rank(read, ask(need, read.language), carried=carried):
            if share * hit.score > best.get(hit.at, (0.0, 0, hit))[0]:
                best[hit.at] = (share * hit.score, number, hit)
    if any(need != question for _, need in needs):
        for hit in rank(read, ask(question, read.language), carried=carried):
            known = best.get(hit.at)
            if known is None or hit.score > known[0]:
                best[hit.at] = (hit.score, known[1] if known else wanted[0][0], hit)
    order = sorted(best.values(), key=lambda found: (-found[0], found[2].at))
    rest = [_finding(read, *found) for found in order if found[0] >= LEAST_CONFIDENCE]
    return [*told, *rest][:most]


def of_words(need: str) -> float:
    """What sharing words with `need` is worth: little, where the document itself is asked about."""
    itself = asked_of_itself(need)
    return BESIDE if itself and itself.certain else 1.0


def _of_itself(read: Page, needs: Sequence[tuple[int, str]]) -> list[Finding]:
    """What the document tells of itself for those needs that ask that."""
    return [
        _finding(read, one.worth, number, Hit(one.at, one.worth, one.leans))
        for number, need in needs
        for one in front(read, need)
    ]


def _finding(read: Page, score: float, need: int, hit: Hit) -> Finding:
    numbers = list(read.numbers[hit.at])
    if hit.leans and read.same_part(hit.at, hit.at - 1):
        numbers = [*read.numbers[hit.at - 1], *numbers]
    claim = read.units[hit.at].text
    if len(claim) > LONGEST_CLAIM:
        claim = claim[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " ..."
    return Finding(sentences=numbers, claim=claim, need=need, confidence=round(score, 4))
