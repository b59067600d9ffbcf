"""`clew show` and `--report`: an answer once more, from what was kept, and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clew.cli.main import run


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a run, and what it printed set aside."""
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    Path("log.txt").write_text("Martha Venn kept the lamp on Gull Island.\n")
    assert run(["ask", "Who kept the lamp?", "log.txt", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["run"])


def test_an_answer_is_shown_again(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", asked]) == 0
    shown = capsys.readouterr().out
    assert "Martha Venn" in shown
    assert "quotes 1/1 located" in shown


def test_the_object_is_the_same_again(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", asked, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["schema"], shown["run"], shown["usage"]["calls"]) == ("clew.answer/1", asked, 1)


def test_quotes_outlive_their_text(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("log.txt").write_text("Nobody kept anything.\n")
    run(["ask", "Who kept the lamp?", "log.txt"])
    capsys.readouterr()
    assert run(["show", asked, "--report", "answer.html"]) == 0
    shown = capsys.readouterr()
    assert "Martha Venn kept the lamp" in shown.out
    assert "log.txt has changed or was removed since" in shown.err
    assert "<mark>Martha Venn kept the lamp on Gull Island." in Path("answer.html").read_text()


def test_places_are_shown_again(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "lamp", "log.txt", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["run"]
    assert run(["show", found]) == 0
    assert "kept the lamp" in capsys.readouterr().out


def test_an_unknown_run_is_told(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", asked[:-1]]) == 2
    assert f"did you mean {asked}" in capsys.readouterr().err


@pytest.mark.parametrize("place", [".", "nowhere/answer.html"])
def test_a_page_that_cannot_be_written_is_told_before_anything_is_asked(
    asked: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", "Who kept the lamp?", "log.txt", "--report", place]) == 2
    shown = capsys.readouterr()
    assert "cannot be written" in shown.err
    assert not shown.out


def test_a_list_of_places_has_no_page(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "lamp", "log.txt", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["run"]
    assert run(["show", found, "--report", "places.html"]) == 2
    assert "no report" in capsys.readouterr().err
    assert not Path("places.html").exists()


def test_what_was_cut_short_ends_with_its_status_and_is_listed_as_such(
    asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("long.txt").write_text("\n\n".join(f"On day {n} the keeper wrote nothing." for n in range(3000)))
    words = ["ask", "Who sold the zebra?", "long.txt", "--strategy", "chain", "--max-calls", "3"]
    assert run([*words, "--json"]) == 5
    cut = json.loads(capsys.readouterr().out)
    assert cut["status"] == "open"
    assert run(["show", cut["run"]]) == 7
    assert run(["runs"]) == 0
    rows = capsys.readouterr().out.splitlines()
    (row,) = [row for row in rows if row.startswith(cut["run"])]
    assert "open (can go on)  chain" in row
    (other,) = [other for other in rows if other.startswith(asked)]
    assert row.index("Who sold") == other.index("Who kept"), "columns stand under one another"


def test_a_question_that_could_not_be_asked_is_no_run(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("long.txt").write_text("\n\n".join(f"On day {n} the keeper wrote nothing." for n in range(3000)))
    assert run(["ask", "Who sold the zebra?", "long.txt", "--strategy", "full"]) == 2
    capsys.readouterr()
    assert run(["runs", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["runs"]] == [asked]
