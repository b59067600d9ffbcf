"""What was looked at last of documents, held in memory up to a size: what makes thousands of open books bearable."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Held(Generic[V]):
    """Values by document id; the one unused for longest goes first. Any thread may use it.

    Args:
        room: size of all together, besides one value that may be larger by itself.
        size: of a value.
    """

    def __init__(self, room: int, size: Callable[[V], int]) -> None:
        self._room = room
        self._measure = size
        self._held: OrderedDict[str, V] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, document: str) -> V | None:
        with self._lock:
            value = self._held.get(document)
            if value is not None:
                self._held.move_to_end(document)
            return value

    def put(self, document: str, value: V) -> None:
        with self._lock:
            self._drop(document)
            self._held[document] = value
            self._size += self._measure(value)
            while self._size > self._room and len(self._held) > 1:
                self._drop(next(iter(self._held)))

    def drop(self, document: str) -> None:
        with self._lock:
            self._drop(document)

    def _drop(self, document: str) -> None:
        value = self._held.pop(document, None)
        if value is not None:
            self._size -= self._measure(value)
