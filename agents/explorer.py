"""The explorer: walks through the concept graph. It sees one node or one part of the text at a time, and its notebook.

Every action it may take is printed with a number by code; what it answers with another number is not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.types import Span
from ..prompts import Atoms, Excerpt, Excerpts, Explore, Explored, Facts, Line, Memory, Needs, Neighbours, Prompt, Start
from .consult import Printed, consult, fit, numbered, printed, told, with_memory
from .demonstrator import demonstrations
from .desk import Desk
from .fit import shared, size
from .numbers import named
from .state import Atom, Outcome, Task


async def atoms(number: int, task: Task, desk: Desk) -> Outcome:
    """Takes a part of the text apart into atomic facts; one without a place in the text is dropped and counted.

    With their elements and all that is JSON, facts are longer than the text: the reply gets the room of memory too.
    """
    page, room = printed(desk, task.spans), shared(desk.room("explorer"))
    prompt = Atoms(page.excerpts)
    reply = await consult(desk, "explorer", prompt, room)
    placed = [fact for fact in reply.facts if 1 <= fact.sentence <= len(page.places) and told(fact.fact)]
    found = tuple(Atom(told(fact.fact), page.places[fact.sentence - 1], tuple(fact.elements)) for fact in placed)
    rejected = len(reply.facts) - len(found)
    return Outcome(number, task, atoms=found, rejected=rejected, tokens=_tokens(prompt, desk))


async def start(number: int, task: Task, desk: Desk) -> Outcome:
    """Chooses the nodes that walks start from, the most relevant first."""
    names, needs = task.choices, Needs(task.needs)
    prompt = fit(desk, "explorer", lambda k: Start(numbered(names[:k]), needs, desk.question), len(names))
    reply = await consult(desk, "explorer", prompt)
    likeliest = sorted(reply.nodes, key=lambda node: -node.relevance)
    chosen, rejected = named((node.number for node in likeliest), len(prompt.nodes.items))
    return Outcome(number, task, chosen=chosen, rejected=rejected, tokens=_tokens(prompt, desk))


async def facts(number: int, task: Task, desk: Desk) -> Outcome:
    """Looks at what the text says of a node, and chooses the parts to be read in full."""
    page, examples = _by_part(task, desk), demonstrations(desk, task.examples)
    actions, needs = numbered(task.choices), Needs(task.needs)

    def build(notebook: Memory) -> Facts:
        return Facts(page.excerpts, task.node, notebook, actions, needs, desk.question, examples)

    prompt = with_memory(desk, "explorer", task.notes, build)
    return _stepped(number, task, page, await consult(desk, "explorer", prompt), _tokens(prompt, desk))


async def explore(number: int, task: Task, desk: Desk) -> Outcome:
    """Reads a part of the text, and chooses where to go from there."""
    page, examples = printed(desk, task.spans), demonstrations(desk, task.examples)
    actions, needs = numbered(task.choices), Needs(task.needs)

    def build(notebook: Memory) -> Explore:
        return Explore(page.excerpts, notebook, actions, needs, desk.question, examples)

    prompt = with_memory(desk, "explorer", task.notes, build)
    return _stepped(number, task, page, await consult(desk, "explorer", prompt), _tokens(prompt, desk))


async def neighbours(number: int, task: Task, desk: Desk) -> Outcome:
    """Chooses the next node, or the end of the walk."""
    nodes, needs = numbered(task.choices), Needs(task.needs)

    def build(notebook: Memory) -> Neighbours:
        return Neighbours(nodes, task.node, notebook, needs, desk.question)

    prompt = with_memory(desk, "explorer", task.notes, build)
    reply = await consult(desk, "explorer", prompt)
    chosen, rejected = _moves([reply.action], task)
    return Outcome(number, task, chosen=chosen, rejected=rejected, tokens=_tokens(prompt, desk))


def _stepped(number: int, task: Task, page: Printed, reply: Explored, tokens: int) -> Outcome:
    notes, invented = page.notes(reply.findings, task.needs)
    chosen, rejected = _moves(reply.actions, task)
    return Outcome(number, task, notes=notes, chosen=chosen, rejected=invented + rejected, tokens=tokens)


def _moves(numbers: Sequence[int], task: Task) -> tuple[tuple[int, ...], int]:
    """What `named` makes of the numbers of moves; the last move where none was printed: it is safe."""
    chosen, rejected = named(numbers, len(task.moves))
    return chosen or (len(task.moves) - 1,), rejected


def _by_part(task: Task, desk: Desk) -> Printed:
    """The facts of each part under one source line, which begins with the part's number."""
    places: list[Span] = []
    parts = []
    for at, points in enumerate(task.facts, 1):
        lines = tuple(Line(len(places) + n, point.text) for n, point in enumerate(points, 1))
        places += [desk.books[place.document].trim(place) for point in points for place in point.places]
        parts.append(Excerpt(f"part {at}: {desk.source(points[0].places[0])}", lines))
    return Printed(Excerpts(tuple(parts)), places, range(1, len(places) + 1))


def _tokens(prompt: Prompt[Any], desk: Desk) -> int:
    return size(desk.models["explorer"], desk.room("explorer"), prompt)
