"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence

NAMED = 3
"""Names listed where many are meant."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 call`, `1,200 calls`; `plural` where an s does not make it."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def some(names: Sequence[str], most: int = NAMED) -> str:
    """`a, b, c and 4 others`."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {counted(left, 'other')}" if left > 0 else "")
