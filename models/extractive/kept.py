"""The extractive model as memory-writer: what is kept of evidence, of a message that is handed on, of a text."""

from __future__ import annotations

import math

from ...prompts import WHOLE, Condense, Gist, Kept, Merge, Message, Points, Write, Written
from .ask import ask
from .findings import findings, of_words
from .gist import chosen
from .page import Page, exhibited, page
from .rank import rank

MESSAGE_WORDS = 200
"""Of a message that is handed on, at most."""


def kept(prompt: Merge) -> Kept:
    """The numbers of the exhibits that help with some need, best first, equal texts once: the better half of them."""
    held = exhibited(prompt)
    worth = {item.number: item.confidence for item in prompt.evidence.items}
    for wanted in [prompt.question, *(need.text for need in prompt.needs.items)]:
        share = of_words(wanted)
        for hit in rank(held, ask(wanted, held.language)):
            for number in held.numbers[hit.at]:
                worth[number] = max(worth[number], share * hit.score)
    texts: dict[str, int] = {}
    for item in sorted(prompt.evidence.items, key=lambda item: (-worth[item.number], item.number)):
        texts.setdefault(" ".join(item.text.split()), item.number)
    return Kept(keep=list(texts.values())[: max(1, math.ceil(len(worth) / 2))] if worth else [])


def written(prompt: Write) -> Message:
    """The best of the message so far and of the new sentences, within its length, in the order they came."""
    read = page(prompt.text, prompt.question)
    new = findings(read, prompt.question, [(need.number, need.text) for need in prompt.needs.items])
    lines = [line.strip() for line in prompt.message.splitlines() if line.strip()]
    for finding in new:
        lines += [text for text in dict.fromkeys(map(read.text_of, finding.sentences)) if text not in lines]
    held = Page(range(len(lines)), lines, [""] * len(lines), range(len(lines)), read.language)
    ranked = [hit.at for hit in rank(held, ask(prompt.question, held.language))]
    taken: list[int] = []
    room = MESSAGE_WORDS
    for at in ranked:
        size = len(held.units[at].text.split())
        if size <= room:
            taken.append(at)
            room -= size
    return Message(message="\n".join(held.units[at].text for at in sorted(taken)), findings=new)


def summed_up(prompt: Gist | Condense) -> Points:
    """Whole sentences of the printed text, as points."""
    lines = prompt.text.lines
    focus = "" if prompt.focus == WHOLE else prompt.focus
    at_all = chosen([line.text for line in lines], focus, prompt.words)
    return Points(points=[Written(text=lines[at].text, numbers=[lines[at].number]) for at in at_all])
