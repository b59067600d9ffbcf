"""Texts held in memory: those looked at last, up to a size."""

from __future__ import annotations

from clew.core.book import Content
from clew.core.types import Document
from clew.memory.contents import Contents


def content(size: int) -> Content:
    return Content(Document("x" * size, (), (), "plain"), [0], [0])


def held(contents: Contents, names: str) -> str:
    return "".join(name for name in names if contents.get(name))


def test_what_was_unused_for_longest_goes_first() -> None:
    contents = Contents(room=100)
    for name in "abc":
        contents.put(name, content(30))
    assert contents.get("a")
    contents.put("d", content(30))
    assert held(contents, "abcd") == "acd"
    contents.put("e", content(60))
    assert held(contents, "acde") == "de"


def test_a_text_larger_than_the_room_is_held_alone() -> None:
    contents = Contents(room=100)
    contents.put("a", content(10))
    contents.put("b", content(500))
    assert held(contents, "ab") == "b"


def test_the_same_text_counts_once_and_a_dropped_one_not_at_all() -> None:
    contents = Contents(room=100)
    for _ in range(5):
        contents.put("a", content(60))
    contents.put("b", content(40))
    assert held(contents, "ab") == "ab"
    contents.drop("a")
    contents.put("c", content(60))
    assert held(contents, "abc") == "bc"
