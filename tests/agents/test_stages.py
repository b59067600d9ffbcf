"""What watchers are told of a run: parts of one job are counted, walks are told by the share of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import beginning, run
from clew.agents.stages import stage
from clew.agents.state import State, Task
from clew.agents.strategies import made
from clew.core.book import Book
from clew.core.options import Choices
from clew.core.trace import Stage, Trace
from clew.core.types import Call, Span
from island import small_book, wait


class Watching(Trace):
    """Remembers every stage."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Stage] = []

    def on_change(self) -> None:
        self.seen.append(self.stage)


def silent(call: Call) -> dict[str, Any]:
    replies = {"planner": {"needs": [], "queries": []}, "reader": {"findings": []}}
    return replies.get(call.role, {"verdict": "not_found", "answer": "", "evidence": []})


def read(lane: str, span: Span) -> Task:
    return Task(lane, "reader", "read", (span,))


def test_parts_of_one_job_are_counted(book: Book, desk_for: Callable[..., Desk]) -> None:
    desk = desk_for([])
    tasks = [read("sweep", book.passage(n).span) for n in range(4)]
    assert stage(beginning("Who?", None), tasks, desk.chunks, desk) == Stage("reading", 0, 4)
    assert stage(beginning("Who?", None), [Task("m", "manager", "answer")], desk.chunks, desk).doing == "answering"


def test_walks_are_told_by_the_share_of_the_text(book: Book, desk_for: Callable[..., Desk]) -> None:
    desk, size = desk_for([]), len(book.document.text)
    state: State = {**beginning("Who?", None), "read": [Span(book.id, 0, size // 2)]}  # type: ignore[typeddict-item]
    one = stage(state, [read("left", book.passage(3).span)], desk.chunks, desk)
    two = stage(state, [read(lane, book.passage(3).span) for lane in ("left", "right")], desk.chunks, desk)
    assert (one.total, one.fraction) == (0, pytest.approx(0.5, abs=0.01))
    assert two.fraction == pytest.approx(0.25, abs=0.01), "each order reads all of the text"
    looking = stage(state, [read("left", book.passage(3).span)], desk.passages, desk)
    assert (looking.share, looking.fraction) == (pytest.approx(0.5, abs=0.01), None), "it does not read everything"


@pytest.mark.parametrize("strategy", ["auto", "retrieve", "chain", "sweep", "memory", "graph"])
def test_no_run_does_more_than_it_said(strategy: str, desk_for: Callable[..., Desk]) -> None:
    desk = desk_for(silent, books=[small_book([f"Day {n} was calm and long." for n in range(400)], "log.txt")])
    desk.trace = watching = Watching()
    wait(run(made(strategy, Choices()), desk))
    assert any(one.doing == "reading" for one in watching.seen)
    assert all(one.done <= one.total and 0 <= (one.share or 0) <= 1 for one in watching.seen)
    assert not watching.stages
