"""`clew doctor` and `clew use`: what is wrong comes with its remedy, what is set with its origin, keys nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew.cli.main import run
from simserver import SimServer


@pytest.fixture
def doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Runs the doctor with further arguments: exit code and checks by name."""
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))

    def examined(*arguments: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = run(["doctor", "--json", "--library", str(tmp_path / "library"), *arguments])
        return code, {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}

    return examined


def test_a_healthy_server_is_described(doctor: Callable[..., Any], serve: Callable[..., SimServer]) -> None:
    server = serve(flavour="llama-server", window=6000, json_schema=False)
    code, checks = doctor("--base-url", server.url, "--model", "sim")
    assert code == 0
    assert checks["window"]["value"] == "6,000 tokens, as the model says"
    assert checks["replies"]["value"] == "asked for as json_object"
    assert "llama-server" in checks["endpoint"]["value"]
    assert "prices.toml" in checks["price"]["remedy"]
    assert server.counts["replies"] == 1


def test_without_a_server_nothing_is_wrong(doctor: Callable[..., Any]) -> None:
    code, checks = doctor()
    assert code == 0
    assert "extractive" in checks["model"]["value"]


@pytest.mark.parametrize(
    ("behaviour", "said", "remedy"),
    [
        ({"key": "another"}, "401", "CLEW_API_KEY"),
        ({"model": "other"}, "no model 'sim'", "other"),
        ({"script": ["500"] * 9}, "500", "try later"),
    ],
)
def test_what_is_wrong_comes_with_its_remedy(
    behaviour: dict[str, Any], said: str, remedy: str, doctor: Callable[..., Any], serve: Callable[..., SimServer]
) -> None:
    code, checks = doctor("--base-url", serve(**behaviour).url, "--model", "sim")
    (bad,) = [check for check in checks.values() if check["state"] == "bad"]
    assert code == 4
    assert said in bad["value"]
    assert remedy in bad["remedy"]


def test_what_is_used_counts_less_than_the_environment_and_that_less_than_an_option(
    doctor: Callable[..., Any], serve: Callable[..., SimServer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = serve(window=6000)
    assert run(["use", server.url, "--model", "sim", "--window", "3000"]) == 0
    assert doctor()[1]["window"]["value"].startswith("3,000")
    monkeypatch.setenv("CLEW_WINDOW", "4000")
    _, checks = doctor()
    assert checks["window"]["value"].startswith("4,000")
    assert checks["settings"]["remedy"] == (
        "base-url from the settings file, library from the command line, model from the settings file, "
        "window from the environment"
    )
    assert doctor("--window", "5000")[1]["window"]["value"].startswith("5,000")
    (tmp_path / "book.txt").write_text("Martha Venn kept the lamp.")
    before = server.counts["requests"]
    assert run(["ask", "Who kept the lamp?", str(tmp_path / "book.txt"), "--library", str(tmp_path / "library")]) == 0
    assert server.counts["requests"] > before


@pytest.mark.parametrize("url", ["http://user:secret@host/v1", "http://host/v1?key=secret"])
def test_secrets_are_not_written_down(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    assert run(["use", url, "--model", "m"]) == 2
    assert not list(tmp_path.iterdir())
    assert "secret" not in capsys.readouterr().err


@pytest.mark.parametrize("text", ["model = ", 'key = "x"', "window = '9'", "model = 7"])
def test_a_settings_file_that_cannot_be_meant_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    (tmp_path / "settings.toml").write_text(text)
    assert run(["strategies"]) == 2
    assert "settings.toml" in capsys.readouterr().err


def test_what_is_used_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    assert run(["use", "http://host:1/v1", "--model", 'odd "name"\\']) == 0
    capsys.readouterr()
    assert run(["use"]) == 0
    assert capsys.readouterr().out.splitlines() == ["base_url = http://host:1/v1", 'model = odd "name"\\']


def test_a_key_stands_in_nothing_that_is_written_or_printed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    serve: Callable[..., SimServer],
) -> None:
    key = "sk-sentinel-4711-abcdef"
    caplog.set_level("DEBUG")
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CLEW_API_KEY", key)
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "book.txt").write_text("Martha Venn kept the lamp. " * 40)
    good, strict = serve(key=key, window=6000), serve(key="another")
    assert run(["use", good.url, "--model", "sim"]) == 0
    for arguments in (["doctor"], ["doctor", "--json"], ["ask", "Who kept the lamp?", str(tmp_path / "book.txt")]):
        assert run(arguments) == 0
        assert run([*arguments, "--base-url", strict.url]) == 4
    assert any(key in request["headers"].get("authorization", "") for request in good.requests)
    printed = capsys.readouterr()
    assert "CLEW_API_KEY" in printed.out + printed.err
    assert key not in printed.out + printed.err + caplog.text
    for file in tmp_path.rglob("*"):
        assert key.encode() not in (file.read_bytes() if file.is_file() else b"")


@pytest.mark.parametrize("broken", ["model = ", "zebra = 1"])
def test_a_broken_settings_file_is_told_by_the_doctor_and_written_anew_by_use(
    broken: str, doctor: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text(broken)
    code, checks = doctor()
    assert code == 4
    assert checks["settings"]["state"] == "bad"
    assert checks["model"]["state"] == "good", "the others are looked at all the same"
    assert run(["use"]) == 2
    assert run(["use", "--model", "nobody"]) == 2
    assert file.read_text() == broken, "what is refused overwrites nothing"
    assert run(["use", "--model", "extractive"]) == 0
    assert str(file) in capsys.readouterr().err
    assert doctor()[1]["settings"]["state"] == "good"


def test_that_nothing_is_set_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    assert run(["use"]) == 0
    assert f"nothing is set ({tmp_path / 'settings.toml'})" in capsys.readouterr().err


def test_only_a_server_has_a_speed_to_be_measured(doctor: Callable[..., Any], serve: Callable[..., SimServer]) -> None:
    assert doctor()[1]["speed"]["state"] == "good"
    # The doctor's own call is one to the planner, and reading is what takes the time.
    assert doctor("--base-url", serve(window=6000).url, "--model", "sim")[1]["speed"]["state"] == "note"
