"""Indexes while others use the same library: what is removed meanwhile stays removed, and nobody's vectors are lost."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from clew import Clew, DocumentError, StoreError
from clew.memory.index import Index
from clew.memory.library import Library
from clew.memory.parts import Parts
from clew.memory.vectors import Vectors
from clew.models.lsa import Lsa

SECRET = "Xanadu"


@pytest.fixture
def clew(tmp_path: Path) -> Iterator[Clew]:
    with Clew(library=tmp_path / "library") as made:
        yield made


def diary(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("\n\n".join(f"Page {n} of the diary tells of the storms of {name} {SECRET}{n}." for n in range(60)))
    return path


def test_nothing_is_indexed_of_what_another_process_removed(clew: Clew, tmp_path: Path) -> None:
    path = diary(tmp_path, "a.txt")
    books = list(clew.open(path, listed=True).books.values())
    assert books[0].document.text  # Held in memory from here on, as a question holds it that is under way.
    with Clew(library=tmp_path / "library") as other:
        other.catalogue.remove([str(path)])
    for index in (clew.search, clew.concepts):
        with pytest.raises(DocumentError, match="was removed"):
            index(books)
    clew.close()
    folder = tmp_path / "library"
    assert not [file for name in ("lexical", "graphs") for file in (folder / name).glob("*")]
    for file in (file for file in folder.rglob("*") if file.is_file()):
        assert SECRET.encode() not in file.read_bytes(), file


def test_a_search_goes_on_when_its_document_is_forgotten_by_another_thread(clew: Clew, tmp_path: Path) -> None:
    books = list(clew.open(diary(tmp_path, "a.txt"), listed=True).books.values())
    search = clew.search(books)
    clew._index.forget([books[0].id])
    assert search.rank("storms in the diary", 5)


def test_threads_share_vectors_of_more_documents_than_are_held(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    with Clew(library=library.folder) as clew:
        books = list(clew.open([diary(tmp_path, f"{n}.txt") for n in range(3)], listed=True).books.values())
    index = Index(library, Lsa(), lambda what, done, of: None, in_memory=100)
    search = index.search(books)
    alone = search.rank("storms of 1.txt", 20)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(found == alone for found in pool.map(lambda n: search.rank("storms of 1.txt", 20), range(8)))
    finally:
        sys.setswitchinterval(before)
    library.close()


def test_vectors_are_not_begun_anew_for_what_may_pass(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    with Vectors(folder, "lsa-test") as vectors:
        vectors.add("d", np.eye(4, dtype=np.float32))
    database = folder / "chroma.sqlite3"
    database.rename(tmp_path / "aside")
    database.mkdir()  # What SQLite cannot open: out of file handles it says the same.
    with pytest.raises(StoreError, match="cannot be used"):
        Vectors(folder, "lsa-test")
    database.rmdir()
    (tmp_path / "aside").rename(database)
    with Vectors(folder, "lsa-test") as vectors:
        assert vectors.has("d") == 4


def test_one_part_may_be_saved_by_many_at_once(tmp_path: Path) -> None:
    parts, rows = Parts(tmp_path / "parts"), np.ones((500, 300), dtype=np.float32)

    def save(n: int) -> bool:
        parts.save("one", rows)
        kept = parts.load("one")
        return kept is not None and kept.shape == rows.shape

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save, range(80)))


def test_a_full_disk_under_the_vectors_is_told(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def add() -> None:
        with Vectors(tmp_path / "vectors", "lsa-test") as vectors:
            size = (tmp_path / "vectors" / "chroma.sqlite3").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
            vectors.add("d", np.eye(300, dtype=np.float32))

    try:
        with pytest.raises(StoreError, match="cannot be used") as error:
            add()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "free some space" in (error.value.hint or "")
