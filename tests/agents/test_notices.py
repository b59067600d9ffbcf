"""What a person is told of a run: what holds in the end, not what held for an attempt before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.manager import judged
from clew.agents.state import Task
from clew.agents.strategies import made
from clew.core.options import Options
from clew.core.types import Call, Need, Note
from island import small_book, wait

QUESTION = "Who was the first keeper?"
LINES = ["Gull Island", *(f"Its keeper in the year {1800 + at} was Martha Venn the {at}th." for at in range(400)), ""]


def not_found(call: Call) -> Any:
    return {"verdict": "not_found", "answer": "", "evidence": [], "missing": []}


def test_of_several_attempts_the_last_one_tells_how_much_the_manager_saw(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for(not_found, QUESTION, books=[small_book(LINES, "gull.txt", 20)])
    (book,) = desk.books.values()
    notes = [Note(span, "", 1, 0.9) for span in book.sentences_in(desk.chunks[0].span)]
    while len(notes) < 400:
        notes += notes
    task = Task("main", "manager", "answer", notes=(), needs=(Need(1, QUESTION),))

    def told(*attempts: int) -> list[str]:
        desk.notices.clear()
        for most in attempts:
            wait(judged(0, task, notes[:most], desk))
        assert desk.notices == []
        desk.over()
        return list(desk.notices)

    (last,) = told(400, 399)
    assert last.endswith("of 399 pieces of evidence")
    assert told(400, 1) == []
    assert len(told(400)) == 1


def test_a_run_tells_it_when_it_is_over(desk_for: Callable[..., Desk]) -> None:
    desk = desk_for(not_found, QUESTION)
    desk.pending["room"] = "in the end"
    wait(run(made("full", Options()), desk))
    assert desk.notices == ["in the end"]
