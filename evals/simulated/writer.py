"""The simulated memory-writer: carries items over, drops some by mischance, and the least confident above its room."""

from __future__ import annotations

from ...prompts import Kept, Merge, Message, Write
from .page import Page
from .reader import noticed, slipped
from .scene import Scene

PER_TOKEN = 4
"""Characters."""
SHARE = 2
"""A message takes one part in so many of a reply at most, and what is kept of a pile one part of the pile."""


def write(scene: Scene) -> Message:
    """To `Write`: the message so far and what this part tells, an item a line.

    What was understood is written down rightly, also where the number beside it slips.
    """
    prompt: Write = scene.prompt
    page = Page(prompt.text)
    findings = noticed(scene, page, [prompt.message], prompt.needs)
    new = [page.text(finding.sentences) for finding in findings]
    items = _kept(scene, [*items_of(prompt.message), *new], scene.room * PER_TOKEN // SHARE)
    return Message(message="\n".join(items) or "(nothing)", findings=slipped(scene, findings))


def items_of(message: str) -> list[str]:
    """The lines of a message; what stands in brackets says that there is none."""
    return [line for line in message.splitlines() if line.strip() and not line.startswith("(")]


def _kept(scene: Scene, items: list[str], room: int) -> list[str]:
    """The items that survive a rewriting, the most confident within `room` characters, in the order they came."""
    given = list(dict.fromkeys(items))
    best = []
    for item in sorted(given, key=lambda item: -scene.confidence(item)):
        room -= len(item) + 1
        if room >= 0 and not scene.happens(scene.profile.w, "dropped", item):
            best.append(item)
    return [item for item in given if item in best]


def merge(scene: Scene) -> Kept:
    """To `Merge`: the better half of a pile, less what is dropped."""
    prompt: Merge = scene.prompt
    best = sorted(prompt.evidence.items, key=lambda item: (-item.confidence, item.number))
    best = best[: -(-len(best) // SHARE)]
    kept = [item.number for item in best if not scene.happens(scene.profile.w, "dropped", item.text)]
    return Kept(keep=kept or [item.number for item in best[:1]])
