"""Rerankers to name on the command line: `rerankers:ByLetter`."""

from __future__ import annotations

from collections.abc import Sequence


class ByLetter:
    """Puts texts with many a z first."""

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        return [text.count("z") for text in texts]


class Lazy:
    """Judges nothing."""

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        return []


class Costly:
    """Takes long to make: counts how often it is."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1

    def scores(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        return [0.0] * len(texts)
