"""`find` and `ask --all`: tables, labels, closing lines, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from clew.cli.main import run
from clew.report.where import page_of, path_of, sheets

TEXT = "The keeper lit the lamp.\n\nThe keeper's brother fished.\n\nIt rained.\n"


@pytest.fixture
def book(tmp_path: Path) -> list[str]:
    (tmp_path / "log.txt").write_text(TEXT, encoding="utf-8")
    return [str(tmp_path / "log.txt"), "--library", str(tmp_path / "library")]


def test_ask_all_prints_what_find_prints(book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "keeper", *book]) == 0
    found = capsys.readouterr()
    assert run(["ask", "--all", "keeper", *book]) == 0
    assert capsys.readouterr().out == found.out
    assert found.out.count("characters") == 2
    assert "2 places · everything was read (1 chunk) · 1 call" in found.err


@pytest.mark.parametrize("layout", ["table", "csv", "markdown"])
def test_every_format_ends_with_what_was_read(layout: str, book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--all", "--format", layout, '"rained"', *book]) == 0
    told = capsys.readouterr()
    assert "It rained." in told.out
    assert "1 place · everything was read (1 chunk) · 0 calls" in told.err


def test_csv_has_the_printed_page_and_the_columns(book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "lamp", "--format", "csv", *book]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["printed_page"], row["columns"], row["start"], row["end"]) == ("", "", "0", "24")


def test_nothing_found_is_said_by_the_exit_code(book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", '"helicopter"', "--json", *book]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["items"], told["left_out"]) == ("clew.find/1", [], 0)


@pytest.mark.parametrize("what", ["", '""', " “” "])
def test_nothing_can_be_found_anywhere(what: str, book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", what, *book]) == 2
    assert "what to find is empty" in capsys.readouterr().err


def test_what_is_left_out_is_listed_on_demand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "The lamp of the keeper was lit.\n\nA keeper of the harbour is paid in the month of May.\n", encoding="utf-8"
    )
    where = [str(tmp_path / "a.txt"), "--library", str(tmp_path / "library")]
    assert run(["find", "the keeper's lamp was lit", "--cutoff", "0.9", *where]) == 0
    told = capsys.readouterr()
    assert "1 place · 1 less likely one left out (clew find --cutoff 0 lists all)" in told.err
    assert run(["find", "the keeper's lamp was lit", "--cutoff", "0", *where]) == 0
    assert "2 places · everything" in capsys.readouterr().err


def test_every_call_of_a_limit_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n\n".join(f"On day {n} the keeper wrote about ships." for n in range(1200))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    where = [str(tmp_path / "long.txt"), "--library", str(tmp_path / "library"), "--json"]
    assert run(["find", "ships in the weather", "--max-calls", "2", *where]) == 5
    told = json.loads(capsys.readouterr().out)
    assert (told["usage"]["calls"], told["coverage"]["read"]) == (2, 2)


def test_a_sentence_that_goes_on_over_the_page_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("It is kept by consultants of\n\n  31\n\nsuch party.\n", encoding="utf-8")
    assert run(["find", '"consultants"', str(tmp_path / "a.txt"), "--library", str(tmp_path / "library")]) == 0
    assert "consultants of …" in capsys.readouterr().out


def test_numbers_in_sentences() -> None:
    assert (sheets((3,)), sheets((1, 2))) == ("page 3", "pages 1, 2")
    assert (page_of(112, "108"), page_of(3, "3"), page_of(3, None), page_of(None, None)) == (
        "page 112 (printed 108)",
        "page 3",
        "page 3",
        "",
    )
    assert path_of(("A", "B")) == "A › B"
    assert path_of(("Part " * 30, "Article " * 20, "5.1 Fees")).endswith("› 5.1 Fees")


@pytest.mark.parametrize("layout", ["table", "csv"])
def test_what_the_next_place_says_is_not_said_before_it(
    layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("The keeper guards the seal of", "  31", "the keeper on his island.", "A lamp is lit by", "his brother.")
    (tmp_path / "a.txt").write_text("\n\n".join(lines))
    words = [str(tmp_path / "a.txt"), "--library", str(tmp_path / "library"), "--format", layout]
    assert run(["find", '"keeper"', *words]) == 0
    told = capsys.readouterr()
    assert "2 places" in told.err
    assert told.out.count("on his island.") == 1
    assert "seal of …" in told.out
    assert run(["find", '"lamp"', *words]) == 0
    assert "lit by … his brother." in capsys.readouterr().out


def test_a_search_that_a_limit_cut_short_says_how_it_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "long.txt").write_text("\n\n".join(f"On day {n} the keeper wrote nothing." for n in range(900)))
    asked = ["find", "lamp", str(tmp_path / "long.txt"), "--max-calls", "2", "--library", str(tmp_path / "library")]
    assert run(asked) == 5
    told = capsys.readouterr().err
    assert "the same command with a larger --max-calls goes on" in told
    assert "--dry-run" in told


def test_one_object_has_no_other_form(book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "lamp", "--format", "csv", "--json", *book]) == 2
    assert "--format" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_what_a_terminal_would_obey_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    Path("log.md").write_text("# The \x1b[2Jlamp\n\nMartha \x1b]0;mine\x07Venn kept the lamp.\n")
    for form in ("table", "csv", "markdown"):
        assert run(["find", '"Venn kept the lamp"', "log.md", "--format", form]) == 0
        assert "\x1b" not in capsys.readouterr().out
