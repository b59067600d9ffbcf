"""What a terminal is shown of a document: its letters in their order, and nothing that a terminal obeys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clew.cli.main import run
from clew.cli.render import _line, advice, closing
from clew.core.results import Answer, Coverage, Listed, Missed, PageCoverage
from clew.core.types import Usage
from clew.report.reach import covered, failures
from clew.report.verdict import headline


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eevil\u202c \u2066text\u2069", "evil text"),
        ("\u05d4\u05d2\u05e9\u05e8 \u05d4\u05d9\u05e9\u05df", "\u05d4\u05d2\u05e9\u05e8 \u05d4\u05d9\u05e9\u05df"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
        ("a\x1b[31mb\n\tc", "a\ufffd[31mb c"),
        ("soft\u00adware \ufeffx", "software x"),
    ],
    ids=["direction", "hebrew", "joiner", "controls", "invisible"],
)
def test_a_line(text: str, shown: str) -> None:
    assert _line(text) == shown


COVERAGE = Coverage(4, 4, 0, 100, 100, 0, None, ())


def answer(**changes: Any) -> Answer:
    """An answer that found nothing, with `changes`."""
    usage, documents = Usage(calls=1), (Listed("a.txt", "x", True, None), Listed("no.txt", None, False, "no such file"))
    plain = Answer(
        "run", "Who?", "retrieve", None, "extractive", "open", None, (), (), documents, COVERAGE, (), usage, 0, None
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read": 0, "characters_read": 0}, "Nothing was read"),
        ({"read": 3}, "not everything was"),
        ({"documents_failed": 1}, "1 file could not be read"),
        ({"documents_failed": 2, "pages": PageCoverage(3, (2,))}, "2 files could not be read and 1 page holds no text"),
        ({"pages": PageCoverage(3, (2, 3))}, "2 pages hold no text"),
    ],
)
def test_why_a_question_stays_open(changes: dict[str, Any], said: str) -> None:
    assert said in headline(answer(coverage=replace(COVERAGE, **changes)))


def test_the_last_line_begins_with_the_status() -> None:
    assert closing(answer()) == ["open", "everything was read (4 chunks)", "1 call"]
    coverage = replace(COVERAGE, read=3, failed=1, characters_read=34)
    partly = answer(status="partial", coverage=coverage, supported=2, unsupported=("1871",), rejected_quotes=1)
    assert closing(partly) == [
        "partial",
        "quotes 0/1 located",
        "terms supported 2/3",
        "read 34 % of the text; 1 chunk failed",
        "1 call",
    ]


SHEETS = PageCoverage(212, (), 14)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pages": PageCoverage(212, (), 212)}, "everything was read (212 pages)"),
        ({"unit": "passage"}, "everything was read (4 passages)"),
        ({"read": 1, "characters_read": 23, "pages": SHEETS}, "read 23 % of the text, on 14 of 212 pages"),
        ({"read": 1, "characters_read": 23, "pages": PageCoverage(212, ())}, "read 23 % of the text"),
        ({"documents_failed": 1}, "read all text there is"),
        ({"read": 0, "characters_read": 0, "failed": 2, "unit": "passage"}, "nothing was read; 2 passages failed"),
    ],
)
def test_what_was_read_is_said_as_a_share_of_the_text(changes: dict[str, Any], said: str) -> None:
    assert covered(replace(COVERAGE, **changes)) == said


def test_what_failed_is_told_by_stretches() -> None:
    missed = [Missed("a.pdf", n, "timed out", page) for n, page in [(2, 7), (3, 8), (4, 9), (9, 20)]]
    lines = ["a.pdf, pages 7 to 9, chunks 3 to 5: timed out", "a.pdf, page 20, chunk 10: timed out"]
    assert failures(replace(COVERAGE, reasons=tuple(missed))) == lines
    apart = tuple(Missed("b.txt", n, "lost") for n in range(0, 20, 2))
    told = failures(replace(COVERAGE, unit="passage", reasons=apart))
    assert told[0] == "b.txt, passage 1: lost"
    assert told[5:] == ["5 other stretches of text too"]


def test_the_advised_command_names_one_strategy_and_no_file_that_could_not_be_read() -> None:
    typed = ["clew", "ask", "Who?", "a.txt", "no.txt", "--strategy", "retrieve", "--strategy=memory", "--", "-b.txt"]
    lines = advice(answer(coverage=replace(COVERAGE, read=3)), typed)
    assert lines[1] == "    clew ask 'Who?' a.txt --strategy chain -- -b.txt"


@pytest.mark.parametrize("choice", ["--stops 2", "--stops=2", "--lookback", "--block 4 --rerank reader"])
def test_the_advised_command_has_no_choice_that_its_strategy_takes_no_notice_of(choice: str) -> None:
    typed = ["clew", "ask", "Who?", "a.txt", *choice.split(), "--paths", "2", "--fresh"]
    lines = advice(answer(coverage=replace(COVERAGE, read=3)), typed)
    assert lines[1] == "    clew ask 'Who?' a.txt --paths 2 --fresh --strategy chain"


def test_the_row_of_a_table_stands_once_under_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "crew.csv").write_text("name,age\nMartha Venn,41\nTom Venn,38\nOtto Kern,29\n")
    where = [str(tmp_path / "crew.csv"), "--library", str(tmp_path / "library")]
    assert run(["ask", "How old is Tom Venn?", *where]) == 0
    shown = capsys.readouterr().out.splitlines()
    at = shown.index("    name | age")
    assert shown[at + 1] == "    name: Tom Venn | age: 38"
    assert sum("name | age" in line for line in shown) == 1
    assert not any("Otto" in line for line in shown)


def test_what_failed_is_named_and_tried_again() -> None:
    coverage = replace(COVERAGE, read=3, failed=1, reasons=(Missed("a.txt", 1, "timed out"),))
    assert advice(answer(status="partial", coverage=coverage), ["clew", "ask", "Who?"])[:2] == [
        "not read: a.txt, chunk 2: timed out",
        "the same command tries what failed again, and pays for no finished call again",
    ]


def test_of_many_files_that_could_not_be_read_some_are_named() -> None:
    lost = tuple(Listed(f"{n}.txt", None, False, "no such file") for n in range(12))
    told = advice(answer(coverage=replace(COVERAGE, documents_failed=12), documents=lost), [])
    assert told[0] == "0.txt: no such file"
    assert told[5:] == ["7 further files too"]


def test_only_a_command_that_knows_a_dry_run_advises_one() -> None:
    assert "--dry-run" in advice(answer(limit_reached="calls"), [])[0]
    assert "--dry-run" not in advice(answer(limit_reached="calls", strategy="summarize"), [])[0]
