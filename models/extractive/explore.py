"""How the extractive model walks through a concept graph: by the question's words, then by the names it noted."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.names import names
from ...language.words import content_words
from ...prompts import (
    Atomic,
    Atomics,
    Atoms,
    Chosen,
    Explore,
    Explored,
    Facts,
    Finding,
    Neighbours,
    Nodes,
    Start,
    Turning,
)
from .ask import ask
from .page import page
from .rank import rank
from .text import base_stems

ELEMENTS = 4
"""Words of a fact that are its elements, beside its names."""
STARTS = 5
READ = 2
"""Parts read of those that hold a node."""
MOST = 2
"""Findings of a part: a walk comes by many."""
LEAST = 0.4
"""Confidence of a finding."""
AS_SURE = 0.8
"""Share of the best confidence so far that a finding must have."""
ENOUGH = 0.75
"""Confidence of a finding from which a walk ends."""


def taken_apart(prompt: Atoms) -> Atomics:
    """Every sentence is a fact, about the names in it and its longest words."""
    facts = []
    for line in prompt.text.lines:
        named = [name.text for name in names(line.text)]
        words = sorted(dict.fromkeys(content_words(line.text)), key=lambda word: -len(word))[:ELEMENTS]
        facts.append(Atomic(sentence=line.number, fact=" ".join(line.text.split()), elements=[*named, *words]))
    return Atomics(facts=facts)


def started(prompt: Start) -> Nodes:
    """The nodes that share the most with the question, of equal ones the nearest."""
    weights = _weights(prompt.question, [need.text for need in prompt.needs.items])
    scored = [(_shared(node.text, weights), node.number) for node in prompt.nodes.items]
    best = sorted(scored, key=lambda item: (-item[0], item[1]))[:STARTS]
    return Nodes(nodes=[Chosen(number=number, relevance=round(100 * s / (s + 1), 2)) for s, number in best])


def looked_at(prompt: Facts) -> Explored:
    """The parts whose sentences rank best; where none does, the nearest."""
    shown, worth = page(prompt.text, prompt.question), dict.fromkeys(range(len(prompt.text.parts)), 0.0)
    part_of = {line.number: at for at, part in enumerate(prompt.text.parts) for line in part.lines}
    for hit in rank(shown, ask(prompt.question, shown.language)):
        part = part_of[shown.numbers[hit.at][0]]
        worth[part] = max(worth[part], hit.score)
    best = sorted(worth, key=lambda part: (-worth[part], part))[:READ]
    return Explored(actions=[part + 1 for part in best])


def explored(prompt: Explore, found: Sequence[Finding]) -> Explored:
    """What is about as sure as the best that was noted or found; then on, or to the end where it is sure enough."""
    sure = [item.confidence for item in prompt.memory.items] + [finding.confidence for finding in found]
    best = max(sure, default=0.0)
    kept = [finding for finding in found if finding.confidence >= max(LEAST, AS_SURE * best)][:MOST]
    enough = any(finding.confidence >= ENOUGH for finding in kept)
    return Explored(findings=kept, actions=[len(prompt.actions.items) if enough else 1])


def turned(prompt: Neighbours) -> Turning:
    """To a node that the question names, else to one that the notebook names; else the walk ends."""
    weights = _weights(prompt.question, [need.text for need in prompt.needs.items])
    noted = {stem for item in prompt.memory.items for name in names(item.text) for stem in base_stems(name.text)}
    *nodes, end = prompt.nodes.items
    scored = [(_shared(node.text, weights), _held(node.text, noted), node.number) for node in nodes]
    best = max(scored, key=lambda item: (item[0], item[1], -item[2]), default=(0.0, False, 0))
    return Turning(action=best[2] if best[0] > 0 or best[1] else end.number)


def _weights(question: str, needs: Sequence[str]) -> dict[str, float]:
    weights = dict(ask(question).weights)
    for need in needs:
        for stem, weight in ask(need).weights.items():
            weights[stem] = max(weight, weights.get(stem, 0.0))
    return weights


def _shared(label: str, weights: dict[str, float]) -> float:
    """What of the question a label says, less for every word that the question lacks."""
    stems = set(base_stems(label))
    return sum(weights.get(stem, 0.0) for stem in stems) / len(stems) ** 0.5 if stems else 0.0


def _held(label: str, noted: set[str]) -> bool:
    stems = set(base_stems(label))
    return bool(stems) and stems <= noted
