"""The library: what is kept comes back exactly, old versions go, and a library that cannot be used says so."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from clew.core.book import Book
from clew.core.errors import StoreError
from clew.core.types import Document, Heading, Page
from clew.memory.library import Library
from clew.memory.records import Records
from clew.memory.runs import Runs

TEXT = "One. Two two.\nThree three three. Four."


def book(text: str = TEXT, name: str = "a.txt") -> Book:
    document = Document(text, (Page(1, 0, 14), Page(2, 14, len(text))), (Heading(1, 0, 4),), "plain")
    return Book(name, document, [0, 5, 14, 33], [0, 2])


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def test_a_document_comes_back_as_it_was(library: Library, tmp_path: Path) -> None:
    kept = book()
    assert library.keep(tmp_path / "a.txt", "c1", kept, ["a notice"], listed=False) is None
    known = library.find("c1")
    assert known is not None
    assert (known.document, known.notices, known.listed) == (kept.id, ("a notice",), False)
    found = library.texts.load(kept.id, "other name")
    assert found is not None
    assert found.document == kept.document
    assert found.document.id == kept.id
    assert list(found.sentence_starts) == [0, 5, 14, 33]
    assert [(p.start, p.end) for p in map(found.passage, range(len(found)))] == [(0, 14), (14, len(TEXT))]
    assert found.name == "other name"


def test_a_changed_file_replaces_its_old_version(library: Library, tmp_path: Path) -> None:
    old, new = book(), book(TEXT + " Five.")
    library.keep(tmp_path / "a.txt", "c1", old, [], listed=True)
    library.bases.keep(old.id, "lsa", b"x", 1)
    assert library.keep(tmp_path / "a.txt", "c2", new, [], listed=False) == old.id
    assert library.texts.load(old.id, "a") is None
    assert library.bases.load(old.id, "lsa") is None
    assert [(k.document, k.listed) for k in library.files(listed=True)] == [(new.id, True)]


def test_a_version_that_another_path_has_stays(library: Library, tmp_path: Path) -> None:
    old = book()
    library.keep(tmp_path / "a.txt", "c1", old, [], listed=True)
    library.keep(tmp_path / "b.txt", "c1", old, [], listed=True)
    assert library.keep(tmp_path / "a.txt", "c2", book(TEXT + "!"), [], listed=True) is None
    assert library.texts.load(old.id, "b") is not None


def test_removing_leaves_no_trace_in_any_file(library: Library, tmp_path: Path) -> None:
    secret = "Xanadu-4711"
    kept = book(f"{secret} is one. Two two.\nThree three three. Four.")
    library.keep(tmp_path / f"{secret}.txt", "c1", kept, [secret], listed=True)
    library.bases.keep(kept.id, "lsa", secret.encode(), 1)
    runs, records = Runs(library.database), Records(library.database)
    run = runs.begin("f", f"Where is {secret}?", "chain", "m", [kept.id], fresh=False)
    records.save_reply("k", f'{{"text": "{secret}"}}', run)
    assert library.remove([str(tmp_path / f"{secret}.txt")]) == [kept.id]
    assert library.files(listed=False) == []
    assert records.load_reply("k") is None
    library.close()
    for file in library.folder.rglob("*"):
        assert secret.encode() not in (file.read_bytes() if file.is_file() else b""), file


def test_removing_takes_what_an_earlier_version_left(library: Library, tmp_path: Path) -> None:
    old, new = book("Old Tom was here. Two two.\nThree three three. Four."), book()
    runs, records = Runs(library.database), Records(library.database)
    library.keep(tmp_path / "a.txt", "c1", old, [], listed=True)
    run = runs.begin("f", "Where is Old Tom?", "chain", "m", [old.id], fresh=False)
    records.save_reply("k", '{"text": "Old Tom"}', run)
    library.keep(tmp_path / "a.txt", "c2", new, [], listed=True)
    assert runs.all(5)
    assert set(library.remove([str(tmp_path / "a.txt")])) == {old.id, new.id}
    assert not runs.all(5)
    library.close()
    assert b"Old Tom" not in (library.folder / "clew.sqlite3").read_bytes()


def test_the_database_is_for_its_user_alone_in_a_folder_that_is_not(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    Library(tmp_path / "open")
    assert stat.S_IMODE((tmp_path / "open" / "clew.sqlite3").stat().st_mode) == 0o600


def test_an_unfinished_run_is_continued_and_a_finished_one_is_not(library: Library) -> None:
    runs = Runs(library.database)
    first = runs.begin("f", "Q?", "chain", "m", ["d"], fresh=False)
    assert runs.begin("f", "Q?", "chain", "m", ["d"], fresh=False) == first
    assert runs.begin("g", "Q?", "chain", "m", ["d"], fresh=False) != first
    fresh = runs.begin("f", "Q?", "chain", "m", ["d"], fresh=True)
    assert fresh != first
    assert runs.begin("f", "Q?", "chain", "m", ["d"], fresh=True) == fresh
    library.database.execute("UPDATE runs SET finished = 'now' WHERE id = ?", (first,))
    assert runs.begin("f", "Q?", "chain", "m", ["d"], fresh=False) != first
    assert len(runs.all(10)) == 4


def test_only_unfinished_runs_of_the_same_model_keep_it_as_it_is(library: Library) -> None:
    runs = Runs(library.database)
    run = runs.begin("f", "Q?", "chain", "http://a/v1#one + http://b/v1#two", ["d"], fresh=False)
    assert runs.unfinished("one")
    assert runs.unfinished("two")
    assert not runs.unfinished("three")
    assert not runs.unfinished("o")
    runs.finish(run, "answered", None, {})
    assert not runs.unfinished("one")


def test_the_folder_is_for_its_user_alone(library: Library) -> None:
    assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
    assert library.new
    assert not Library(library.folder).new


def test_a_newer_library_is_refused(library: Library) -> None:
    library.database.execute("PRAGMA user_version = 99")
    library.close()
    with pytest.raises(StoreError, match="newer"):
        Library(library.folder)


def test_a_damaged_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clew.sqlite3").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Library(tmp_path)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, to see what is open")
def test_a_library_that_is_refused_is_let_go_of(tmp_path: Path) -> None:
    (tmp_path / "clew.sqlite3").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(StoreError) as kept:
        Library(tmp_path)
    opened = {os.path.realpath(file) for file in Path("/proc/self/fd").iterdir()}
    assert str(tmp_path / "clew.sqlite3") not in opened
    assert kept.value.__traceback__, "which holds on to what was being made"


def written(library: Library, tmp_path: Path) -> None:
    for at in range(40):
        library.keep(tmp_path / f"{at}.txt", f"c{at}", book("x" * 20_000 + str(at)), [], listed=True)


def test_a_full_disk_is_told_and_what_was_kept_stays(library: Library, tmp_path: Path) -> None:
    library.keep(tmp_path / "a.txt", "c", book(), [], listed=True)
    (pages,) = library.database.rows("PRAGMA page_count")[0]
    library.database.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreError, match="the disk is full") as error:
        written(library, tmp_path)
    assert "free some space" in (error.value.hint or "")
    assert 1 <= len(Library(library.folder).files(listed=True)) < 10
    library.database.execute("PRAGMA max_page_count = 1000000")
    written(library, tmp_path)
    assert len(library.files(listed=True)) == 41


def test_a_group_that_fills_the_disk_is_kept_whole_or_not_at_all(library: Library, tmp_path: Path) -> None:
    library.database.execute("PRAGMA max_page_count = 60")
    with pytest.raises(StoreError, match="full"), library.database.transaction():
        written(library, tmp_path)
    assert library.files(listed=True) == []
    library.keep(tmp_path / "a.txt", "c", book(), [], listed=True)


def test_without_room_to_shrink_what_was_removed_is_gone_all_the_same(library: Library, tmp_path: Path) -> None:
    secret = "Xanadu-4711"
    library.keep(tmp_path / "a.txt", "c", book(f"{secret} is one. Two two.\nThree three three."), [], listed=True)
    library.remove([str(tmp_path / "a.txt")])
    library.database.execute("PRAGMA query_only = ON")
    assert not library.database.shrink()
    assert secret.encode() not in (library.folder / "clew.sqlite3").read_bytes()
    library.database.execute("PRAGMA query_only = OFF")
    assert library.database.shrink()


def test_a_read_only_library_is_told(library: Library, tmp_path: Path) -> None:
    library.database.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="is read-only"):
        library.keep(tmp_path / "a.txt", "c", book(), [], listed=True)


def test_a_library_that_another_process_holds_is_told(library: Library, tmp_path: Path) -> None:
    other = Library(library.folder)
    library.database.execute("PRAGMA busy_timeout = 20")
    with other.database.transaction(), pytest.raises(StoreError, match="in use by another process"):
        library.keep(tmp_path / "a.txt", "c", book(), [], listed=True)
    library.keep(tmp_path / "a.txt", "c", book(), [], listed=True)


def test_runs_over_the_same_documents_share_one_list(library: Library) -> None:
    runs = Runs(library.database)
    documents = [f"d{at}" for at in range(200)]
    for question in "abc":
        runs.begin(question, question, "chain", "m", documents, fresh=False)
    assert library.database.row("SELECT count(*) FROM scopes") == (200,)
    runs.begin("d", "d", "chain", "m", documents[:1], fresh=False)
    assert library.database.row("SELECT count(*) FROM scopes") == (201,)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        Library(tmp_path / "file")


def test_a_failed_transaction_changes_nothing(library: Library) -> None:
    database = library.database

    def half_way() -> None:
        with database.transaction():
            database.execute("INSERT INTO facts VALUES ('a', 'b')")
            database.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(StoreError):
        half_way()
    assert database.row("SELECT * FROM facts") is None


def test_two_connections_write_in_turn(library: Library) -> None:
    other = Library(library.folder)
    for at in range(50):
        Records((library if at % 2 else other).database).keep(f"k{at}", "v")
    assert other.database.rows("SELECT count(*) FROM facts") == [(50,)]


def test_damage_is_found(library: Library) -> None:
    Records(library.database).keep("k", "x" * 20_000)
    assert library.database.damage() is None
    library.close()
    path = library.folder / "clew.sqlite3"
    data = bytearray(path.read_bytes())
    at = data.rindex(b"x" * 1000) // 4096 * 4096
    data[at : at + 4] = b"\xff" * 4  # Where the next page of the long record is.
    path.write_bytes(data)
    assert Library(library.folder).database.damage() is not None


def test_a_transaction_that_cannot_be_committed_does_not_stay_open(library: Library) -> None:
    library.database.execute("PRAGMA foreign_keys = ON")

    def of_nothing() -> None:
        with library.database.transaction():
            library.database.execute("PRAGMA defer_foreign_keys = ON")
            library.database.execute("INSERT INTO files VALUES ('p', 'n', 'c', 1, '[]', 'nothing', '')")

    with pytest.raises(StoreError):
        of_nothing()
    with library.database.transaction():
        Records(library.database).keep("k", "v")
    other = Library(library.folder)
    assert Records(other.database).recall("k") == "v"
    other.close()


def test_what_is_received_for_a_removed_run_goes_with_it(library: Library, tmp_path: Path) -> None:
    runs, records = Runs(library.database), Records(library.database)
    library.keep(tmp_path / "a.txt", "c1", book(), [], listed=True)
    run = runs.begin("f", "Q?", "chain", "m", [book().id], fresh=False)
    library.remove([str(tmp_path / "a.txt")])
    records.save_reply("late", "{}", run)
    records.save_reply("another", "{}", "probe-1")
    runs.end(run)
    assert records.load_reply("late") is None
    assert records.load_reply("another") == "{}"
