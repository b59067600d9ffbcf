"""The simulated planner: knows the sub-questions, and by mischance only the question."""

from __future__ import annotations

import re

from ...prompts import Demonstrate, Demonstrated, Plan, Questions, Recall, Recalled
from .page import holds
from .scene import Scene

ABOUT = 3
"""Words of a sentence that an example asks about."""


def plan(scene: Scene) -> Questions:
    """To `Plan`: the sub-questions, each replaced by the question itself with probability r.

    `#k` stands for the answer of the k-th that is planned, as the prompt asks for it.
    """
    prompt: Plan = scene.prompt
    order = scene.puzzle.order

    def placed(match: re.Match[str]) -> str:
        return f"#{order.index(int(match[1]) - 1) + 1}"

    asked = [scene.worded(at, re.sub(r"#(\d+)", placed, scene.puzzle.asking(at))) for at in order]
    return Questions(needs=asked or [prompt.question])


def recall(scene: Scene) -> Recalled:
    """To `Recall`: the first question that the memory leaves open."""
    prompt: Recall = scene.prompt
    have = [at for at, fact in enumerate(scene.puzzle.facts) if holds(prompt.message, fact.text)]
    lacking = scene.lacking(have)
    return Recalled(enough=not lacking, query=lacking[0] if lacking else "")


def demonstrate(scene: Scene) -> Demonstrated:
    """To `Demonstrate`: a drawn sentence, and what asks for it. That examples help a reader is not simulated."""
    prompt: Demonstrate = scene.prompt
    lines = prompt.text.lines
    if not lines:
        return Demonstrated(question="")
    line = lines[int(scene.draw("which") * len(lines))]
    about = " ".join(line.text.split()[:ABOUT])
    return Demonstrated(question=f"What is said of {about}?", sentences=[line.number], claim=line.text)
