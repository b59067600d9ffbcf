"""The simulated manager: right with all facts at hand, as often as the profile says; else wrong, or silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2

from ...prompts import Answer, Verdict, Whole
from .page import Page, holds
from .scene import Scene
from .writer import PER_TOKEN, items_of

WRONG = "something that is not so"
"""What a wrong answer says: no set has it for an answer."""


def answer(scene: Scene) -> Verdict:
    """To `Answer`: from the evidence, and the message where there is one."""
    prompt: Answer = scene.prompt
    numbers = [item.number for item in prompt.evidence.items]
    items = [*(item.shown for item in prompt.evidence.items), *items_of(prompt.message)]
    obeyed = scene.obeyed(items)
    if obeyed is not None:
        return said(obeyed[1].answer, numbers[obeyed[0] : obeyed[0] + 1])
    have, useful = set(), set()
    for place, item in enumerate(items):
        held = {at for at, fact in enumerate(scene.puzzle.facts) if holds(item, fact.text)}
        have |= held
        useful |= {place} if held else set()
    cited = [numbers[place] for place in sorted(useful) if place < len(numbers)]
    return _judged(scene, have, cited, len(items) - len(useful), sum(map(len, items)) / PER_TOKEN)


def whole(scene: Scene) -> Verdict:
    """To `Whole`: reads as a reader does, then answers from what it found there."""
    prompt: Whole = scene.prompt
    page = Page(prompt.text)
    obeyed = scene.obeyed([line.text for line in page.lines])
    if obeyed is not None:
        return said(obeyed[1].answer, [page.lines[obeyed[0]].number])
    have = scene.found(page, [])
    useful = sorted({number for lines in have.values() for number in lines})
    false = int(scene.happens(scene.profile.h, "false"))
    return _judged(scene, have, useful, false, len(page.text(useful)) / PER_TOKEN)


def _judged(scene: Scene, have: Collection[int], useful: Sequence[int], false: int, size: float) -> Verdict:
    """The ruling of a manager with these facts among so many false items, `size` tokens in all."""
    one = scene.profile
    p = one.a * (1 - one.e) ** false * (1 - one.c * max(0.0, log2(max(1.0, size) / 1000)))
    if scene.puzzle.facts and len(have) == len(scene.puzzle.facts) and scene.succeeds(p, "right"):
        return said(scene.puzzle.answers[0], useful)
    if scene.succeeds(one.g, "wrong"):
        return said(WRONG, useful[:1])
    return Verdict(verdict="not_found", missing=scene.lacking(have))


def said(text: str, numbers: Sequence[int]) -> Verdict:
    """An answer with a mark for each number."""
    marks = "".join(f"[{number}]" for number in numbers)
    return Verdict(verdict="answered", answer=f"{text} {marks}".strip(), evidence=list(numbers))
