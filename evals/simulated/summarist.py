"""The simulated summarist: whole sentences up to the length asked for, the facts it has not missed before all others.

It foresees what will be asked, as no summary of a whole text can: what is measured with it is the most that summaries
are worth. The rest of its sentences are drawn at random.
"""

from __future__ import annotations

from ...prompts import Condense, Gist, Points, Written
from .page import Page
from .scene import Scene


def summed_up(scene: Scene) -> Points:
    """To `Gist` and `Condense`: as many sentences as the length has room for, in their order."""
    prompt: Gist | Condense = scene.prompt
    page = Page(prompt.text)
    seen = [(fact, sighting) for fact in scene.facts if (sighting := page.find(fact))]
    telling = {number for fact, sighting in seen if not scene.missed(fact, sighting.x) for number in sighting.lines}
    left, chosen = prompt.words, []
    for line in sorted(page.lines, key=lambda line: (line.number not in telling, scene.draw("gist", line.number))):
        left -= len(line.text.split())
        if left >= 0:
            chosen.append(line)
    chosen.sort(key=lambda line: line.number)
    return Points(points=[Written(text=line.text, numbers=[line.number]) for line in chosen])
