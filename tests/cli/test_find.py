"""`find` and `ask --all`: tables, labels, closing lines, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from clew.cli.main import run
from clew.cli.words import counted, page_of, path_of, sheets

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
    assert (row["printed"], row["columns"], row["characters"]) == ("", "", "0-24")


def test_nothing_found_is_said_by_the_exit_code(book: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", '"helicopter"', "--json", *book]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["items"], told["left_out"]) == ("clew.find/1", [], 0)


def test_a_list_of_places_has_no_report(book: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "--all", "keeper", *book, "--report", str(tmp_path / "a.html")]) == 2
    assert "--report" in capsys.readouterr().err


def test_numbers_in_sentences() -> None:
    assert (counted(1, "call"), counted(0, "call"), counted(1200, "chunk")) == ("1 call", "0 calls", "1,200 chunks")
    assert (sheets((3,)), sheets((1, 2))) == ("page 3", "pages 1, 2")
    assert (page_of(112, "108"), page_of(3, "3"), page_of(3, None), page_of(None, None)) == (
        "page 112 (printed 108)",
        "page 3",
        "page 3",
        "",
    )
    assert path_of(("A", "B")) == "A › B"
    assert path_of(("Part " * 30, "Article " * 20, "5.1 Fees")).endswith("› 5.1 Fees")
