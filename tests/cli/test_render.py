"""What a terminal is shown of a document: its letters in their order, and nothing that a terminal obeys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from clew.cli.render import _line, advice, closing, headline
from clew.core.results import Answer, Coverage, Listed, PageCoverage
from clew.core.types import Usage


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
    assert closing(answer()) == "open · quotes 0/0 located · everything was read (4 chunks) · 1 call"
    partly = answer(status="partial", coverage=replace(COVERAGE, read=3, failed=1))
    assert closing(partly) == "partial · quotes 0/0 located · read 3 of 4 chunks, 1 failed · 1 call"


def test_the_advised_command_names_one_strategy_and_no_file_that_could_not_be_read() -> None:
    typed = ["clew", "ask", "Who?", "a.txt", "no.txt", "--strategy", "retrieve", "--strategy=memory", "--", "-b.txt"]
    (line,) = advice(answer(coverage=replace(COVERAGE, read=3)), typed)[:1]
    assert line.endswith(": clew ask 'Who?' a.txt --strategy chain -- -b.txt")


def test_only_a_command_that_knows_a_dry_run_advises_one() -> None:
    assert "--dry-run" in advice(answer(limit_reached="calls"), [])[0]
    assert "--dry-run" not in advice(answer(limit_reached="calls", strategy="summarize"), [])[0]
