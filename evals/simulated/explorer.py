"""The simulated explorer and its like: recognises facts as a reader does, and steers by the words of what it lacks.

How well a model steers has no parameter of its own: it takes what shares most words with what it would ask next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...language.elements import elements
from ...prompts import (
    Approach,
    Atomic,
    Atomics,
    Atoms,
    Chosen,
    Explore,
    Explored,
    Facts,
    Finding,
    Handled,
    Memory,
    Neighbours,
    Nodes,
    Pick,
    Picked,
    Piece,
    Start,
    Turning,
)
from .page import Page, holds, likeness
from .reader import noticed, slipped
from .scene import Scene

STARTS = 5
"""Nodes chosen to start from."""
PARTS = 2
"""Parts of a node that are read."""


def atoms(scene: Scene) -> Atomics:
    """To `Atoms`: every sentence that is not missed, as a fact about the elements that code finds in it."""
    prompt: Atoms = scene.prompt
    lines = prompt.text.lines
    told = [line for at, line in enumerate(lines) if not scene.missed(line.text, at / len(lines))]
    return Atomics(facts=[Atomic(sentence=line.number, fact=line.text, elements=_named(line.text)) for line in told])


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(text[one.start : one.end] for one in elements(text)))


def start(scene: Scene) -> Nodes:
    """To `Start`: the nodes most like what is asked first."""
    prompt: Start = scene.prompt
    names = [node.text for node in prompt.nodes.items]
    best = _ranked(names, scene.lacking(()))[:STARTS]
    return Nodes(
        nodes=[Chosen(number=prompt.nodes.items[at].number, relevance=100 - place) for place, at in enumerate(best)]
    )


def facts(scene: Scene) -> Explored:
    """To `Facts`: what a node's sentences tell, and the parts most like what is lacking; the last is to move on."""
    prompt: Facts = scene.prompt
    found, told = _found(scene, prompt)
    wanted = scene.lacking(_held(scene, prompt.memory, told))
    parts = [" ".join(line.text for line in part.lines) for part in prompt.text.parts]
    best = [at + 1 for at in _ranked(parts, wanted)[:PARTS]] if wanted else []
    return Explored(findings=slipped(scene, found), actions=best or [len(prompt.actions.items)])


def explore(scene: Scene) -> Explored:
    """To `Explore`: what a part tells; then the first action there is, or, where nothing lacks, the last: the end."""
    prompt: Explore = scene.prompt
    found, told = _found(scene, prompt)
    lacking = scene.lacking(_held(scene, prompt.memory, told))
    return Explored(findings=slipped(scene, found), actions=[1 if lacking else len(prompt.actions.items)])


def neighbours(scene: Scene) -> Turning:
    """To `Neighbours`: the name most like what is lacking, or the last, which ends the walk."""
    prompt: Neighbours = scene.prompt
    names = [node.text for node in prompt.nodes.items]
    best = _ranked(names[:-1], scene.lacking(_held(scene, prompt.memory)))
    return Turning(action=prompt.nodes.items[best[0] if best else -1].number)


def approach(scene: Scene) -> Turning:
    """To `Approach`: looking up, which comes first."""
    prompt: Approach = scene.prompt
    return Turning(action=prompt.actions.items[0].number)


def piece(scene: Scene) -> Handled:
    """To `Piece`: answers when nothing lacks, keeps what it found, and else moves on."""
    prompt: Piece = scene.prompt
    found, told = _found(scene, prompt)
    lacking = scene.lacking(_held(scene, prompt.memory, told))
    verb = "answer" if not lacking else "append" if found else "move"
    number = next((one.number for one in prompt.actions.items if one.text.startswith(verb)), 1)
    return Handled(action=number, findings=slipped(scene, found))


def pick(scene: Scene) -> Picked:
    """To `Pick`: the summaries most like what is asked."""
    prompt: Pick = scene.prompt
    lines = prompt.text.lines
    best = _ranked([line.text for line in lines], scene.lacking(()))[: prompt.most]
    return Picked(numbers=[lines[at].number for at in best])


def _found(scene: Scene, prompt: Facts | Explore | Piece) -> tuple[list[Finding], list[str]]:
    """What is recognised on the prompt's page, and the sentences it stands in."""
    page = Page(prompt.text)
    memory = [text for item in prompt.memory.items for text in (item.claim, item.text)]
    found = noticed(scene, page, memory, prompt.needs)
    return found, [page.text(finding.sentences) for finding in found]


def _held(scene: Scene, memory: Memory, told: Iterable[str] = ()) -> set[int]:
    """The facts that stand in memory, or in what was found now."""
    texts = [*(item.text for item in memory.items), *told]
    return {at for at, fact in enumerate(scene.puzzle.facts) if any(holds(text, fact.text) for text in texts)}


def _ranked(texts: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Places of the texts that share words with what is wanted, the likest first."""
    worth = [max((likeness(one, text) for one in wanted), default=0) for text in texts]
    return sorted((at for at in range(len(texts)) if worth[at]), key=lambda at: -worth[at])
