"""A server's prefix cache, imagined: how much of a prompt it has read before, at the beginning of another one."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.types import Message

BLOCK = 128
"""Characters that are known together; servers keep 16 to 128 tokens so."""
MOST = 200_000
"""Blocks that are remembered: some six million tokens, what a hosted server keeps for longer than a job takes."""


class Prefixes:
    """What prompts so far began with."""

    def __init__(self) -> None:
        self._known: dict[int, None] = {}

    def share(self, messages: Sequence[Message]) -> float:
        """The share of `messages`, 0 to 1, that an earlier prompt began with. All of it is known afterwards."""
        text = "\0".join(f"{message.role}\n{message.content}" for message in messages)
        link, hits, broken = 0, 0, False
        for at in range(0, len(text) - BLOCK + 1, BLOCK):
            link = hash((link, text[at : at + BLOCK]))
            broken = broken or link not in self._known
            hits += not broken
            self._known[link] = None
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return hits * BLOCK / max(1, len(text))
