"""A library of an older Clew becomes one of this, with everything in it; one that cannot is left as it was."""

from __future__ import annotations

import json
import sqlite3
from array import array
from pathlib import Path

import pytest
from clew.core.errors import StoreError
from clew.core.types import Document, Heading, Page
from clew.memory.library import Library
from clew.memory.records import Records
from clew.memory.runs import Runs
from clew.memory.schema import VERSION

FIRST = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, loader TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL, headings TEXT NOT NULL,
    sentences BLOB NOT NULL, passages BLOB NOT NULL);
CREATE TABLE files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, listed INTEGER NOT NULL, notices TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents(id));
CREATE INDEX files_document ON files(document);
CREATE TABLE former (path TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (path, document));
CREATE TABLE bases (
    document TEXT NOT NULL, embedder TEXT NOT NULL, data BLOB NOT NULL, vectors INTEGER NOT NULL,
    PRIMARY KEY (document, embedder));
CREATE TABLE replies (key TEXT PRIMARY KEY, record TEXT NOT NULL, run TEXT NOT NULL);
CREATE INDEX replies_run ON replies(run);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, question TEXT NOT NULL, strategy TEXT NOT NULL, model TEXT NOT NULL,
    started TEXT NOT NULL, finished TEXT, status TEXT, answer TEXT);
CREATE INDEX runs_fingerprint ON runs(fingerprint);
CREATE TABLE run_documents (
    run TEXT NOT NULL REFERENCES runs(id), document TEXT NOT NULL, PRIMARY KEY (run, document));
CREATE INDEX run_documents_document ON run_documents(document);
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
"""The tables of the first version."""
TEXT = "One. Two two.\n\0hree three.  \n   "
DOCUMENT = Document(TEXT, (Page(1, 0, 14), Page(2, 14, 28), Page(3, 28, len(TEXT))), (Heading(1, 0, 4),), "plain")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library of the first version with one file, one run and one reply."""
    folder = tmp_path / "library"
    folder.mkdir()
    with sqlite3.connect(folder / "clew.sqlite3") as database:
        database.executescript(FIRST)
        database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                DOCUMENT.id,
                "plain",
                TEXT,
                json.dumps([(page.number, page.start, page.end, None) for page in DOCUMENT.pages]),
                json.dumps([(1, 0, 4)]),
                array("I", [0, 5, 14, 28]).tobytes(),
                array("I", [0, 2]).tobytes(),
            ),
        )
        database.execute("INSERT INTO files VALUES ('/a.txt', 'a.txt', 'c1', 1, '[\"n\"]', ?)", (DOCUMENT.id,))
        database.execute("INSERT INTO runs VALUES ('r', 'f', 'Where?', 'chain', 'm', '2026', NULL, NULL, NULL)")
        database.execute("INSERT INTO run_documents VALUES ('r', ?)", (DOCUMENT.id,))
        database.execute("INSERT INTO replies VALUES ('k', '{}', 'r')")
        database.execute("PRAGMA user_version = 1")
    database.close()
    return folder


def test_an_old_library_comes_along_whole(old: Path) -> None:
    library = Library(old)
    assert library.database.row("PRAGMA user_version") == (VERSION,)
    (file,) = library.files(listed=True)
    assert (file.path, file.passages, file.characters) == ("/a.txt", 2, len(TEXT))
    book = library.texts.load(DOCUMENT.id, "a.txt")
    assert book is not None
    assert (book.extent.sheets, book.extent.blank) == (3, (3,))
    assert book.document == DOCUMENT
    known = library.version("/a.txt")
    assert known is not None
    assert (known.stamp, known.notices) == ("", ("n",))
    assert Runs(library.database).begin("f", "Where?", "chain", "m", [DOCUMENT.id], fresh=False) == "r"
    assert Records(library.database).load_reply("k") == "{}"


def test_removing_from_an_old_library_takes_its_runs_along(old: Path) -> None:
    library = Library(old)
    assert library.remove(["/a.txt"]) == [DOCUMENT.id]
    assert not Runs(library.database).all(5)
    assert Records(library.database).load_reply("k") is None


def test_an_old_library_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    def columns(library: Library) -> dict[str, set[str]]:
        tables = [name for (name,) in library.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: {row[1] for row in library.database.rows(f"PRAGMA table_info({table})")} for table in tables}

    def indexes(library: Library) -> set[str]:
        rows = library.database.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return {name for (name,) in rows}

    brought, made = Library(old), Library(tmp_path / "new")
    assert columns(brought) == columns(made)
    assert indexes(brought) == indexes(made)


def test_a_step_that_fails_changes_nothing(old: Path) -> None:
    with sqlite3.connect(old / "clew.sqlite3") as database:
        database.execute("DROP TABLE run_documents")
    database.close()
    with pytest.raises(StoreError):
        Library(old)
    with sqlite3.connect(old / "clew.sqlite3") as database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    database.close()
    assert "extents" not in tables
