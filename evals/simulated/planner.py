"""The simulated planner: knows the sub-questions, and by mischance only the question."""

from __future__ import annotations

import re

from ...prompts import Plan, Questions, Recall, Recalled
from .page import holds
from .scene import Scene


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
