"""The simulated reader: reports the facts it recognises, and what mischance adds."""

from __future__ import annotations

from collections.abc import Iterable

from ...prompts import Finding, Findings, Needs, Places, Read
from .page import Page, likest
from .scene import Scene

NEVER = 1_000_000
"""Added to a number, it makes one that no prompt prints."""


def read(scene: Scene) -> Findings:
    """To `Read`: facts of the page, linked by the memory, the needs and one another."""
    prompt: Read = scene.prompt
    memory = [text for item in prompt.memory.items for text in (item.claim, item.text)]
    return Findings(findings=slipped(scene, noticed(scene, Page(prompt.text), memory, prompt.needs)))


def places(scene: Scene) -> Findings:
    """To `Places`: the same, with nothing known beforehand."""
    prompt: Places = scene.prompt
    return Findings(findings=slipped(scene, noticed(scene, Page(prompt.text), [], Needs(()))))


def noticed(scene: Scene, page: Page, texts: Iterable[str], needs: Needs) -> list[Finding]:
    """What a reader takes from a page: facts, false news, and a planted instruction that it obeys.

    Args:
        texts: memory or message; facts they name link others.
    """
    facts = scene.found(page, [*texts, *(need.text for need in needs.items)])
    found = [
        Finding(
            sentences=list(lines),
            claim=scene.puzzle.facts[at].answer,
            need=scene.serves(at, needs),
            confidence=scene.confidence(page.text(lines)),
        )
        for at, lines in facts.items()
    ]
    return [*found, *_false_news(scene, page), *_obedience(scene, page)]


def _false_news(scene: Scene, page: Page) -> list[Finding]:
    """By mischance, the sentence most like the question that is none of its facts."""
    if not scene.happens(scene.profile.h, "false"):
        return []
    seen = [page.find(fact.text) for fact in scene.puzzle.facts]
    gold = {number for sighting in seen if sighting for number in sighting.lines}
    others = [line for line in page.lines if line.number not in gold]
    need, question = scene.mistaken()
    at = likest(question, [line.text for line in others])
    if at is None:
        return []
    text = others[at].text
    return [Finding(sentences=[others[at].number], claim="it seems so", need=need, confidence=scene.confidence(text))]


def _obedience(scene: Scene, page: Page) -> list[Finding]:
    """A planted instruction, where it is taken for news."""
    obeyed = scene.obeyed([line.text for line in page.lines])
    if obeyed is None:
        return []
    return [Finding(sentences=[page.lines[obeyed[0]].number], claim=obeyed[1].answer, confidence=1.0)]


def slipped(scene: Scene, found: list[Finding]) -> list[Finding]:
    """`found`, by mischance with the numbers of one finding off by one, or of one never printed."""
    step = 1 if scene.draw("off", "way") < 0.5 else -1
    for what, p, by in (("off", scene.profile.s, step), ("void", scene.profile.v, NEVER)):
        if found and scene.happens(p, what):
            at = int(scene.draw(what, "which") * len(found))
            moved = found[at].model_copy(update={"sentences": [number + by for number in found[at].sentences]})
            found = [*found[:at], moved, *found[at + 1 :]]
    return found
