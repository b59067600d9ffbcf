"""What is held of documents in memory: what was looked at last, up to a size."""

from __future__ import annotations

from clew.memory.held import Held


def texts() -> Held[str]:
    return Held(100, len)


def names(held: Held[str], among: str) -> str:
    return "".join(name for name in among if held.get(name))


def test_what_was_unused_for_longest_goes_first() -> None:
    held = texts()
    for name in "abc":
        held.put(name, "x" * 30)
    assert held.get("a")
    held.put("d", "x" * 30)
    assert names(held, "abcd") == "acd"
    held.put("e", "x" * 60)
    assert names(held, "acde") == "de"


def test_a_text_larger_than_the_room_is_held_alone() -> None:
    held = texts()
    held.put("a", "x" * 10)
    held.put("b", "x" * 500)
    assert names(held, "ab") == "b"


def test_the_same_text_counts_once_and_a_dropped_one_not_at_all() -> None:
    held = texts()
    for _ in range(5):
        held.put("a", "x" * 60)
    held.put("b", "x" * 40)
    assert names(held, "ab") == "ab"
    held.drop("a")
    held.put("c", "x" * 60)
    assert names(held, "abc") == "bc"
