"""The built-in model: it quotes and does not reason. No weights, no network, no randomness.

It reads the typed fields of a call and picks sentences by rules, so that everything runs, and retrieval can be
measured, where no language model is configured.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from pydantic import BaseModel

from ..core.errors import ModelError
from ..core.types import Call, Need, Reply, Usage
from ..prompts import (
    WHOLE,
    Answer,
    Approach,
    Atoms,
    Condense,
    Demonstrate,
    Explore,
    Facts,
    Finding,
    Findings,
    Gist,
    Kept,
    Merge,
    Message,
    Neighbours,
    Pick,
    Piece,
    Places,
    Plan,
    Points,
    Questions,
    Read,
    Recall,
    Several,
    Start,
    Whole,
    Write,
    Written,
)
from .extractive_answer import verdict
from .extractive_ask import ask
from .extractive_explore import explored, looked_at, started, taken_apart, turned
from .extractive_gist import chosen
from .extractive_places import places_in
from .extractive_plan import needs_of
from .extractive_rank import Hit, rank
from .extractive_steer import approached, demonstrated, handled, picked, recalled
from .extractive_text import Page, page, tongue

MOST_FINDINGS = 8
"""Findings of one reading, over all needs."""
LEAST_CONFIDENCE = 0.1
LONGEST_CLAIM = 160
"""Characters."""
MESSAGE_WORDS = 200


RULES = 5
"""Changes when the same prompt gives another reply: replies that were kept under older rules are not used then."""


class Extractive:
    """A chat model without a language model."""

    name = f"extractive@{RULES}"
    window = 8192

    def count(self, text: str) -> int:
        """A quarter of the characters, rounded up."""
        return math.ceil(len(text) / 4)

    async def complete(self, call: Call) -> Reply:
        """The reply to `call.prompt` as JSON. Raises ModelError for a prompt it does not know."""
        begun = time.perf_counter()
        text = reply_to(call.prompt).model_dump_json()
        usage = Usage(
            calls=1,
            prompt_tokens=call.tokens,
            completion_tokens=self.count(text),
            seconds=time.perf_counter() - begun,
        )
        return Reply(text, usage)


def reply_to(prompt: object) -> BaseModel:
    """The reply object to a typed prompt."""
    match prompt:
        case Plan():
            return Questions(needs=needs_of(prompt.question))
        case Several():
            return Findings(findings=[found for need in prompt.needs.items for found in alone(prompt, need)])
        case Read():
            wanted = [(need.number, need.text) for need in prompt.needs.items]
            carried = [item.text for item in prompt.memory.items]
            return Findings(findings=findings(page(prompt.text, prompt.question), prompt.question, wanted, carried))
        case Places():
            return Findings(findings=places_in(prompt.text, prompt.question))
        case Write():
            return written(prompt)
        case Recall():
            return recalled(prompt)
        case Pick():
            return picked(prompt)
        case Approach():
            return approached(prompt)
        case Piece():
            wanted = [(need.number, need.text) for need in prompt.needs.items]
            carried = [item.text for item in prompt.memory.items]
            return handled(findings(page(prompt.text, prompt.question), prompt.question, wanted, carried))
        case Demonstrate():
            return demonstrated(prompt)
        case Merge():
            return Kept(keep=kept(prompt))
        case Gist() | Condense():
            return summed_up(prompt)
        case Answer():
            sure = {exhibit.number: exhibit.confidence for exhibit in prompt.evidence.items}
            return verdict(exhibited(prompt), prompt.question, [need.text for need in prompt.needs.items], sure)
        case Whole():
            return verdict(page(prompt.text, prompt.question), prompt.question, needs_of(prompt.question), {})
        case Atoms():
            return taken_apart(prompt)
        case Start():
            return started(prompt)
        case Facts():
            return looked_at(prompt)
        case Explore():
            wanted = [(need.number, need.text) for need in prompt.needs.items]
            carried = [item.text for item in prompt.memory.items]
            return explored(prompt, findings(page(prompt.text, prompt.question), prompt.question, wanted, carried))
        case Neighbours():
            return turned(prompt)
    raise ModelError(
        f"the extractive model cannot answer a prompt of type {type(prompt).__name__}",
        "name another model with --model",
    )


def alone(prompt: Several, need: Need) -> list[Finding]:
    """What is found for one of several questions as if no other had been asked."""
    return findings(page(prompt.text, need.text), need.text, [(need.number, need.text)])


def summed_up(prompt: Gist | Condense) -> Points:
    """Whole sentences of the printed text, as points."""
    lines = prompt.text.lines
    focus = "" if prompt.focus == WHOLE else prompt.focus
    taken = chosen([line.text for line in lines], focus, prompt.words)
    return Points(points=[Written(text=lines[at].text, numbers=[lines[at].number]) for at in taken])


def findings(
    read: Page, question: str, needs: Sequence[tuple[int, str]], carried: Sequence[str] = (), most: int = MOST_FINDINGS
) -> list[Finding]:
    """The best sentences of a page for a question and its needs, best first; each is given to the need it fits best."""
    best: dict[int, tuple[float, int, Hit]] = {}
    for number, need in needs or [(1, question)]:
        for hit in rank(read, ask(need, read.language), carried=carried):
            if hit.score > best.get(hit.at, (0.0, 0, hit))[0]:
                best[hit.at] = (hit.score, number, hit)
    if any(need != question for _, need in needs):
        for hit in rank(read, ask(question, read.language), carried=carried):
            known = best.get(hit.at)
            if known is None or hit.score > known[0]:
                best[hit.at] = (hit.score, known[1] if known else needs[0][0], hit)
    order = sorted(best.values(), key=lambda found: (-found[0], found[2].at))
    return [_finding(read, *found) for found in order[:most] if found[0] >= LEAST_CONFIDENCE]


def _finding(read: Page, score: float, need: int, hit: Hit) -> Finding:
    numbers = list(read.numbers[hit.at])
    if hit.leans and read.same_part(hit.at, hit.at - 1):
        numbers = [*read.numbers[hit.at - 1], *numbers]
    claim = read.units[hit.at].text
    if len(claim) > LONGEST_CLAIM:
        claim = claim[:LONGEST_CLAIM].rsplit(" ", 1)[0] + " ..."
    return Finding(sentences=numbers, claim=claim, need=need, confidence=round(score, 4))


def exhibited(prompt: Answer | Merge) -> Page:
    """The exhibits of a manager's prompt as a page: each is one unit."""
    items = prompt.evidence.items
    numbers = [item.number for item in items]
    texts = [item.text for item in items]
    return Page(numbers, texts, [item.source for item in items], numbers, tongue(prompt.question, texts))


