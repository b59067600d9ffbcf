"""A reply's stream that hands on no more than a bound, unpacked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from importlib import import_module
from typing import Any

from .bodies import bounded


async def bound(response: Any) -> None:
    """Has a `response` of httpx hand on what is `bounded`; httpx itself is left nothing to unpack."""
    encoding = response.headers.pop("content-encoding", "").strip().lower()
    response.stream = _bounded_by(type(response).__module__)(response.stream, encoding)


@cache
def _bounded_by(library: str) -> Any:
    """The class of bounded streams for `library`: httpx, or the fork of it that the SDK brings along."""

    class Bounded(import_module(library).AsyncByteStream):  # type: ignore[misc]
        def __init__(self, stream: Any, encoding: str) -> None:
            self._stream = stream
            self._encoding = encoding

        def __aiter__(self) -> AsyncIterator[bytes]:
            return bounded(self._stream, self._encoding)

        async def aclose(self) -> None:
            await self._stream.aclose()

    return Bounded
