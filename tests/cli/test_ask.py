"""`clew ask` as a process: what a person or a script sees, with no endpoint and no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LINES = [
    "The lighthouse on Gull Island was built in 1871.",
    "Its first keeper was Martha Venn.",
    "She kept a diary for thirty years.",
    "The lamp burned whale oil until 1890.",
    "Her brother Tom Venn fished for herring.",
]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "island.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def clew(tmp_path: Path) -> Any:
    """`clew("ask", …)`: runs the command in an empty environment and a library of its own."""

    def run(
        *arguments: str | Path, stdin: str | None = None, stdout: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "", "HOME": str(tmp_path), "CLEW_LIBRARY": str(tmp_path / "library"), **variables}
        command = [sys.executable, "-m", "clew.cli.main", *map(str, arguments)]
        with open(stdout or os.devnull, "w") as out:
            return subprocess.run(
                command,
                stdout=out if stdout else subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=environment,
                input=stdin,
                cwd=tmp_path,
                check=False,
            )

    return run


def test_an_answer_with_its_quote(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story)
    assert done.returncode == 0, done.stderr
    assert "Martha Venn" in done.stdout
    assert "quotes 1/1 located" in done.stdout
    assert "quotes, it does not reason" in done.stderr
    assert "are kept in" in done.stderr


def test_json_is_the_whole_of_standard_output(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, "--json")
    answer = json.loads(done.stdout)
    assert answer["schema"] == "clew.answer/1"
    assert answer["status"] == "answered"
    text = clew("text", story).stdout
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["coverage"]["read"] == answer["coverage"]["chunks"]


def test_text_is_written_exactly(clew: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffOne\r\ntwo\rthree — “four”".encode())
    assert clew("text", "a.txt").stdout == "One\ntwo\nthree — “four”"


def test_standard_input_is_a_document(clew: Any) -> None:
    done = clew("ask", "Who was the first keeper?", "-", stdin="\n".join(LINES))
    assert "Martha Venn" in done.stdout


def test_not_in_the_text(clew: Any, story: Path) -> None:
    done = clew("ask", "What did the astronomer pay for the telescope in Vienna?", story)
    assert done.returncode == 1, done.stdout
    assert "the built-in model only matches words" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", "Who?", "nowhere.txt"], 3, "nowhere.txt"),
        (["ask", "", "island.txt"], 2, "empty"),
        (["ask", "why " * 3000, "island.txt"], 2, "tokens"),
        (["ask", "Who?", "island.txt", "--strategy", "chian"], 2, "did you mean chain"),
        (["ask", "Who?", "island.txt", "--model", "gpt-x"], 2, "--base-url"),
        (["ask", "Who?", "island.txt", "--window", "100"], 2, "window"),
        (["ask", "Who?", "island.txt", "--nonsense"], 2, "nonsense"),
        (["ask", "island.txt", "Who was the first keeper?"], 2, 'clew ask "Who was the first keeper?" island.txt'),
        (["ask", "Who?"], 3, "clew index"),
        (["ask", "Who?", "island.txt", "--base-url", "http://127.0.0.1:9/v1"], 2, "--model"),
        (["ask", "Who?", "island.txt", "--base-url", "http://127.0.0.1:9/v1", "--model", "m"], 4, "127.0.0.1"),
        (["text", "."], 3, ". is a folder: clew text takes one file"),
        (["text", "a" * 5_000], 3, "cannot be read: File name too long"),
        (["ask", "Who?", "a" * 5_000], 3, "cannot be read: File name too long"),
        (["library", "remove", "nothing.txt"], 2, "nothing.txt"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_mistakes_get_a_line_a_hint_and_a_code(
    clew: Any, story: Path, arguments: list[str], code: int, words: str
) -> None:
    done = clew(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    if arguments[0] == "ask":
        error = json.loads(clew(*arguments, "--json").stdout)
        assert error["schema"] == "clew.error/1"
        assert error["error"]["message"] in done.stderr.replace("\n", " ") or error["error"]["message"]


def test_options_can_be_environment_variables(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, CLEW_STRATEGY="chain", CLEW_JSON="1")
    assert json.loads(done.stdout)["strategy"] == "chain"


def test_asking_again_is_free_and_gives_the_same(clew: Any, story: Path) -> None:
    first, second, fresh = (
        json.loads(clew("ask", "Who was the first keeper?", story, "--strategy", "chain", "--json", *extra).stdout)
        for extra in ((), (), ("--fresh",))
    )
    assert first["usage"]["calls"] == fresh["usage"]["calls"] > 0
    assert second["usage"]["calls"] == 0
    assert second["usage"]["replayed"] == first["usage"]["calls"]
    assert first["answer"] == second["answer"] == fresh["answer"]
    assert len({first["run"], second["run"], fresh["run"]}) == 3


def test_indexed_documents_are_asked_without_a_name_and_removed_with_one(clew: Any, story: Path) -> None:
    assert "island.txt" in clew("index", "island.txt").stdout
    assert clew("index", "island.txt").returncode == 0
    assert clew("library", "list").stdout.count("island.txt") == 1
    assert "Martha Venn" in clew("ask", "Who was the first keeper?").stdout
    assert "1 document sound" in clew("library", "verify").stdout
    assert "first keeper" in clew("runs").stdout
    assert clew("library", "remove", "island.txt").returncode == 0
    assert clew("ask", "Who was the first keeper?").returncode == 3
    assert "first keeper" not in clew("runs").stdout


def test_a_listed_file_that_changed_or_went_is_told(clew: Any, story: Path) -> None:
    clew("index", "island.txt")
    story.write_text(story.read_text() + "A second keeper came later.\n")
    assert "has changed since it was indexed" in clew("ask", "Who was the first keeper?").stderr
    story.unlink()
    assert "is gone since it was indexed" in clew("ask", "Who was the first keeper?").stderr


def test_the_same_text_twice_is_told(clew: Any, story: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(story.read_bytes())
    assert "copy.txt: the same text as island.txt" in clew("ask", "Who?", "island.txt", "copy.txt").stderr


def test_output_that_cannot_be_written_is_told(clew: Any, story: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    done = clew("text", story, stdout=Path("/dev/full"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_else_is_in_the_library_changes_no_answer(clew: Any, story: Path, tmp_path: Path) -> None:
    asked = ("ask", "Who was the first keeper?", story, "--strategy", "retrieve", "--json", "--fresh")
    before = json.loads(clew(*asked).stdout)
    (tmp_path / "other.txt").write_text("The first keeper of the zoo was Otto Kern. Keepers keep keys.\n" * 50)
    clew("index", "other.txt")
    after = json.loads(clew(*asked).stdout)
    for field in ("answer", "citations", "evidence", "coverage", "status"):
        assert before[field] == after[field]


def test_one_unreadable_file_among_many_is_named_and_the_rest_is_read(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, "nowhere.txt", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["status"] == "partial"
    assert answer["coverage"]["documents_failed"] == 1
    assert [d["read"] for d in answer["documents"]] == [True, False]


@pytest.mark.parametrize(
    "command", [[], ["ask"], ["batch"], ["index"], ["library"], ["text"], ["runs"], ["strategies"]]
)
def test_every_command_has_help_with_an_example(clew: Any, command: list[str]) -> None:
    done = clew(*command, "--help")
    assert done.returncode == 0
    assert "clew" in done.stdout
    if command and command != ["library"]:
        assert "Example: clew" in done.stdout


def test_nothing_is_kept_where_nothing_is_to_be_kept(clew: Any, story: Path, tmp_path: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, "--keep", "none", TMPDIR=str(tmp_path / "temporary"))
    assert "Martha Venn" in done.stdout
    assert "kept in" not in done.stderr
    assert not (tmp_path / "library").exists()
    assert not any(tmp_path.glob("**/clew*"))


def test_a_limit_gives_what_was_found_and_says_so(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, "--strategy", "retrieve", "--max-calls", "1", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 5
    assert answer["limit_reached"] == "calls"
    assert answer["usage"]["calls"] <= 1


def test_names_that_no_terminal_can_show_are_read_all_the_same(clew: Any, tmp_path: Path) -> None:
    for name in (b"odd\xff\xfe.txt", b"two\nlines.txt"):
        path = os.fsencode(tmp_path) + b"/" + name
        try:
            with open(path, "w") as file:
                file.write("\n".join(LINES))
        except OSError:
            pytest.skip("this file system knows no such names")
        done = clew("ask", "Who was the first keeper?", os.fsdecode(path), "--json")
        assert json.loads(done.stdout)["citations"], done.stderr
        assert clew("index", os.fsdecode(path)).returncode == 0
        assert clew("library", "remove", os.fsdecode(path)).returncode == 0


def test_a_pipe_with_a_name_is_a_document(clew: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = subprocess.Popen(["/bin/sh", "-c", "cat > pipe <<E\n" + "\n".join(LINES) + "\nE"], cwd=tmp_path)
    done = clew("ask", "Who was the first keeper?", "pipe")
    writer.wait()
    assert "Martha Venn" in done.stdout


def test_a_pipe_that_nobody_writes_to_is_told_of_before_it_is_waited_for(clew: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = [sys.executable, "-m", "clew.cli.main", "ask", "Who?", "pipe", "--library", str(tmp_path / "library")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stderr is not None
    said = process.stderr.readline() + process.stderr.readline()
    process.kill()
    process.communicate()
    assert "pipe is a pipe: waiting for what is written to it" in said


def test_a_mistyped_file_is_told_at_once_and_named_files_count_for_the_exit_code(clew: Any, story: Path) -> None:
    done = clew("ask", "Who was the first keeper?", story, "nowhere.txt")
    assert "clew: nowhere.txt: no such file" in done.stderr
    done = clew("index", "island.txt", "nowhere.txt")
    assert done.returncode == 3
    assert "island.txt" in done.stdout
    assert done.stderr.count("nowhere.txt: no such file") == 1
    (story.parent / "texts").mkdir()
    (story.parent / "texts" / "bad.pdf").write_text("no PDF")
    (story.parent / "texts" / "good.txt").write_text("A text.")
    assert clew("index", "texts").returncode == 0


def test_what_is_told_of_a_text_names_its_file(clew: Any, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9 au lait\n")
    assert "latin.txt: not UTF-8" in clew("text", "latin.txt").stderr
