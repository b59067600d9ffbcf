"""How the extractive model steers a reading: by the words that memory, summaries and pieces share with the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.names import names
from ...prompts import Approach, Demonstrate, Demonstrated, Finding, Handled, Pick, Picked, Recall, Recalled, Turning
from .ask import ask
from .page import Page, tongue
from .rank import rank

HELD = 0.6
"""Score from which a line of memory is taken to meet a need."""
OPENING = 6
"""Words of a sentence that it is asked for by."""
LONGEST = 160
"""Characters of a claim."""
SURE = 0.8
"""Score from which a finding is taken to be the answer."""
LOOK_UP, GO_THROUGH = 1, 2
MOVE, APPEND, ANSWER = 1, 2, 4
_everywhere = re.compile(
    r"\b(?:how many|how often|all|every|each|list|count|number of times|summar\w+)\b", re.IGNORECASE
)


def recalled(prompt: Recall) -> Recalled:
    """The need that the memory meets least, with the names it was not looked up with yet."""
    lines = [line.strip() for line in prompt.message.splitlines() if line.strip()]
    needs = [need.text for need in prompt.needs.items] or [prompt.question]
    met = {need: max(_scores(lines, need), default=0.0) for need in needs}
    least = min(needs, key=lambda need: met[need])
    if met[least] >= HELD:
        return Recalled(enough=True)
    found = dict.fromkeys(name.text for line in lines for name in names(line))
    for query in (least, *(f"{least} {name}" for name in found)):
        if query not in prompt.tried.items:
            return Recalled(enough=False, query=query)
    return Recalled(enough=False, query=least)


def picked(prompt: Pick) -> Picked:
    """The summaries that match a need best; where none matches, the first ones, since a summary leaves much out."""
    lines = prompt.text.lines
    best = [0.0] * len(lines)
    for need in [prompt.question, *(need.text for need in prompt.needs.items)]:
        best = list(map(max, best, _scores([line.text for line in lines], need)))
    order = sorted(range(len(lines)), key=lambda at: (-best[at], at))
    return Picked(numbers=[lines[at].number for at in order[: prompt.most]])


def approached(prompt: Approach) -> Turning:
    """To go through everything where all of something, or its number, is asked for."""
    return Turning(action=GO_THROUGH if _everywhere.search(prompt.question) else LOOK_UP)


def handled(findings: Sequence[Finding]) -> Handled:
    """A piece with findings is kept, a sure one ends the way."""
    best = max((finding.confidence for finding in findings), default=0.0)
    action = ANSWER if best >= SURE else APPEND if findings else MOVE
    return Handled(action=action, findings=list(findings))


def demonstrated(prompt: Demonstrate) -> Demonstrated:
    """The longest sentence, asked for by its first words: this model writes no questions."""
    line = max(prompt.text.lines, key=lambda line: len(line.text))
    opening = " ".join(line.text.split()[:OPENING])
    return Demonstrated(question=f"What is said of {opening}?", sentences=[line.number], claim=line.text[:LONGEST])


def _scores(lines: Sequence[str], wanted: str) -> list[float]:
    """How well each line matches."""
    scores = [0.0] * len(lines)
    page = Page(range(len(lines)), lines, [""] * len(lines), range(len(lines)), tongue(wanted, lines))
    for hit in rank(page, ask(wanted, page.language)):
        scores[hit.at] = hit.score
    return scores
