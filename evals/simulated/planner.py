"""The simulated planner: knows the sub-questions, and by mischance only the question."""

from __future__ import annotations

from ...prompts import Plan, Questions, Recall, Recalled
from .page import holds
from .scene import Scene


def plan(scene: Scene) -> Questions:
    """To `Plan`: the sub-questions, each replaced by the question itself with probability r."""
    prompt: Plan = scene.prompt
    asked = [scene.worded(at, scene.puzzle.asking(at)) for at in scene.puzzle.order]
    return Questions(needs=list(dict.fromkeys(asked)) or [prompt.question])


def recall(scene: Scene) -> Recalled:
    """To `Recall`: the first question that the memory leaves open."""
    prompt: Recall = scene.prompt
    have = [at for at, fact in enumerate(scene.puzzle.facts) if holds(prompt.message, fact.text)]
    lacking = scene.lacking(have)
    return Recalled(enough=not lacking, query=lacking[0] if lacking else "")
