"""`chain`: Chain-of-Agents (Zhang et al., NeurIPS 2024, arXiv 2406.02818).

    CU_0 = ∅
    for each chunk c_i in order:  CU_i = worker(question, CU_{i-1}, c_i)
    answer = manager(question, CU_l)

One reader at a time, one bounded message handed on; the manager sees the last message only. Chunks are runs of whole
passages that fill the window after instructions, question and message. N + 1 calls for N chunks, all in sequence.

Two forms of the message. `lines`, ours: the best located evidence as numbered lines, to which a worker adds sentences
and from which it drops lines. `prose`, the paper's: the worker rewrites a text; beside it stand the sentences it was
written from, without which an answer could not be cited. Left to right as in the paper, right to left, or in a random
order, which `paths` sends beside the others.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ...core.types import Chunk, Note, Passage
from ...memory.ledger import digest
from ..desk import Desk
from ..state import Outcome, State, Task
from .choices import MessageForm, Order


@dataclass(frozen=True, slots=True)
class Link:
    """Where the chain is: the next chunk's place in the order, and the message CU."""

    at: int = 0
    lines: tuple[Note, ...] = ()
    prose: str = ""
    done: bool = False


class Chain:
    """Chain-of-Agents.

    Args:
        shuffled: seed of a random order, in place of `order`.
    """

    name = "chain"
    searches = False

    def __init__(self, order: Order = "left", message: MessageForm = "lines", shuffled: int | None = None) -> None:
        self.order = order
        self.message = message
        self.shuffled = shuffled

    def units(self, desk: Desk) -> Sequence[Chunk]:
        return desk.chunks

    def start(self, desk: Desk) -> Link:
        return Link()

    def choose(self, state: State, desk: Desk) -> list[Task]:
        link: Link = state["slot"]
        needs = tuple(state["needs"])
        if link.done:
            return []
        if link.at < len(desk.chunks) and state["limit"] is None:
            chunk = self._ordered(desk.chunks)[link.at]
            if self.message == "prose":
                return [Task(self.order, "memory_writer", "write", (chunk.span,), message=link.prose, needs=needs)]
            return [Task(self.order, "reader", "read", (chunk.span,), notes=link.lines, needs=needs)]
        if not link.lines and not link.prose:
            return []
        return [Task(self.order, "manager", "answer", notes=link.lines, message=link.prose, needs=needs)]

    def remember(self, state: State, outcomes: Sequence[Outcome], desk: Desk) -> Link:
        link: Link = state["slot"]
        (outcome,) = outcomes
        if outcome.task.role == "manager":
            return Link(link.at, link.lines, link.prose, done=True)
        if outcome.status == "limit":
            return link
        held = [note for at, note in enumerate(link.lines) if at not in outcome.drop]
        room = desk.room("reader").memory
        lines = digest([*held, *outcome.notes], room, desk.note_size, list(desk.books))
        return Link(link.at + 1, lines, outcome.message or link.prose)

    def _ordered(self, chunks: Sequence[Chunk]) -> Sequence[Chunk]:
        if self.shuffled is not None:
            return random.Random(self.shuffled).sample(chunks, len(chunks))
        return chunks if self.order == "left" else chunks[::-1]

    def ranking(self, state: State, desk: Desk) -> Sequence[tuple[Passage, float]]:
        return ()
