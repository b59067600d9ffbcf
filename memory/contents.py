"""The texts that were looked at last, held in memory up to a size: what makes thousands of open books bearable."""

from __future__ import annotations

import threading
from collections import OrderedDict

from ..core.book import Content

ROOM = 32_000_000
"""Characters held at most, besides one text that may be longer by itself."""


class Contents:
    """Contents by document id; the one unused for longest goes first. Any thread may use it."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[str, Content] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, document: str) -> Content | None:
        with self._lock:
            content = self._held.get(document)
            if content is not None:
                self._held.move_to_end(document)
            return content

    def put(self, document: str, content: Content) -> None:
        with self._lock:
            self._drop(document)
            self._held[document] = content
            self._size += len(content.document.text)
            while self._size > self._room and len(self._held) > 1:
                self._drop(next(iter(self._held)))

    def drop(self, document: str) -> None:
        with self._lock:
            self._drop(document)

    def _drop(self, document: str) -> None:
        content = self._held.pop(document, None)
        if content is not None:
            self._size -= len(content.document.text)
