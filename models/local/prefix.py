"""Keys and values of prompts already read, so that a prompt that begins the same reads on where they end.

Prompts put what is shared first: instructions, then the chunk, then the question. So readers of one batch share the
instructions, and the next question about a chunk shares all but its own words. What is kept is whole prompts; what is
used is the longest common beginning. The least recently used goes when there is no more room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tokens = NDArray[np.int64]

SHORTEST = 32
"""Tokens; a shorter common beginning is sooner read than copied."""

Layers = Sequence[tuple[Any, Any]]
"""Of each layer the keys and values, heads x tokens x width."""


@dataclass(eq=False, frozen=True, slots=True)
class Prefix:
    """A beginning of a prompt that has been read."""

    tokens: Tokens
    layers: Layers

    def beginning(self, length: int) -> list[tuple[Any, Any]]:
        """Keys and values of its first `length` tokens, layer by layer."""
        return [(keys[:, :length], values[:, :length]) for keys, values in self.layers]


class Prefixes:
    """What was read, the latest at the end.

    Args:
        room: bytes.
        token_bytes: bytes that a token's keys and values take.
    """

    def __init__(self, room: int, token_bytes: int) -> None:
        self.most = room // max(1, token_bytes)
        """Tokens there is room for."""
        self._kept: list[Prefix] = []

    def longest(self, tokens: Sequence[int]) -> tuple[Prefix | None, int]:
        """What shares the longest beginning with `tokens`, and its length; less than all, since one must be read."""
        best, length = None, SHORTEST - 1
        for prefix in self._kept:
            common = min(_common(prefix.tokens, tokens), len(tokens) - 1)
            if common > length:
                best, length = prefix, common
        if best is None:
            return None, 0
        self._kept.remove(best)
        self._kept.append(best)
        return best, length

    def common(self, tokens: Sequence[int]) -> int:
        """Length of the longest beginning that is known; asking does not count as using."""
        return max((_common(prefix.tokens, tokens) for prefix in self._kept), default=0)

    def add(self, tokens: Sequence[int], layers: Layers) -> None:
        """Keeps a prompt that was read, and drops what it makes superfluous."""
        import numpy as np

        new = np.asarray(tokens, dtype=np.int64)
        if len(new) > self.most or self.common(tokens) == len(new):
            return
        self._kept = [old for old in self._kept if _common(old.tokens, tokens) < len(old.tokens)]
        self._kept.append(Prefix(new, layers))
        while sum(len(prefix.tokens) for prefix in self._kept) > self.most:
            self._kept.pop(0)

    def clear(self) -> None:
        """Gives all of the memory back."""
        self._kept.clear()


def _common(left: Tokens, right: Sequence[int]) -> int:
    """Length of the common beginning."""
    import numpy as np

    length = min(len(left), len(right))
    different = np.flatnonzero(left[:length] != np.asarray(right[:length], dtype=np.int64))
    return int(different[0]) if len(different) else length


def shared(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning of two prompts; it leaves each at least one token."""
    import numpy as np

    return min(_common(np.asarray(left, dtype=np.int64), right), len(left) - 1, len(right) - 1)
