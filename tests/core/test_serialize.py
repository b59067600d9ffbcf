"""JSON that is printed: nothing in it is obeyed by a terminal, and it is the same when it is read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clew import cli
from clew.cli.main import run
from clew.core.serialize import json_line
from clew.core.wording import printable

OBEYED = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F))]
OBEYED += [chr(code) for code in range(0x2066, 0x206A)]


def test_what_a_terminal_obeys_is_escaped_and_comes_back() -> None:
    for sign in OBEYED:
        shown = json_line({f"a{sign}": [f"{sign}b"]})
        assert sign not in shown
        assert printable(shown) == shown
        assert json.loads(shown) == {f"a{sign}": [f"{sign}b"]}


def test_letters_stay_as_they_are() -> None:
    assert json_line(["Ærøskøbing, 東京, نص \\u0085"]) == '["Ærøskøbing, 東京, نص \\\\u0085"]'


COMMANDS = [
    "ask QUESTION FILE --json",
    "ask lamp missing\u202e.txt --json",
    "find QUESTION FILE --json",
    "summarize FILE --json --focus QUESTION",
    "index FILE --json",
    "library list --json",
    "library show FILE --json",
    "runs --json",
]


def test_every_command_prints_such_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = "book\u202e.txt"
    Path(file).write_text("Martha\u009b31m Venn kept \u202ethe lamp\u2066 on the\u0085 island.\n")
    for command in COMMANDS:
        words = [{"QUESTION": "Who kept \u202ethe lamp?", "FILE": file}.get(word, word) for word in command.split()]
        run([*words, "--library", str(tmp_path / "library")])
        (shown,) = capsys.readouterr().out.splitlines()
        assert shown == printable(shown), command
        assert "\\u202e" in shown, command
        json.loads(shown)


def test_no_command_has_a_way_of_its_own() -> None:
    commands = sorted(Path(cli.__file__).parent.glob("*.py"))
    assert len(commands) > 20
    assert [path.name for path in commands if "json.dumps" in path.read_text(encoding="utf-8")] == []
