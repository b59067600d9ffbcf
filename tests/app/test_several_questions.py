"""Several questions at once: nothing of one reaches another, and a server reads the text once for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from clew import Clew, SettingsError
from simserver import SimServer

ISLANDS = ["Gull", "Tern", "Skua", "Auk", "Petrel"]
QUESTIONS = [f"In which year was the lighthouse on {name} Island built?" for name in ISLANDS]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    days = [f"On day {day} of the log the keeper wrote {day * 3} lines about the weather." for day in range(400)]
    for at, name in enumerate(ISLANDS):
        days.insert(60 * at + 30, f"The lighthouse on {name} Island was built in {1850 + at}.")
    path = tmp_path / "log.txt"
    path.write_text("\n\n".join(days))
    return path


@pytest.mark.parametrize("strategy", ["retrieve", "sweep"])
def test_questions_that_look_alike_are_answered_as_if_alone(book: Path, strategy: str, tmp_path: Path) -> None:
    with Clew(library=tmp_path / "together") as clew:
        together = clew.open(book).ask_each(QUESTIONS, strategy=strategy)
    alone = []
    for number, question in enumerate(QUESTIONS):
        with Clew(library=tmp_path / f"alone {number}") as clew:
            alone.append(clew.open(book).ask(question, strategy=strategy))
    assert [answer.question for answer in together] == QUESTIONS
    assert [(a.text, a.status, a.citations, a.evidence) for a in together] == [
        (a.text, a.status, a.citations, a.evidence) for a in alone
    ]
    assert [str(1850 + at) in str(answer.text) for at, answer in enumerate(together)] == [True] * len(ISLANDS)


def test_a_server_reads_the_text_once_for_all(book: Path, serve: Callable[..., SimServer], tmp_path: Path) -> None:
    def read_by_server(questions: list[str]) -> int:
        # Its cache holds two chunks: question after question would find nothing of the last one there. And it takes its
        # time: at a server that answers at once the first question is over before the others have been prepared.
        server = serve(window=4096, cache_blocks=300, prefill=10_000.0)
        library = tmp_path / str(len(questions))
        with Clew(f"{server.url}#sim", library=library, concurrency=2) as clew:
            answers = clew.open(book).ask_each(questions, strategy="sweep")
        assert all(answer.coverage.complete for answer in answers)
        return server.counts["prompt_tokens"] - server.counts["cached_tokens"]

    assert read_by_server(QUESTIONS) <= 1.5 * read_by_server(QUESTIONS[:1])


def test_limits_hold_for_all_of_them_together(book: Path, tmp_path: Path) -> None:
    with Clew(library=tmp_path / "library") as clew:
        answers = clew.open(book).ask_each(QUESTIONS, strategy="sweep", max_calls=4)
    assert sum(answer.usage.calls for answer in answers) <= 4
    reached = [answer.limit_reached for answer in answers]
    assert reached.count("calls") >= 3
    assert [answer.status for answer in answers if answer.limit_reached is None] == ["answered"] * reached.count(None)


def test_a_call_is_kept_for_the_manager(book: Path, tmp_path: Path) -> None:
    with Clew(library=tmp_path / "library", window=2600) as clew:
        (answer,) = clew.open(book).ask_each(QUESTIONS[:1], strategy="chain", max_calls=4)
    assert [(step.role, step.failed) for step in answer.path][-1] == ("manager", 0)
    assert answer.usage.calls == 4


def test_one_that_cannot_be_asked_is_told(book: Path, tmp_path: Path) -> None:
    with Clew(library=tmp_path / "library") as clew, pytest.raises(SettingsError, match="empty"):
        clew.open(book).ask_each([QUESTIONS[0], " "])


def test_notices_of_one_are_not_those_of_another(book: Path, tmp_path: Path) -> None:
    asked = [QUESTIONS[0], "Who painted the vestibule of the opera house?", "Which emperor crossed the glacier?"]
    with Clew(library=tmp_path / "library") as clew:
        answers = clew.open(book).ask_each(asked)
    swept = [[question for question in asked if any(question in told for told in a.notices)] for a in answers]
    assert [question for found in swept for question in found], "nothing was told of any question"
    assert all(set(found) <= {answer.question} for found, answer in zip(swept, answers, strict=True))
