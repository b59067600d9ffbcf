"""Options: each is said once, and the command line wins over the environment, and that over settings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import typer
from clew import Clew, SettingsError
from clew.cli import options
from clew.cli.main import app, run
from clew.core.options import DEFAULTS, Choices, Limits, Options, Reading, told

VALUES = {"int": ("31", "32", "33"), "float": ("0.5", "0.6", "0.7"), "str": ("a", "b", "c"), "Path": ("a", "b", "c")}


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its name, `library list` among them."""
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        yield from {f"{name} {part}": one for part, one in inner.items()}.items() if inner else [(name, command)]


COMMANDS = dict(commands())
OPTIONS = [
    pytest.param(command, param, id=f"{name} --{param.name}")
    for name, command in COMMANDS.items()
    for param in command.params
    if param.param_type_name == "option" and param.name != "help" and param.envvar
]


def three(param: Any, hint: Any) -> tuple[str, str, str]:
    """Values for settings, environment and command line: each next to another."""
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    if isinstance(kinds[0], str):
        return kinds[0], kinds[-1], kinds[0]
    name = "str" if get_origin(kinds[0]) is list else kinds[0].__name__
    if name == "Format":
        return "table", "csv", "markdown"
    return VALUES[name] if param.name not in ("paths", "block") else ("2", "3", "4")


@pytest.mark.parametrize(("command", "param"), OPTIONS)
def test_the_command_line_wins_over_the_environment_over_settings(
    command: Any, param: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    needed = ["x"] * sum(p.required and p.param_type_name == "argument" for p in command.params)
    needed += ["--out", "y"] if command.name in ("batch", "eval") and param.name != "out" else []
    hint = get_args(inspect.get_annotations(command.callback, eval_str=True)[param.name])[0]
    switch = hint is bool
    file, variable, typed = ("false", "true", None) if switch else three(param, hint)
    noted = [file] if param.multiple else file

    def value(*words: str, **settings: Any) -> str:
        with command.make_context("x", [*needed, *words], default_map=settings) as context:
            held = context.params[param.name]
            return str(*held if param.multiple else [held]).lower().removeprefix("format.")

    option = [param.opts[0], *([] if switch else [typed])]
    assert param.envvar == "CLEW_" + param.opts[0].removeprefix("--").upper().replace("-", "_")
    if param.required:
        file = variable
    else:
        assert value(**{param.name: noted}) == file
    monkeypatch.setenv(param.envvar, variable)
    assert value(**{param.name: noted}) == variable
    monkeypatch.setenv(param.envvar, "false" if switch else variable)
    assert value(*option, **{param.name: noted}) == ("true" if switch else typed)
    if switch:
        monkeypatch.setenv(param.envvar, "true")
        assert value(param.opts[0].replace("--", "--no-", 1)) == "false"


def test_an_option_means_the_same_in_every_command_that_has_it() -> None:
    """One name, one type, one default, one help; what asks or lists has words of its own for --model and --all.

    `eval` takes several of --strategy, so none of them is its default; it asks as the others do where it is left out.
    """
    said: dict[str, set[tuple[Any, ...]]] = {}
    for command in COMMANDS.values():
        for param in command.params:
            if param.param_type_name == "option":
                said.setdefault(param.name, set()).add((param.opts[0], str(param.default), param.help))
    several = {name for name, ways in said.items() if len(ways) > 1}
    assert several <= {"model", "window", "everything", "all_of_them", "help", "strategy"}


def test_python_and_the_command_line_have_the_same_defaults() -> None:
    accepted = inspect.signature(Clew).parameters
    for field in fields(options.Models):
        assert accepted[field.name].default == field.default or field.default is None
    for group in (Reading, Limits):
        assert all(field.default == getattr(DEFAULTS, field.name) for field in fields(group))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("order", "up", "there is no order 'up'"),
        ("paths", 99, "paths takes 8 or less"),
        ("stops", -1, "stops takes 0 or more"),
        ("max_calls", 0, "max_calls takes 1 or more"),
        ("max_cost", 0, "max_cost takes 0.0001 or more"),
        ("cutoff", 7, "cutoff takes 1 or less"),
        ("length", 10**9, "length takes 5000 or less"),
    ],
)
def test_what_no_field_can_be_is_told(name: str, value: Any, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        Options(**{name: value})


@pytest.mark.parametrize("name", [field.name for field in fields(Choices) if told(field.name).of])
def test_a_choice_that_is_typed_in_vain_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Martha Venn kept the lamp.\n")
    value = {"order": ["right"], "message": ["prose"], "paths": ["2"], "stops": ["1"], "facts": ["eager"]}
    value["block"] = ["2", "--also", "Who was Martha Venn?"]
    words = [f"--{name}", *value.get(name, ["reader"] if name == "rerank" else [])]
    asked = ["ask", "Who kept the lamp?", "a.txt", "--keep", "none", *words]
    assert run([*asked, "--strategy", "auto"]) == 2
    shown = capsys.readouterr().err
    assert f"--{name} is for {' and '.join(told(name).of)}: auto takes no notice of it" in shown
    taken = told(name).of[0]
    assert run([*asked, "--strategy", taken if name == "block" else f"sweep, {taken}"]) == 0


def test_a_mistyped_variable_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CLEW_MAX_COTS", "5")
    assert run(["strategies"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said == ["clew: there is no variable CLEW_MAX_COTS", "hint: did you mean CLEW_MAX_COST? else unset it"]
    assert run(["--help"]) == 0
    monkeypatch.delenv("CLEW_MAX_COTS")
    monkeypatch.setenv("CLEW_PORT", "5")
    monkeypatch.setenv("CLEW_API_KEY", "secret")
    assert run(["strategies"]) == 0
    assert "there is no variable CLEW_PORT\n" in capsys.readouterr().err


def test_a_mistyped_setting_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    (tmp_path / "settings.toml").write_text('base_ulr = "http://localhost:8000/v1"\n')
    assert run(["runs", "--library", str(tmp_path / "library")]) == 2
    said = capsys.readouterr().err
    assert "there is no setting 'base_ulr'" in said
    assert "did you mean base_url?" in said


def test_a_block_of_one_question_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "Who?", "a.txt", "--strategy", "sweep", "--block", "2"]) == 2
    assert "--block is for several questions" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_help_of_a_command_is_plain(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*name.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert not re.search(r"<(bool|str|list)", shown), "what Python calls it says nothing to a reader"
    assert "--no-fresh turns off" in " ".join(shown.split()) or not name


def test_every_command_is_listed_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for group in ([], ["library"]):
        assert run([*group, "--help"]) == 0
        panels = capsys.readouterr().out.rpartition("--help")[2].splitlines()[1:]
        assert all(re.match(r"│ [a-z]+ +[A-Z]", line) for line in panels if line.startswith("│"))
