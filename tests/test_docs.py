"""What the README shows works: its Python runs, its commands and options exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import clew
import pytest
import typer
from clew.cli.main import app
from simserver import SimServer
from typer.testing import CliRunner

ROOT = Path(clew.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_python_runs(
    serve: Callable[..., SimServer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (code,) = blocks("python")
    server = "http://localhost:8000/v1#qwen3-8b"
    assert server in code
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    Path("annex.md").write_text("# Annex\n\nNothing is said here about it.\n")
    Path("contract.txt").write_text("The term of this contract ends on 3 May 2031.\n")
    code = code.replace(server, f"{serve(window=8192).url}#sim").replace("contract.pdf", "contract.txt")
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "3 May 2031" in printed
    assert "contract.txt" in printed


def test_the_demo_prints_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = blocks("text")
    asked, _, printed = shown.partition("\n")
    question = asked.removeprefix("Question: ")
    assert f"QUESTION := {question}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    monkeypatch.chdir(ROOT)
    command = ["ask", question, "examples/moby-dick.txt.gz", "--library", str(tmp_path / "library")]
    told = CliRunner().invoke(app, command)
    assert told.stdout == printed


def commands() -> list[list[str]]:
    lines = [line.partition("  #")[0] for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("clew ")]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_and_option_exists(words: list[str]) -> None:
    group = typer.main.get_command(app)
    command = group.commands[words[1]]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_readme_names_every_command() -> None:
    group = typer.main.get_command(app)
    for name in group.commands:
        assert f"clew {name}" in README


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], ids=lambda page: page.name)
def test_prose_keeps_to_the_width_of_the_code(page: Path) -> None:
    prose = re.sub(
        r"^```.*?^```|^ {4}.*?$|^\|.*?$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    assert [line for line in prose.splitlines() if len(line) > 120] == []
