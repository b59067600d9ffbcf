"""Vectors in Chroma, by document: what was added is found again, and a damaged folder is begun anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clew.core.errors import StoreError
from clew.memory.vectors import Vectors

NAME = "test-4"


def units(*rows: tuple[float, ...]) -> Any:
    made = np.array(rows, dtype=np.float32)
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return made / np.where(lengths > 0, lengths, 1)


ROWS = units((1, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0), (1, 1, 0, 0))


def test_documents_are_kept_apart(tmp_path: Path) -> None:
    with Vectors(tmp_path / "v", NAME) as vectors:
        vectors.add("one", ROWS)
        vectors.add("two", units((0, 0, 1, 0)))
        assert (vectors.has("one"), vectors.has("two"), vectors.has("three")) == (3, 1, 0)
        assert vectors.of("one").nearest(units((1, 0.1, 0, 0))[0], 2) == [0, 3]
        assert vectors.of("two").nearest(units((1, 0.1, 0, 0))[0], 5) == [0]
        vectors.remove("one")
        assert (vectors.has("one"), vectors.has("two")) == (0, 1)
        assert vectors.of("one").nearest(ROWS[0], 5) == []


def test_they_are_there_after_reopening_and_replaced_when_added_again(tmp_path: Path) -> None:
    with Vectors(tmp_path / "v", NAME) as vectors:
        vectors.add("one", ROWS)
    with Vectors(tmp_path / "v", NAME) as vectors:
        assert not vectors.rebuilt
        assert vectors.has("one") == 3
        vectors.add("one", ROWS[:1])
        assert vectors.has("one") == 1


def test_a_zero_vector_is_near_nothing(tmp_path: Path) -> None:
    with Vectors(tmp_path / "v", NAME) as vectors:
        vectors.add("one", ROWS)
        assert vectors.of("one").passages == [0, 2, 3]
        assert vectors.of("one").nearest(ROWS[1], 5) == []


def test_embedders_have_their_own_collections(tmp_path: Path) -> None:
    with Vectors(tmp_path / "v", NAME) as vectors:
        vectors.add("one", ROWS)
    with Vectors(tmp_path / "v", "other-2") as vectors:
        assert vectors.has("one") == 0
        vectors.add("one", units((1, 0), (0, 1)))
        assert vectors.of("one").nearest(units((0, 1))[0], 1) == [1]


@pytest.mark.parametrize("damage", ["garbage", "deleted", "index deleted"])
def test_a_damaged_folder_is_begun_anew(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "v"
    # Chroma writes its index to files from a thousand vectors on; before that it is in the database alone.
    many = units(*np.random.default_rng(0).normal(size=(1100, 4)))
    with Vectors(folder, NAME) as vectors:
        vectors.add("one", many)
    if damage == "garbage":
        (folder / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    elif damage == "deleted":
        shutil.rmtree(folder)
    else:
        for part in [p for p in folder.iterdir() if p.is_dir()]:
            shutil.rmtree(part)
    with Vectors(folder, NAME) as vectors:
        assert vectors.has("one") == 0
        assert vectors.rebuilt == (damage != "deleted")
        vectors.add("one", many)
        assert vectors.of("one").nearest(many[7], 1) == [7]
    with Vectors(folder, NAME) as vectors:
        assert vectors.has("one") == 1100


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file") as caught:
        Vectors(tmp_path / "file" / "v", NAME)
    assert caught.value.hint


def test_settings_of_the_surroundings_send_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nCHROMA_SERVER_HOST=example.org\n")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://example.org:4317")
    with Vectors(tmp_path / "v", NAME) as vectors:
        vectors.add("one", ROWS)
        assert vectors.has("one") == 3
