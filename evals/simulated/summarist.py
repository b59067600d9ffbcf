"""The simulated summarist: whole sentences drawn at random, up to the length asked for. It understands nothing.

A summary that is made before anything is asked holds a fact by luck; that is all that is simulated of it.
"""

from __future__ import annotations

from ...prompts import Condense, Gist, Points, Written
from .scene import Scene


def summed_up(scene: Scene) -> Points:
    """To `Gist` and `Condense`: as many drawn sentences as the length has room for, in their order."""
    prompt: Gist | Condense = scene.prompt
    left, chosen = prompt.words, []
    for line in sorted(prompt.text.lines, key=lambda line: scene.draw("gist", line.number)):
        left -= len(line.text.split())
        if left >= 0:
            chosen.append(line)
    chosen.sort(key=lambda line: line.number)
    return Points(points=[Written(text=line.text, numbers=[line.number]) for line in chosen])
