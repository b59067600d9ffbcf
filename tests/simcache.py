"""A server's prefix cache, simulated: which tokens at the beginning of a prompt it has seen before, block by block."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence

BLOCK = 16
"""Tokens of a block."""


class PrefixCache:
    """The last `blocks` blocks that were used. A block is known by its tokens and all that stood before them."""

    def __init__(self, blocks: int) -> None:
        self._most = blocks
        self._blocks: OrderedDict[bytes, None] = OrderedDict()

    def use(self, prompt: Sequence[str]) -> int:
        """Tokens at the beginning of `prompt` whose blocks are known. All its whole blocks are known afterwards."""
        link, hits, broken = b"", 0, False
        for at in range(0, len(prompt) - BLOCK + 1, BLOCK):
            link = hashlib.blake2b(
                link + "\0".join(prompt[at : at + BLOCK]).encode("utf-8", "replace"), digest_size=16
            ).digest()
            broken = broken or link not in self._blocks
            hits += not broken
            self._blocks[link] = None
            self._blocks.move_to_end(link)
        while len(self._blocks) > self._most:
            self._blocks.popitem(last=False)
        return hits * BLOCK
