"""Numbers and names in sentences."""

from __future__ import annotations

from clew.core.wording import counted, some


def test_one_is_one_and_many_are_many() -> None:
    assert (counted(1, "call"), counted(0, "call"), counted(1200, "chunk")) == ("1 call", "0 calls", "1,200 chunks")
    assert counted(2, "more file", "more files") == "2 more files"


def test_a_few_names_stand_for_many() -> None:
    assert some(["a", "b"]) == "a, b"
    assert some(["a", "b", "c", "d"]) == "a, b, c and 1 other"
    assert some(list("abcdef"), 1) == "a and 5 others"
