"""Batch jobs that are cut off: by a full disk, by a library that cannot be used any more; and what goes on beside."""

from __future__ import annotations

import json
import resource
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from clew import Clew, SettingsError, StoreError
from clew.core.options import Options
from clew.jobs.batch import Done, work
from clew.jobs.out import Out
from clew.jobs.rows import rows
from clew.models.meter import Budget
from simserver import SimServer


@contextmanager
def no_file_longer_than(most: int) -> Iterator[None]:
    """As if the disk were full when a file is that long: Python ignores the signal, and the write fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def answer(row: str) -> dict[str, Any]:
    return {"schema": "clew.answer/1", "limit_reached": None, "answer": "word " * 40, "id": row, "row": "r"}


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    with Out(path) as out:
        out.append(answer("1"))
        with no_file_longer_than(path.stat().st_size + 100), pytest.raises(SettingsError, match="cannot be written"):
            out.append(answer("2"))
        out.append(answer("3"))
    with Out(path) as out:
        assert out.answered == {"1": "r", "3": "r"}


def test_a_full_disk_takes_no_answer_away_when_rows_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    with Out(path) as out:
        for row in "123":
            out.append(answer(row))
        before = path.read_bytes()
        with no_file_longer_than(300), pytest.raises(SettingsError, match="cannot be written"):
            out.drop({"2"})
        assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.jsonl"]


def test_who_may_read_the_answers_stays_when_they_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(answer("1")) + '\n{"schema": "clew.ans')
    path.chmod(0o600)
    Out(path).close()
    assert path.read_text().count("\n") == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def job(folder: Path, clew: Clew, lines: list[dict[str, Any]]) -> Done:
    with Out(folder / "answers.jsonl") as out:
        return clew.run(work(clew, list(rows(map(json.dumps, lines))), out, Options(), Budget(), lambda n: None))


def test_an_id_that_is_no_text_ends_no_job(tmp_path: Path) -> None:
    (tmp_path / "crew.txt").write_text("The captain of the ship was Martha Venn.")
    row = {"question": "Who was the captain?", "documents": [str(tmp_path / "crew.txt")]}
    with Clew(library=tmp_path / "library") as clew:
        assert job(tmp_path, clew, [{"id": "\ud800", **row}, {"id": "b", **row}]).answered == 2
        assert job(tmp_path, clew, [{"id": "\ud800", **row}, {"id": "b", **row}]).skipped == 2


def test_where_no_reply_can_be_kept_no_further_one_is_paid_for(tmp_path: Path, serve: Callable[..., SimServer]) -> None:
    (tmp_path / "crew.txt").write_text("The captain of the ship was Martha Venn.")
    server = serve()
    lines = [
        {"id": n, "question": f"Who was captain {n}?", "documents": [str(tmp_path / "crew.txt")]} for n in range(40)
    ]
    with Clew(f"{server.url}#sim", library=tmp_path / "library", concurrency=2) as clew:
        clew.run(clew.engine.connect())
        clew.open(tmp_path / "crew.txt")
        full = "CREATE TRIGGER full BEFORE INSERT ON replies BEGIN SELECT RAISE(FAIL, 'full'); END"
        clew.library.database.execute(full)
        with pytest.raises(StoreError, match="disk is full"):
            job(tmp_path, clew, lines)
        assert server.counts["requests"] < 16, "those in flight, and what took their places meanwhile: not 40"
        clew.library.database.execute("DROP TRIGGER full")
        assert job(tmp_path, clew, lines).answered == 40


def test_rows_that_ask_the_same_at_once_pay_once(tmp_path: Path, serve: Callable[..., SimServer]) -> None:
    (tmp_path / "crew.txt").write_text("The captain of the ship was Martha Venn.")

    def calls(times: int) -> int:
        server = serve(decode=200.0)
        row = {"question": "Who was the captain?", "documents": [str(tmp_path / "crew.txt")]}
        with Clew(f"{server.url}#sim", library=tmp_path / f"library {times}") as clew:
            (tmp_path / "answers.jsonl").unlink(missing_ok=True)
            assert job(tmp_path, clew, [{"id": n, **row} for n in range(times)]).answered == times
        return server.counts["requests"]

    assert calls(5) == calls(1)
