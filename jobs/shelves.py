"""Shelves of a batch: each set of documents is opened once, and let go of when no row needs it any more."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from ..app import Clew, Shelf


class Shelves:
    """Opens documents for rows.

    Args:
        wanted: the documents of every row to come.
    """

    def __init__(self, clew: Clew, wanted: Iterable[tuple[str, ...]]) -> None:
        self._clew = clew
        self._left = Counter(wanted)
        self.open: dict[tuple[str, ...], asyncio.Task[Shelf]] = {}
        """Those that are open now."""

    @asynccontextmanager
    async def borrowed(self, documents: tuple[str, ...]) -> AsyncIterator[Shelf]:
        """The shelf of `documents`, for one row. Raises DocumentError, StoreError."""
        try:
            if documents not in self.open:
                self.open[documents] = asyncio.create_task(asyncio.to_thread(self._clew.open, documents))
            yield await asyncio.shield(self.open[documents])
        finally:
            self._left[documents] -= 1
            if not self._left[documents]:
                self.open.pop(documents, None)
