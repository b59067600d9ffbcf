"""The passages of all documents of a run: half a million may be counted, few are looked at, those alone are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import overload

from ..core.book import Book
from ..core.types import Passage
from ..memory.numbering import Numbering


class Passages(Sequence[Passage]):
    """The passages of `books`, counted through in their order."""

    def __init__(self, books: Collection[Book]) -> None:
        self._numbering = Numbering(list(books))
        self._count = sum(map(len, books))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Passage]:
        return map(self._numbering.passage, range(self._count))

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...

    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        passage, numbers = self._numbering.passage, range(self._count)[at]
        return passage(numbers) if isinstance(numbers, int) else [passage(number) for number in numbers]
