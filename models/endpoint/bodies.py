"""Bodies of a server's replies, which may be anything: bounded in size, unpacked within that bound, read as JSON."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

LARGEST = 32_000_000
"""Bytes of one reply, unpacked: many times what the longest list of models or a batch of vectors takes."""
MOST_TOKENS = 10**9
"""Tokens of one call or window: what is more is no count, and would spend every budget or fit any text."""
PACKED = "gzip"
"""The one way of packing that is asked for and unpacked."""
_PLAIN = frozenset(("", "identity", "none", "utf-8"))
"""What servers call a body that is not packed; the last two are mistakes that others forgive too."""


class NoBody(Exception):
    """What a server sent is not taken as a body."""


class TooLarge(NoBody):
    """One of more than `LARGEST` bytes."""


class OddlyPacked(NoBody):
    """One that is packed in a way that was not asked for, or is damaged."""


async def bounded(chunks: AsyncIterable[bytes], encoding: str, most: int = LARGEST) -> AsyncIterator[bytes]:
    """The body in `chunks`, unpacked as the header `encoding` says, of at most so many bytes.

    No more than that is ever held: what a packed piece holds is taken out up to there, whatever else is in it.

    Raises TooLarge or OddlyPacked.
    """
    packed = encoding not in _PLAIN
    if packed and encoding.removeprefix("x-") != PACKED:  # Both names are one (RFC 9110, 8.4.1.3).
        raise OddlyPacked(encoding)
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    size = 0
    async for chunk in chunks:
        piece = _unpacked(unpacking, chunk, most - size + 1) if unpacking else chunk
        size += len(piece)
        if size > most:
            raise TooLarge
        yield piece


def _unpacked(unpacking: Any, chunk: bytes, most: int) -> bytes:
    try:
        piece: bytes = unpacking.decompress(chunk, most)
    except zlib.error:
        raise OddlyPacked(PACKED) from None
    return piece


def parsed(body: str) -> Any:
    """The JSON value in `body`. Raises ValueError, also where it is nested without end."""
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested without end") from error


def whole(text: str) -> str:
    """`text` without halves of characters, which JSON can spell and nothing can store; two that fit together join."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tokens(value: Any) -> int | None:
    """`value` as a count of tokens; None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS else None
