"""Numbers for the passages of several books, counted through in the books' order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..core.book import Book
from ..core.types import Passage


class Numbering:
    """Passages counted through the books of a scope, and back."""

    def __init__(self, books: Sequence[Book]) -> None:
        self._books = books
        self._ends = list(accumulate(map(len, books)))
        self.firsts = [0, *self._ends][: len(books)]
        """Number of each book's first passage."""

    def place(self, number: int) -> int:
        """Of the book that holds a passage, in the scope."""
        return bisect_right(self._ends, number)

    def book(self, number: int) -> Book:
        return self._books[self.place(number)]

    def passage(self, number: int) -> Passage:
        at = self.place(number)
        return self._books[at].passage(number - self.firsts[at])
