"""What is told of a command line that cannot be meant: the mistake, where it stands, and which help says more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from clew.cli.main import run


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """`told("ask", …)`: what standard error says of a command that ends with 2, its hint on the second line."""
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Martha Venn kept the lamp.\n")

    def ended(*words: str) -> str:
        assert run(list(words)) == 2
        shown = capsys.readouterr()
        assert not shown.out
        return shown.err

    return ended


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("find lamp a.txt --format yaml", "there is no --format 'yaml': table, csv, markdown", "clew find --help"),
        ("ask Who a.txt --window abc", "--window takes a whole number, not 'abc'", "clew ask --help"),
        ("ask Who a.txt --max-calls 0", "--max-calls takes 1 or more, not 0", "clew ask --help"),
        ("ask Who a.txt --max-cost dear", "--max-cost takes a number, not 'dear'", "clew ask --help"),
        ("ask Who a.txt --stop", "there is no option --stop", "did you mean --stops? clew ask --help"),
        ("ask Who a.txt --zebra", "there is no option --zebra", "hint: clew ask --help"),
        ("library lst", "Did you mean 'list'?", "clew library --help"),
        ("ask Who a.txt --format csv", "--format is for places", "--all"),
        ("ask", "QUESTION is missing", 'for example: clew ask "When does the term end?" contract.pdf; clew ask --help'),
        ("batch rows.jsonl", "--out is missing", "for example: clew batch"),
        ("asl", "there is no command asl. Did you mean 'ask'?", "clew --help"),
        ("ask Who a.txt --model", "--model needs a value", "hint: clew ask --help"),
        ("library remove a.txt --library", "--library needs a value", "hint: clew library remove --help"),
        ("runs 3", "3 is more than is taken here", "clew runs --help"),
        ("ask Who a.txt --all --strategy chain", "--strategy is for answers", "leave out --strategy, or --all"),
        ("ask Who a.txt --all --report a.html", "--report is for answers", "leave out --report, or --all"),
        ("ask Who a.txt --also When --report a.html", "--report is for one question", "clew show RUN --report"),
        ("ask Who a.txt --all --also When", "--also is for answers", "leave out --also, or --all"),
        (
            "ask Who a.txt --also When --strategy sweep,chain --block 2",
            "--block is for sweep alone: sweep,chain reads for each question by itself",
            "leave one of them out",
        ),
        ("ask a.txt", "a.txt is a file: the question is missing", 'clew ask "Who …?" a.txt'),
        ("ask Who a.txt --model gpt-9", "needs a server", "local:FOLDER, URL#NAME"),
    ],
)
def test_a_mistake_is_told_in_plain_words(told: Callable[..., str], words: str, message: str, hint: str) -> None:
    first, second = told(*words.split()).splitlines()
    assert message in first
    assert hint in second
    for foreign in ("Value error", "Input should", "Possible options", "scripted"):
        assert foreign not in first + second


def test_a_value_of_the_environment_is_told_by_its_variable(
    told: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEW_WINDOW", "abc")
    monkeypatch.setenv("CLEW_FORMAT", "csv")
    assert "CLEW_WINDOW takes a whole number, not 'abc'" in told("ask", "Who", "a.txt")
    monkeypatch.setenv("CLEW_WINDOW", "8000")
    assert run(["ask", "Who kept the lamp?", "a.txt"]) == 0, "only what is typed can be typed in vain"


@pytest.mark.parametrize("question", ["", "   "])
def test_an_empty_question_is_told_before_anything_is_opened(
    told: Callable[..., str], question: str, tmp_path: Path
) -> None:
    assert "the question is empty" in told("ask", question, "nowhere.txt")
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("words", "what"), [(["", "--model", "m"], "address"), (["http://x/v1", "--model", " "], "model")]
)
def test_nothing_is_not_remembered(
    told: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], what: str
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "settings"))
    assert f"the {what} of the server is empty" in told("use", *words)
    assert not (tmp_path / "settings").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to become a user nobody knows")
def test_where_no_home_is_known_it_is_told_how_to_name_a_library() -> None:
    script = "import os; from clew.cli.main import run; from clew.app import Clew; os.setuid(54321)\n"
    script += "raise SystemExit(run(['library', 'list']))"
    done = subprocess.run([sys.executable, "-c", script], env={}, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 6, done.stderr
    assert "set HOME, or name one with --library" in done.stderr
