"""Search in more documents than are indexed together: documents first, by their profiles, then passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from clew.core.book import Book
from clew.core.types import Document
from clew.documents.passages import prepare
from clew.memory.index import Index
from clew.memory.library import Library
from clew.memory.profiles import profile
from clew.memory.wide import FEWEST
from clew.models.lsa import Lsa

PORTS = ["Ostermund", "Veldrik", "Quillhaven", "Brastow"]


def text(number: int) -> str:
    """Some hundred characters about nothing; a few documents hold a fact, and one what a fact leads to."""
    lines = [f"Entry {number} of the log says that day {at} was like day {at * 3 % 7}, with rain." for at in range(6)]
    if number % 10 == 3 and number < 40:
        lines[3] = f"The barque Anna Brown was registered in {PORTS[number // 10]} with a crew of {number}."
    if number == 77:
        lines[2] = "Captain Elias Thorn built the barque Anna Brown at his own yard."
    return "\n\n".join(lines)


@pytest.fixture
def books() -> list[Book]:
    return [prepare(f"log-{at}.txt", Document(text(at), (), (), "plain")) for at in range(120)]


@pytest.fixture
def library(tmp_path: Path, books: Sequence[Book]) -> Library:
    made = Library(tmp_path / "library")
    for book in books:
        made.keep(tmp_path / book.name, book.id, book, [], listed=True, profile=profile(book))
    return made


def index(library: Library, many: int = 50, room: int = 100) -> Index:
    return Index(library, Lsa(), lambda doing, done, total: told.append((doing, done, total)), many, room)


told: list[tuple[str, int, int]] = []


def names(found: Sequence[tuple[str, float]], books: Sequence[Book]) -> list[str]:
    by_id = {book.id: book.name for book in books}
    return [by_id[document] for document, _ in found]


def test_documents_are_ranked_by_what_stands_in_them(library: Library, books: list[Book]) -> None:
    found = library.profiles.rank(books, {"ostermund": 1.0, "rain": 1.0})
    assert names(found, books)[0] == "log-3.txt"
    assert len(found) == len(books)
    assert library.profiles.rank(books, {"nowhere": 1.0}) == []
    assert names(library.profiles.rank(books[:2], {"rain": 1.0, "ostermund": 1.0}), books) != []


def test_a_file_is_found_by_its_name(library: Library, books: list[Book]) -> None:
    odd = Book.kept("reports/ACME_2023.txt", books[50].extent, lambda: books[50].content)
    assert names(library.profiles.rank([*books[:50], odd], {"acm": 1.0}), books) == ["log-50.txt"]


def test_what_is_outside_the_scope_changes_nothing(library: Library, books: list[Book]) -> None:
    query = {"rain": 1.0, "log": 1.0, "veldrik": 2.0}
    before = library.profiles.rank(books[:60], query)
    alone = Library(library.folder.parent / "alone")
    for book in books[:60]:
        alone.profiles.keep(book.id, profile(book))
    assert alone.profiles.rank(books[:60], query) == before


def test_a_passage_is_found_among_many(library: Library, books: list[Book]) -> None:
    search = index(library).search(books)
    assert search.narrows
    by_id = {book.id: book for book in books}
    for at, port in enumerate(PORTS):
        ((passage, score), *_) = search.rank(f"Which barque was registered in {port}?", 5)
        assert by_id[passage.document].name == f"log-{10 * at + 3}.txt"
        assert port in by_id[passage.document].text(passage.span)
        assert score == 1.0


def test_what_the_first_documents_lead_to_is_looked_for_too(library: Library, books: list[Book]) -> None:
    found = index(library, room=2 * FEWEST).search(books).rank("Who built the ship that was registered in Brastow?", 40)
    by_id = {book.id: book for book in books}
    assert "log-77.txt" in {by_id[passage.document].name for passage, _ in found}


def test_few_documents_or_passages_are_all_ranked_together(library: Library, books: list[Book]) -> None:
    assert not index(library).search(books[:50]).narrows
    assert not index(library, room=100_000).search(books).narrows


def test_profiles_that_are_missing_are_made_and_told(library: Library, books: list[Book]) -> None:
    library.database.execute("DELETE FROM profiles WHERE rowid > 20")
    library.database.execute("UPDATE profiles SET version = version - 1 WHERE rowid <= 5")
    told.clear()
    index(library).search(books)
    assert told[0] == ("indexing", 0, 105)
    assert library.profiles.missing([book.id for book in books]) == []


def test_few_texts_are_held_at_once(library: Library, books: list[Book]) -> None:
    kept = library.texts.books((book.id, book.name) for book in books)
    again = Library(library.folder)
    loaded: list[str] = []
    counted = [
        Book.kept(book.name, book.extent, lambda key=book.id: loaded.append(key) or again.texts.content(key))  # type: ignore[misc]
        for book in kept
    ]
    index(again, room=4 * FEWEST).search(counted).rank("Which barque was registered in Veldrik?", 5)
    assert 0 < len(set(loaded)) <= 6 * FEWEST


def test_terms_of_documents_that_are_chosen_again_are_not_made_again(library: Library, books: list[Book]) -> None:
    looked_at: list[str] = []
    counted = [
        Book.kept(book.name, book.extent, lambda book=book: looked_at.append(book.id) or book.content)  # type: ignore[misc]
        for book in books
    ]
    queries = ["Which barque was registered in Veldrik?", "Which barque was registered in Veldrik with a crew?"]
    wide = index(library)
    first = wide.search(counted).rank(queries[0], 20)
    for_the_first = len(looked_at)
    second = wide.search(counted).rank(queries[1], 20)
    assert len(looked_at) - for_the_first < 0.7 * for_the_first
    assert [index(library).search(books).rank(query, 20) for query in queries] == [first, second]


def test_terms_go_by_the_name_that_a_document_has(library: Library, books: list[Book]) -> None:
    wide = index(library)
    wide.search(books).rank("rain", 5)
    renamed = [prepare(f"harbour-{at}.txt", book.document) for at, book in enumerate(books)]
    assert wide.search(renamed).rank("harbour rain", 5) == index(library).search(renamed).rank("harbour rain", 5)
