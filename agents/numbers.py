"""Numbers that a model names, as places in the list that was printed for it; one that was never printed is no place."""

from __future__ import annotations

from collections.abc import Iterable


def named(numbers: Iterable[int], printed: int) -> tuple[tuple[int, ...], int]:
    """Places, from 0, in a list of `printed` items, in order of first mention; and how many numbers stand for none."""
    distinct = dict.fromkeys(numbers)
    places = tuple(number - 1 for number in distinct if 1 <= number <= printed)
    return places, len(distinct) - len(places)
