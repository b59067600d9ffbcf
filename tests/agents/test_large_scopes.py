"""Many documents on the desk: all are counted, few are looked at, and none is swept without being asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.coverage import coverage
from clew.agents.desk import Desk
from clew.agents.graph import beginning, run
from clew.agents.state import Failure, State
from clew.agents.strategies.auto import Auto
from clew.agents.strategies.scope import LIBRARY, SWEPT, best_documents
from clew.agents.units import Passages
from clew.core.book import Book, Content
from clew.core.types import Call, Span
from clew.core.wording import share
from island import small_book, wait
from keeper import LONG, honest


def counted(number: int, loaded: list[int]) -> Book:
    """A book that notes when its text is looked at."""
    whole = small_book([f"Log {number} tells of lamps.", *LONG[:20]], f"{number}.txt", 4)

    def load() -> Content:
        loaded.append(number)
        return whole.content

    return Book.kept(whole.name, whole.extent, load)


def test_what_nobody_read_is_counted_without_being_looked_at(desk_for: Callable[..., Desk]) -> None:
    loaded: list[int] = []
    books = [counted(number, loaded) for number in range(100)]
    desk = desk_for(honest, books=books)
    books[7].also = ("copy.txt",)
    passage = books[7].passage(1)
    failed = Failure(books[8].passage(0).span, "it was no use")
    state: State = {**beginning("Who?", None), "read": [passage.span], "failed": [failed]}  # type: ignore[typeddict-item]
    loaded.clear()
    covered, listed = coverage(state, desk.passages, desk, [])
    assert set(loaded) == {7, 8}
    assert covered.chunks == sum(map(len, books)) == len(desk.passages)
    assert (covered.read, covered.failed) == (1, 1)
    assert covered.characters == sum(book.extent.characters for book in books)
    assert covered.characters_read == passage.end - passage.start
    assert len(listed) == 101
    assert [row.document for row in listed if row.document_id == books[7].id] == ["7.txt", "copy.txt"]
    assert {row.reason for row in listed if row.document_id == books[7].id} == {
        f"{share(covered.characters_read, books[7].extent.characters)} of it was read"
    }
    assert not any(row.read for row in listed)


def test_passages_are_counted_through_the_books() -> None:
    loaded: list[int] = []
    books = [counted(number, loaded) for number in range(30)]
    passages = Passages(books)
    assert not loaded
    assert [p.index for p in passages[:7]] == [0, 1, 2, 3, 4, 5, 0]
    assert set(loaded) == {0, 1}
    assert passages[-1] == books[-1].passage(len(books[-1]) - 1)
    assert list(passages) == [book.passage(at) for book in books for at in range(len(book))]


@pytest.mark.parametrize(("number", "narrows"), [(5, True), (5, False), (12, False)])
def test_of_a_large_library_only_what_looks_best_is_swept(
    number: int, narrows: bool, desk_for: Callable[..., Desk]
) -> None:
    far = [*LONG] * 12
    books = [small_book([f"Log {at} tells of the keeper of lamps.", *far], f"{at}.txt", 40) for at in range(number)]
    characters = sum(book.extent.characters for book in books)
    assert characters > SWEPT
    assert (characters > LIBRARY) == (number == 12)

    def blind(call: Call) -> dict[str, Any]:
        return {"verdict": "not_found"} if call.role == "manager" else honest(call)

    desk = desk_for(blind, "Who was the keeper of the lamp?", books=books, window=32_000)
    desk.searched.narrows = narrows
    state = wait(run(Auto(), desk))
    covered, _ = coverage(state, desk.passages, desk, [])
    if not narrows and number == 5:
        assert covered.complete
        return
    assert 0 < covered.characters_read <= SWEPT + 40_000 < covered.characters
    assert not covered.complete
    (notice,) = [notice for notice in desk.notices if "left something open" in notice]
    assert "look best" in notice
    assert "are read with --strategy sweep" in notice


def test_the_best_document_is_swept_however_long_it_is(desk_for: Callable[..., Desk]) -> None:
    book = small_book(["The keeper was Martha Venn.", *LONG * 80], "a.txt", 40)
    assert book.extent.characters > SWEPT
    other = small_book(["The keeper was not here."], "b.txt")
    desk = desk_for(honest, "Who was the keeper Martha Venn?", books=[other, book])
    assert list(best_documents(desk).books) == [book.id]
    assert desk.text(Span(other.id, 0, 10)) == "The keeper"
