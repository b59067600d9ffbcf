"""A key, and a password in an address: in nothing that is printed, logged or written, whichever command it is."""

from __future__ import annotations

import logging
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from clew.cli.main import run
from simserver import SimServer

KEY = "sk-sentinel-0815abcdef"
PASSWORD = "pw-sentinel-77"
TOLD = "dXNlcjpwdy1zZW50aW5lbC03Nw"
"""`user:` and the password as basic authorization has them."""
QUESTION = "'How many lines did Martha Venn write about the 7th ship?'"
COMMANDS = (
    f"ask {QUESTION} book.txt --strategy chain --report page.html --json SERVER",
    f"ask {QUESTION} book.txt --dry-run SERVER",
    "batch rows.jsonl --out answers.jsonl --dry-run SERVER",
    "batch rows.jsonl --out answers.jsonl SERVER",
    "find lines book.txt --max-calls 1 SERVER",
    "summarize book.txt SERVER",
    "probe --max-calls 8 --json SERVER",
    "use URL --model sim",
    "doctor SERVER",
    "library list",
    "library export out",
    "runs",
)


@pytest.fixture
def told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Callable[[str, str], str]:
    """`told(command, url)`: everything it prints, logs and leaves behind."""
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(30)]
    Path("book.txt").write_text("\n\n".join(lines))
    Path("rows.jsonl").write_text('{"question": "How many lines about the 9th ship?", "documents": ["book.txt"]}\n')

    def everything(command: str, url: str) -> str:
        run(shlex.split(command.replace("SERVER", "--base-url URL --model sim").replace("URL", url)))
        written = (file.read_bytes().decode("latin-1") for file in tmp_path.rglob("*") if file.is_file())
        return "\n".join([*capfd.readouterr(), caplog.text, *written])

    return everything


def with_password(server: SimServer) -> str:
    return server.url.replace("//", f"//user:{PASSWORD}@")


@pytest.mark.parametrize("secret", ["key", "password"])
def test_no_command_tells_a_secret(
    secret: str, told: Callable[[str, str], str], serve: Callable[..., SimServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(window=4096)
    if secret == "key":
        monkeypatch.setenv("CLEW_API_KEY", KEY)
    for command in COMMANDS:
        said = told(command, server.url if secret == "key" else with_password(server))
        assert "127.0.0.1" in said
        assert not [word for word in (KEY, PASSWORD, TOLD) if word in said], command
    sent = [request["headers"].get("authorization", "") for request in server.requests]
    assert any((KEY if secret == "key" else TOLD) in header for header in sent), "it was there to be told"


@pytest.mark.parametrize("fault", ["drop", "malformed", "html", "wrapped"])
def test_no_failure_tells_a_secret(
    fault: str, told: Callable[[str, str], str], serve: Callable[..., SimServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEW_API_KEY", KEY)
    server = serve(window=4096, script=[fault] * 40)
    said = told(f"ask {QUESTION} book.txt --max-calls 3 --json SERVER", with_password(server))
    assert server.counts[f"fault:{fault}"] > 0
    assert not [word for word in (KEY, PASSWORD, TOLD) if word in said]


@pytest.mark.parametrize("url", ["http://user:{0}@127.0.0.1:9/v1", "http://user:{0}@[bad/v1", "http://u:{0}@h:port/v1"])
def test_no_mistake_tells_a_secret(url: str, told: Callable[[str, str], str]) -> None:
    said = told(f"ask {QUESTION} book.txt SERVER", url.format(PASSWORD))
    assert "hint" in said
    assert PASSWORD not in said
