"""`chain`: Chain-of-Agents (Zhang et al., NeurIPS 2024, arXiv 2406.02818).

    CU_0 = ∅
    for each chunk c_1 … c_N in order:  CU_i = worker(question, CU_{i-1}, c_i)       -- the communication unit
    answer = manager(question, CU_N)

One reader at a time, one bounded message handed on; the manager sees the last message only. Chunks fill the window
after instructions, question and message; the paper packs them with sentences, here they are runs of whole passages, and
stand first in the prompt, so that a server reads them once for all questions. N + 1 calls for N chunks, all in
sequence; where there is no message no manager is asked.

Two forms of the message. `lines`, ours: the best located evidence as numbered lines, to which a worker adds sentences
and from which it drops lines. `prose`, the paper's: the worker rewrites a text; beside it stand the sentences it was
written from, without which an answer could not be cited. Left to right as in the paper, or in the orders of its
comparison: right to left, and random ones, which `paths` sends beside the others; or what is `related` one after the
other, as a follow-up has it (`related.py`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ...core.options import MessageForm, Order
from ...core.types import Chunk, Note
from ..desk import Desk
from ..pools import within_memory
from ..state import Outcome, State, Task
from ..strategy import Strategy
from .related import related


@dataclass(frozen=True, slots=True)
class Link:
    """Where the chain is: the next chunk's place in the order, and the message CU."""

    at: int = 0
    lines: tuple[Note, ...] = ()
    prose: str = ""
    done: bool = False


class Chain(Strategy):
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
            chunk = self._ordered(desk)[link.at]
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
        lines = within_memory([*held, *outcome.notes], "reader", desk)
        return Link(link.at + 1, lines, outcome.message or link.prose)

    def _ordered(self, desk: Desk) -> Sequence[Chunk]:
        chunks = desk.chunks
        if self.shuffled is not None:
            return random.Random(self.shuffled).sample(chunks, len(chunks))
        if self.order == "related":
            order = desk.once(related, lambda: related([desk.text(chunk.span) for chunk in chunks], desk.question))
            return [chunks[at] for at in order]
        return chunks if self.order == "left" else chunks[::-1]
