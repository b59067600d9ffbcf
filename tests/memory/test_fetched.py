"""Vectors that were read from Chroma: it is opened once for all documents of a scope, however long they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from clew.core.book import Book
from clew.core.errors import StoreError
from clew.core.types import Document
from clew.memory.fetched import Fetched, mapped
from clew.memory.vectors import Near, Vectors

PASSAGES, DOCUMENTS = 30, 6
ROWS = np.eye(PASSAGES, dtype=np.float32)


def book(number: int) -> Book:
    text = f"Passage of {number}. " * PASSAGES
    starts = [len(text) // PASSAGES * at for at in range(PASSAGES)]
    return Book(f"{number}.txt", Document(text, (), (), "plain"), starts, list(range(PASSAGES)))


BOOKS = [book(number) for number in range(DOCUMENTS)]
Made = Callable[[int], Fetched]


@pytest.fixture
def opened() -> list[int]:
    """One entry each time that Chroma is opened."""
    return []


@pytest.fixture
def made(tmp_path: Path, opened: list[int]) -> Made:
    """Makes the vectors' reader with room for so many passages; each document's vectors are turned by its number."""

    @contextmanager
    def vectors() -> Iterator[Vectors]:
        opened.append(1)
        with Vectors(tmp_path / "vectors", "test-30") as held:
            yield held

    with Vectors(tmp_path / "vectors", "test-30") as empty:
        for number, one in enumerate(BOOKS):
            empty.add(one.id, np.roll(ROWS, number, axis=0))
    return lambda room: Fetched(vectors, tmp_path, room)


def nearest(found: dict[str, Near]) -> list[int]:
    return [found[one.id].nearest(ROWS[0], 1)[0] for one in BOOKS]


@pytest.mark.parametrize("room", [PASSAGES * DOCUMENTS, PASSAGES * 2, 1])
def test_a_scope_is_read_once_whatever_there_is_room_for(made: Made, opened: list[int], room: int) -> None:
    fetched = made(room)
    for _ in range(3):
        assert nearest(fetched.of(BOOKS)) == list(range(DOCUMENTS))
    assert len(opened) == 1


def test_what_there_is_no_room_for_lies_in_a_file_without_a_name(made: Made, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    rows = [near.rows for near in made(PASSAGES).of(BOOKS).values()]
    assert all(np.may_share_memory(one.base, rows[0].base) for one in rows), "one file for all"
    assert {one.shape for one in rows} == {(PASSAGES, PASSAGES)}
    assert set(tmp_path.rglob("*")) == before


def test_a_small_scope_between_large_ones_costs_one_more_opening_at_most(made: Made, opened: list[int]) -> None:
    fetched = made(PASSAGES * 2)
    for scope in (BOOKS, BOOKS[:1], BOOKS, BOOKS[:2], BOOKS):
        assert [near.passages for near in fetched.of(scope).values()] == [list(range(PASSAGES))] * len(scope)
    assert len(opened) == 1


def test_a_large_scope_reads_what_is_new_in_it(made: Made, opened: list[int]) -> None:
    fetched = made(PASSAGES)
    fetched.of(BOOKS[:4])
    assert nearest(fetched.of(BOOKS)) == list(range(DOCUMENTS))
    assert nearest(fetched.of(BOOKS)) == list(range(DOCUMENTS))
    assert len(opened) == 2


@pytest.mark.parametrize("room", [PASSAGES * DOCUMENTS, 1])
def test_what_was_forgotten_is_read_anew(made: Made, opened: list[int], room: int) -> None:
    fetched = made(room)
    fetched.of(BOOKS)
    fetched.drop(BOOKS[2].id)
    assert nearest(fetched.of(BOOKS)) == list(range(DOCUMENTS))
    assert len(opened) == 2


def test_documents_without_vectors_are_near_nothing(made: Made) -> None:
    (none,) = made(1).of([book(DOCUMENTS)]).values()
    assert none.nearest(ROWS[0], 5) == []


def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere cannot be used"):
        mapped([Near(range(PASSAGES), ROWS)], tmp_path / "nowhere")
