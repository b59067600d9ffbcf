"""Nothing that a document, a name, a server or a settings file holds is obeyed by a terminal or ends in a traceback."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from clew.cli.main import run
from clew.cli.paper import Paper
from clew.cli.progress import Progress
from officefiles import epub_parts, zipped
from rich.console import Console
from rich.text import Text
from simserver import SimServer

EVIL = "\x1b]0;owned\x07\x1b[31m\x9b31m\u202egnp\x00"
OBEYED = ("\x1b", "\x07", "\x9b", "\u202e", "\x00")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    Path("book.txt").write_text("Martha Venn kept the lamp at Gull Point.")


def obeyed(words: str) -> list[str]:
    return [sign for sign in OBEYED if sign in words]


def test_paper_shows_what_it_is_given_and_obeys_none_of_it() -> None:
    out = StringIO()
    paper = Paper(Console(file=out, highlight=False))
    paper.show(Text.assemble("one ", (EVIL, "red"), "\ntwo"))
    paper.items([EVIL, "three"], "dim")
    assert not obeyed(out.getvalue())
    assert out.getvalue().splitlines()[1] == "two"


def test_notices_and_progress_obey_nothing() -> None:
    out = StringIO()
    with Progress(out) as progress:
        progress.notice(f"read {EVIL}")
        progress.took(EVIL, 1_000_000)
    assert "owned" in out.getvalue()
    assert not obeyed(out.getvalue())


def test_names_that_a_server_lists_are_told_as_they_may_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with SimServer(model=f"m{EVIL}") as server:
        assert run(["ask", "Who kept the lamp?", "book.txt", "--base-url", server.url, "--model", "m"]) in (2, 4)
    told = capsys.readouterr().err
    assert "owned" in told
    assert not obeyed(told)


def test_what_is_said_of_an_archive_quotes_it_harmlessly(capsys: pytest.CaptureFixture[str]) -> None:
    parts = epub_parts({"1.html": "\0" * 30_000})
    evil = {
        name.replace("1.html", "\x9b31m1.html"): str(part).replace("1.html", "\x9b31m1.html")
        for name, part in parts.items()
    }
    Path("evil.epub").write_bytes(zipped(evil))
    assert run(["index", "book.txt", "evil.epub"]) == 3
    told = capsys.readouterr()
    assert "looks binary" in told.err
    assert "book.txt" in told.out
    assert not obeyed(told.out + told.err)


def test_settings_are_shown_harmlessly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('model = "a\\u001b[31m"\n')
    assert run(["use"]) == 0
    assert not obeyed(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("settings", "code"),
    [("a = " + "[" * 100_000, 2), ('library = "a\\u0000b"', 6), ('model = "a\\u001b"', 2), ("window = 1e999", 2)],
)
def test_settings_that_cannot_be_meant_are_told(
    settings: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLEW_LIBRARY")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(settings)
    assert run(["ask", "Who kept the lamp?", "book.txt", "--json"]) == code
    assert json.loads(capsys.readouterr().out)["error"]["hint"]


@pytest.mark.parametrize(
    "words",
    [
        ["http://user:pw-sentinel@host/v1", "--model", "m"],
        ["http://pw-sentinel@host/v1", "--model", "m"],
        ["http://host/v1?key=pw-sentinel", "--model", "m"],
        ["--model", "http://user:pw-sentinel@host/v1#m"],
        ["--model", "http://host/v1?key=pw-sentinel#m"],
        ["http://user:pw-sentinel@host:port/v1", "--model", "m"],
        ["http://user:pw-sentinel@[host/v1", "--model", "m"],
        ["http://user:pw-sentinel@host/v1"],
        ["http://host/v1?key=pw-sentinel"],
    ],
)
def test_no_secret_is_remembered_or_told(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["use", *words]) == 2
    assert not list((tmp_path / "config").rglob("*"))
    assert "pw-sentinel" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("url", ["http://user:pw-sentinel@h:9", "http://h:9?key=pw-sentinel"])
def test_a_server_without_a_model_is_told_without_its_secret(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "Who kept the lamp?", "book.txt", "--base-url", url]) == 2
    assert run(["ask", "Who kept the lamp?", "book.txt", "--model", url]) == 2
    told = "".join(capsys.readouterr())
    assert "h:9" in told
    assert "pw-sentinel" not in told


def test_long_names_in_other_scripts_can_be_exported(capsys: pytest.CaptureFixture[str]) -> None:
    name = "鯨" * 80 + ".txt"
    Path(name).write_text("Martha Venn kept the lamp at Gull Point.")
    assert run(["index", name]) == 0
    assert run(["library", "export", "out"]) == 0
    (written,) = Path("out", "texts").iterdir()
    assert written.name.startswith("鯨" * 26 + ".")
    assert written.read_text() == Path(name).read_text()
