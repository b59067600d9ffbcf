"""The tables of a library, and how those of an older one become them. Each step is one transaction: all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .database import Database

VERSION = 2

EXTENTS = """
CREATE TABLE extents (
    document TEXT PRIMARY KEY REFERENCES documents(id), characters INTEGER NOT NULL, passages INTEGER NOT NULL,
    sheets INTEGER NOT NULL, blank TEXT NOT NULL)"""
PROFILES = """
CREATE TABLE profiles (
    document TEXT PRIMARY KEY REFERENCES documents(id), version INTEGER NOT NULL, length INTEGER NOT NULL,
    languages TEXT NOT NULL, terms BLOB NOT NULL)"""
SCOPES = """
CREATE TABLE scopes (scope TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (scope, document)) WITHOUT ROWID;
CREATE INDEX scopes_document ON scopes(document)"""

SCHEMA = f"""
CREATE TABLE documents (
    id TEXT PRIMARY KEY, loader TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL, headings TEXT NOT NULL,
    sentences BLOB NOT NULL, passages BLOB NOT NULL);
{EXTENTS};
{PROFILES};
CREATE TABLE files (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, listed INTEGER NOT NULL, notices TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents(id), stamp TEXT NOT NULL DEFAULT '');
CREATE INDEX files_document ON files(document);
CREATE INDEX files_content ON files(content);
CREATE TABLE former (path TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (path, document));
CREATE TABLE bases (
    document TEXT NOT NULL, embedder TEXT NOT NULL, data BLOB NOT NULL, vectors INTEGER NOT NULL,
    PRIMARY KEY (document, embedder));
CREATE TABLE replies (key TEXT PRIMARY KEY, record TEXT NOT NULL, run TEXT NOT NULL);
CREATE INDEX replies_run ON replies(run);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, question TEXT NOT NULL, strategy TEXT NOT NULL, model TEXT NOT NULL,
    started TEXT NOT NULL, finished TEXT, status TEXT, answer TEXT, scope TEXT NOT NULL DEFAULT '');
CREATE INDEX runs_fingerprint ON runs(fingerprint);
CREATE INDEX runs_scope ON runs(scope);
{SCOPES};
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def bring_up(database: Database, version: int) -> None:
    """Makes the tables of a new database, or those of an older `version` into the present ones.

    To be called within a transaction.
    """
    if version == 0:
        _all(database, SCHEMA)
    else:
        for step in range(version, VERSION):
            STEPS[step](database)
    database.execute(f"PRAGMA user_version = {VERSION}")


def _all(database: Database, statements: str) -> None:
    for statement in statements.split(";"):
        database.execute(statement)


def _from_1(database: Database) -> None:
    """Sizes are kept beside the texts; runs over the same documents share one list of them; files have stamps."""
    _all(database, f"{EXTENTS};{PROFILES};{SCOPES}")
    database.execute("ALTER TABLE files ADD COLUMN stamp TEXT NOT NULL DEFAULT ''")
    database.execute("CREATE INDEX files_content ON files(content)")
    database.execute("ALTER TABLE runs ADD COLUMN scope TEXT NOT NULL DEFAULT ''")
    database.execute("CREATE INDEX runs_scope ON runs(scope)")
    database.execute("UPDATE runs SET scope = id")
    database.execute("INSERT INTO scopes SELECT run, document FROM run_documents")
    database.execute("DROP TABLE run_documents")
    for (document,) in database.rows("SELECT id FROM documents"):
        ((text, pages, passages),) = database.rows(
            "SELECT text, pages, length(passages) / 4 FROM documents WHERE id = ?", (document,)
        )
        sheets = json.loads(pages)
        blank = [number for number, start, end, *_ in sheets if not text[start:end].strip()]
        database.execute(
            "INSERT INTO extents VALUES (?, ?, ?, ?, ?)",
            (document, len(text), passages, len(sheets), json.dumps(blank)),
        )


STEPS: Mapping[int, Callable[[Database], None]] = {1: _from_1}
