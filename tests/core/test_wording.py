"""Numbers and names in sentences."""

from __future__ import annotations

import pytest
from clew.core.wording import counted, lasting, remainder, share, some


def test_one_is_one_and_many_are_many() -> None:
    assert (counted(1, "call"), counted(0, "call"), counted(1200, "chunk")) == ("1 call", "0 calls", "1,200 chunks")
    assert counted(2, "more file", "more files") == "2 more files"


def test_a_few_names_stand_for_many() -> None:
    assert some(["a", "b"]) == "a, b"
    assert some(["a", "b", "c", "d"]) == "a, b, c and 1 other"
    assert some(list("abcdef"), 1) == "a and 5 others"


def test_a_share_is_all_only_when_it_is_all_and_nothing_only_when_it_is_nothing() -> None:
    shares = [(0, 5), (1, 100_000), (23, 1000), (9_996, 10_000), (5, 5), (0, 0)]
    assert [share(*one) for one in shares] == ["0 %", "under 0.1 %", "2.3 %", "99 %", "100 %", "100 %"]


@pytest.mark.parametrize("part", [0, 1, 52, 520, 999, 5_000, 9_990, 9_999, 10_000])
def test_a_share_and_what_it_leaves_are_the_whole(part: int) -> None:
    said, left = share(part, 10_000), remainder(part, 10_000)
    if part == 1:
        assert (said, left) == ("under 0.1 %", "over 99.9 %")
    else:
        assert float(said[:-2]) + float(left[:-2]) == pytest.approx(100)


def test_how_long_something_lasts() -> None:
    assert [lasting(seconds) for seconds in (41.4, 90, 720, 4810)] == ["41 s", "90 s", "12 min", "1 h 20 min"]
