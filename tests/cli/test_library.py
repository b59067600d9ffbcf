"""A library of many files as a process: killed and run again, twice at once, listed, shown, taken along, unusable."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from clew.cli.main import run

COUNT = 150
Run = Callable[..., "Done"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    for at in range(COUNT):
        lines = [f"Line {line} of file {at} tells of nothing that is not told elsewhere." for line in range(20)]
        lines[7] = f"The keeper of lamp {at} was called Number {at * 7}."
        (made / f"{at:03}.txt").write_text("\n\n".join(lines))
    return made


def command(tmp_path: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "clew.cli.main", *map(str, arguments), "--library", str(tmp_path / "library")]


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def clew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`clew("index", folder)`: the command in this process, with a library of its own."""

    def command_here(*arguments: str | Path) -> Done:
        code = run([*map(str, arguments), "--library", str(tmp_path / "library")])
        return Done(code, *capsys.readouterr())

    return command_here


def kept(tmp_path: Path) -> int:
    """Files in the library, as another process sees them."""
    path = tmp_path / "library" / "clew.sqlite3"
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(path, timeout=30) as database:
            (count,) = database.execute("SELECT count(*) FROM files").fetchone()
    except sqlite3.OperationalError:
        return 0  # It has no tables yet.
    finally:
        database.close()
    return int(count)


def test_indexing_that_was_killed_goes_on_where_it_stopped(clew: Run, folder: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(command(tmp_path, "index", folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while kept(tmp_path) == 0 and process.poll() is None:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = kept(tmp_path)
    assert 0 < before < COUNT, "the kill came too late"
    done = clew("index", folder, "--json")
    assert len(json.loads(done.stdout)["documents"]) == kept(tmp_path) == COUNT
    assert clew("library", "verify").stdout == f"{COUNT} documents sound\n"


def test_two_processes_index_the_same_folder_at_once(clew: Run, folder: Path, tmp_path: Path) -> None:
    both = [
        subprocess.Popen(command(tmp_path, "index", folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ends = [(*process.communicate(), process.returncode) for process in both]
    assert [code for _, _, code in ends] == [0, 0], ends
    assert ends[0][0] == ends[1][0]
    assert kept(tmp_path) == COUNT
    answer = clew("ask", "Who was the keeper of lamp 111?", "--strategy", "retrieve", "--json")
    found = json.loads(answer.stdout)
    assert "777" in found["citations"][0]["quote"]
    assert found["citations"][0]["document"].endswith("111.txt")
    assert len(found["documents"]) == COUNT


def test_a_few_files_are_chosen_shown_taken_out_and_taken_along(clew: Run, folder: Path, tmp_path: Path) -> None:
    for path in sorted(folder.iterdir())[3:]:
        path.unlink()
    (folder / "copy.txt").write_bytes((folder / "001.txt").read_bytes())
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    indexed = clew("index", folder)
    assert indexed.returncode == 0
    assert "bad.pdf" in indexed.stderr
    assert clew("library", "list").stdout.count(".txt") == 4
    asked = clew("ask", "Who was the keeper of lamp 2?", "--in", "*2.txt")
    assert "Number 14" in asked.stdout
    both = clew("ask", "Who was the keeper of lamp 2?", "--strategy", "chain")
    assert "002.txt · characters" in both.stdout
    wrong = clew("ask", "Who?", "--in", "*.odt")
    assert (wrong.returncode, "no listed document matches *.odt" in wrong.stderr) == (2, True)
    assert "listed: " in wrong.stderr
    assert clew("ask", "Who?", folder, "--in", "*.txt").returncode == 2
    shown = clew("library", "show", folder / "001.txt").stdout
    assert "passages" in shown
    assert "(unchanged)" in shown
    gone = clew("library", "remove", folder / "001.txt").stdout
    assert "removed 1 file, purged 0 documents; the same text stays as" in gone
    assert "copy.txt" in gone
    assert clew("library", "export", tmp_path / "out").stdout.startswith("3 files")
    again = clew("library", "export", tmp_path / "out")
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)


@pytest.mark.parametrize("how", ["newer", "damaged", "a file"])
@pytest.mark.parametrize("arguments", [["ask", "Who?"], ["index", "files"], ["library", "list"], ["library", "verify"]])
def test_a_library_that_cannot_be_used_gets_a_line_and_its_code(
    how: str, arguments: list[str], clew: Run, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    if how == "a file":
        library.write_text("not a folder")
    else:
        library.mkdir()
    if how == "newer":
        with sqlite3.connect(library / "clew.sqlite3") as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
    elif how == "damaged":
        (library / "clew.sqlite3").write_bytes(b"no database at all " * 500)
    done = clew(*arguments)
    assert done.returncode == 6, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 2, done.stderr
    assert "hint: " in done.stderr


def test_headings_that_are_numbers_alone_are_left_to_the_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = ["# Terms", *(f"## {n}.1" for n in range(30)), "## 31 Fees of the keeper"]
    (tmp_path / "terms.md").write_text("".join(f"{heading}\n\nA keeper is paid.\n\n" for heading in headings))
    library = ["--library", str(tmp_path / "library")]
    assert run(["index", str(tmp_path / "terms.md"), *library]) == 0
    capsys.readouterr()
    assert run(["library", "show", str(tmp_path / "terms.md"), *library]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line[10:].strip() for line in lines if not line.startswith(("document", "file", "size"))]
    assert told == ["Terms", "31 Fees of the keeper", "and 30 more; --json has them all"]


def test_an_index_that_was_rebuilt_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.txt").write_text(
        "\n\n".join(f"On day {n} the keeper of lamp {n} wrote a line." for n in range(900))
    )
    library = ["--library", str(tmp_path / "library")]
    assert run(["index", str(tmp_path / "long.txt"), *library]) == 0
    shutil.rmtree(tmp_path / "library" / "vectors")
    assert run(["library", "verify", *library]) == 0
    assert (
        f"index rebuilt, for its vectors were not those of the text: {tmp_path / 'long.txt'}" in capsys.readouterr().out
    )
    assert run(["library", "verify", *library]) == 0
    assert "rebuilt" not in capsys.readouterr().out