def kept(prompt: Merge) -> list[int]:
    """The numbers of the exhibits that help with some need, best first, equal texts once: the better half of them."""
    held = exhibited(prompt)
    worth = {item.number: item.confidence for item in prompt.evidence.items}
    for wanted in [prompt.question, *(need.text for need in prompt.needs.items)]:
        for hit in rank(held, ask(wanted, held.language)):
            for number in held.numbers[hit.at]:
                worth[number] = max(worth[number], hit.score)
    texts: dict[str, int] = {}
    for item in sorted(prompt.evidence.items, key=lambda item: (-worth[item.number], item.number)):
        texts.setdefault(" ".join(item.text.split()), item.number)
    return list(texts.values())[: max(1, math.ceil(len(worth) / 2))] if worth else []


def written(prompt: Write) -> Message:
    """The best of the message so far and of the new sentences, within its length, in the order they came."""
    read = page(prompt.text, prompt.question)
    new = findings(read, prompt.question, [(need.number, need.text) for need in prompt.needs.items])
    lines = [line.strip() for line in prompt.message.splitlines() if line.strip()]
    for finding in new:
        lines += [text for text in dict.fromkeys(map(read.text_of, finding.sentences)) if text not in lines]
    held = Page(range(len(lines)), lines, [""] * len(lines), range(len(lines)), read.language)
    ranked = [hit.at for hit in rank(held, ask(prompt.question, held.language))]
    kept: list[int] = []
    room = MESSAGE_WORDS
    for at in ranked:
        size = len(held.units[at].text.split())
        if size <= room:
            kept.append(at)
            room -= size
    return Message(message="\n".join(held.units[at].text for at in sorted(kept)), findings=new)
