"""Indexes can be lost: whatever happens to them, the same search comes back from the documents."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from clew import Clew
from clew.core.book import Book
from clew.core.seams import Search
from clew.core.trace import Trace
from clew.memory.bases import Bases
from clew.memory.index import Index
from clew.memory.library import Library
from clew.models.lsa import Lsa

TOPICS = ["whales and the sea", "lamps and oil", "ships in harbour", "letters to a brother", "storms in winter"]
LINES = [f"Page {n} of the diary tells of {TOPICS[n % 5]}, as page {n * 3 % 50} did." for n in range(50)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "diary.txt"
    path.write_text("\n\n".join(LINES))
    return path


@pytest.fixture
def clew(tmp_path: Path) -> Iterator[Clew]:
    with Clew(library=tmp_path / "library") as made:
        yield made


def ranking(search: Search) -> list[tuple[int, float]]:
    return [(passage.index, score) for passage, score in search.rank("storms that sink ships in winter", 20)]


def books(clew: Clew, path: Path) -> list[Book]:
    return list(clew.open(path, listed=True).books.values())


@pytest.mark.parametrize("lost", ["vectors", "lexical"])
@pytest.mark.parametrize("how", ["deleted", "damaged"])
def test_a_lost_index_is_built_again(lost: str, how: str, clew: Clew, book: Path, tmp_path: Path) -> None:
    before = ranking(clew.search(books(clew, book)))
    clew.close()
    folder = tmp_path / "library" / lost
    assert any(folder.rglob("*"))
    if how == "deleted":
        shutil.rmtree(folder)
    else:
        for file in [file for file in folder.rglob("*") if file.is_file()]:
            file.write_bytes(b"no index" * 100)
    with Clew(library=tmp_path / "library") as again:
        assert ranking(again.search(books(again, book))) == before
        assert before


def test_verify_builds_what_is_missing(clew: Clew, book: Path, tmp_path: Path) -> None:
    clew.search(books(clew, book))
    assert clew.catalogue.verify().rebuilt == ()
    clew.close()
    shutil.rmtree(tmp_path / "library" / "vectors")
    with Clew(library=tmp_path / "library") as again:
        assert again.catalogue.verify().rebuilt == (str(book.resolve()),)
        assert again.catalogue.verify().rebuilt == ()


def test_verify_loads_nothing_that_queries_need(clew: Clew, book: Path) -> None:
    class Watched(Bases):
        """Remembers which bases were loaded."""

        def load(self, document: str, embedder: str) -> bytes | None:
            loaded.append(document)
            return super().load(document, embedder)

    def fresh() -> Index:
        library = Library(clew.library.folder)
        library.bases = Watched(library.database)
        return Index(library, Lsa(), lambda doing, done, total: None)

    loaded: list[str] = []
    found = books(clew, book)
    clew.search(found)
    index = fresh()
    assert index.unsound(found) == []
    assert loaded == []
    shutil.rmtree(clew.library.folder / "vectors")
    assert index.unsound(found) == found
    index.search(found)
    assert loaded == []
    fresh().search(found)
    assert loaded == [book.id for book in found]


def test_verify_names_a_document_that_is_not_what_its_id_says(clew: Clew, book: Path) -> None:
    clew.search(books(clew, book))
    clew.library.database.execute("UPDATE documents SET text = replace(text, 'whales', 'snails')")
    assert clew.catalogue.verify().damaged == (str(book.resolve()),)


def test_another_book_in_the_library_changes_no_ranking(clew: Clew, book: Path, tmp_path: Path) -> None:
    alone = ranking(clew.search(books(clew, book)))
    other = tmp_path / "other.txt"
    other.write_text("\n\n".join(line.replace("diary", "log") for line in LINES))
    clew.search(books(clew, other))
    with Clew(library=tmp_path / "library") as again:
        assert ranking(again.search(books(again, book))) == alone


def test_looking_up_opens_nothing(clew: Clew, book: Path) -> None:
    class Counted(Library):
        """Counts how often its lock is taken, which is held while Chroma is open."""

        def alone(self) -> AbstractContextManager[object]:
            taken.append(1)
            return super().alone()

    taken: list[int] = []
    found = books(clew, book)
    search = Index(Counted(clew.library.folder), Lsa(), lambda doing, done, total: None, in_memory=10).search(found)
    assert taken
    taken.clear()
    assert ranking(search) == ranking(search) == ranking(clew.search(found))
    assert not taken


def test_indexing_twice_does_nothing_the_second_time(clew: Clew, book: Path) -> None:
    class Told(Trace):
        """Remembers what is being done."""

        def on_change(self) -> None:
            done.append(self.alone.doing)

    done: list[str] = []
    for expected in (True, False):
        done.clear()
        with Clew(library=clew.library.folder, trace=Told()) as again:
            again.search(books(again, book))
        assert any("indexing" in doing for doing in done) == expected


def test_a_changed_file_has_a_new_index_and_the_old_one_is_gone(clew: Clew, book: Path) -> None:
    (old,) = books(clew, book)
    clew.search([old])
    book.write_text(book.read_text().replace("whales", "snails"))
    (new,) = books(clew, book)
    assert new.id != old.id
    assert clew.library.texts.load(old.id, "x") is None
    found = [new.text(p.span) for p, _ in clew.search([new]).rank("snails", 3)]
    assert all("snails" in text for text in found)
    assert found
