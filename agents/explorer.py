"""The explorer: walks through the concept graph. It sees one node or one part of the text at a time, and its notebook.

Every action it may take is printed with a number by code; what it answers with another number is not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.types import Span
from ..prompts import Atoms, Excerpt, Excerpts, Explore, Explored, Facts, Line, Memory, Needs, Neighbours, Prompt, Start
from .consult import Printed, consult, fit, numbered, printed
from .desk import Desk
from .fit import size
from .state import Atom, Move, Outcome, Task


async def atoms(number: int, task: Task, desk: Desk) -> Outcome:
    """Takes a part of the text apart into atomic facts; one without a place in the text is dropped and counted."""
    page = printed(desk, task.spans)
    prompt = Atoms(page.excerpts)
    reply = await consult(desk, "explorer", prompt)
    placed = [fact for fact in reply.facts if 1 <= fact.sentence <= len(page.places) and fact.fact.strip()]
    found = tuple(Atom(fact.fact.strip(), page.places[fact.sentence - 1], tuple(fact.elements)) for fact in placed)
    rejected = len(reply.facts) - len(found)
    return Outcome(number, task, atoms=found, rejected=rejected, tokens=_tokens(prompt, desk))


async def start(number: int, task: Task, desk: Desk) -> Outcome:
    """Chooses the nodes that walks start from, the most relevant first."""
    names, needs = task.choices, Needs(task.needs)
    prompt = fit(desk, "explorer", lambda k: Start(numbered(names[:k]), needs, desk.question), len(names))
    reply = await consult(desk, "explorer", prompt)
    known = [node for node in reply.nodes if 1 <= node.number <= len(prompt.nodes.items)]
    known.sort(key=lambda node: -node.relevance)
    chosen = tuple(dict.fromkeys(node.number - 1 for node in known))
    rejected = len(reply.nodes) - len(known)
    return Outcome(number, task, chosen=chosen, rejected=rejected, tokens=_tokens(prompt, desk))


async def facts(number: int, task: Task, desk: Desk) -> Outcome:
    """Looks at what the text says of a node, and chooses the parts to be read in full."""
    page = _by_part(task, desk)
    actions, needs = numbered(task.choices), Needs(task.needs)
    prompt = fit(
        desk,
        "explorer",
        lambda k: Facts(page.excerpts, task.node, _notebook(task, desk, k), actions, needs, desk.question),
        len(task.notes),
    )
    return _stepped(number, task, page, await consult(desk, "explorer", prompt), _tokens(prompt, desk))


async def explore(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads a part of the text, and chooses where to go from there."""
    page = printed(desk, task.spans)
    actions, needs = numbered(task.choices), Needs(task.needs)
    prompt = fit(
        desk,
        "explorer",
        lambda k: Explore(page.excerpts, _notebook(task, desk, k), actions, needs, desk.question),
        len(task.notes),
    )
    return _stepped(number, task, page, await consult(desk, "explorer", prompt), _tokens(prompt, desk))


async def neighbours(number: int, task: Task, desk: Desk) -> Outcome:
    """Chooses the next node, or the end of the walk."""
    nodes, needs = numbered(task.choices), Needs(task.needs)
    prompt = fit(
        desk,
        "explorer",
        lambda k: Neighbours(nodes, task.node, _notebook(task, desk, k), needs, desk.question),
        len(task.notes),
    )
    reply = await consult(desk, "explorer", prompt)
    chosen, rejected = _known([reply.action], task.moves)
    return Outcome(number, task, chosen=chosen, rejected=rejected, tokens=_tokens(prompt, desk))


def _stepped(number: int, task: Task, page: Printed, reply: Explored, tokens: int) -> Outcome:
    notes, invented = page.notes(reply.findings, len(task.needs))
    chosen, rejected = _known(reply.actions, task.moves)
    return Outcome(number, task, notes=notes, chosen=chosen, rejected=invented + rejected, tokens=tokens)


def _known(numbers: Sequence[int], moves: Sequence[Move]) -> tuple[tuple[int, ...], int]:
    """Places of the numbers that were printed, and how many were not. Where none was, the last place: it is safe."""
    known = tuple(dict.fromkeys(number - 1 for number in numbers if 1 <= number <= len(moves)))
    return known or (len(moves) - 1,), sum(not 1 <= number <= len(moves) for number in numbers)


def _by_part(task: Task, desk: Desk) -> Printed:
    """The facts of each part under one source line, which begins with the part's number."""
    places: list[Span] = []
    parts = []
    for at, points in enumerate(task.facts, 1):
        lines = tuple(Line(len(places) + n, point.text) for n, point in enumerate(points, 1))
        places += [desk.books[place.document].trim(place) for point in points for place in point.places]
        parts.append(Excerpt(f"part {at}: {desk.source(points[0].places[0])}", lines))
    return Printed(Excerpts(tuple(parts)), places)


def _notebook(task: Task, desk: Desk, most: int) -> Memory:
    return Memory(tuple(desk.remembered(at, note) for at, note in enumerate(task.notes[:most], 1)))


def _tokens(prompt: Prompt[Any], desk: Desk) -> int:
    return size(desk.models["explorer"], prompt)
