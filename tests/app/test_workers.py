"""Workers: every task comes back once, whatever a task does to its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew.app.workers import AHEAD, Lost, Task, Worker, spread
from faultyreaders import die_of_seven, double, hang_over_seven, take

ROOM = 10**9
"""Bytes, more than any task here takes."""


def results(function: Callable[[int], int], numbers: list[int], seconds: float = 60) -> dict[int, Any]:
    found = list(spread(function, [Task((number,), seconds, ROOM) for number in numbers], 2))
    assert len(found) == len(numbers)
    return {task.arguments[0]: result for task, result in found}


def test_every_task_comes_back_with_its_result_or_its_error() -> None:
    found = results(double, [*range(30), -1])
    assert [found[number] for number in range(30)] == [2 * number for number in range(30)]
    assert isinstance(found[-1], ValueError)
    assert str(found[-1]) == "-1 is below zero"


def test_a_worker_that_dies_loses_its_own_task_alone() -> None:
    found = results(die_of_seven, list(range(12)))
    assert isinstance(found[7], Lost)
    assert [found[number] for number in range(12) if number != 7] == [number for number in range(12) if number != 7]


def test_a_worker_that_hangs_is_ended_and_loses_its_own_task_alone() -> None:
    found = results(hang_over_seven, list(range(12)), seconds=3)
    assert "more than 3 seconds" in str(found[7])
    assert sum(isinstance(result, Lost) for result in found.values()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_task_that_wants_more_memory_than_it_may_have_fails_alone() -> None:
    tasks = [Task((size,), 60, 100_000_000) for size in (1_000, 200_000_000, 50_000_000, 50_000_000)]
    found = [result for _, result in spread(take, tasks, 1)]
    assert isinstance(found[1], MemoryError)
    assert [found[0], *found[2:]] == [1_000, 50_000_000, 50_000_000]


def test_a_process_that_cannot_be_started_loses_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "could not be started" in str(results(double, [3])[3])


def test_one_that_was_ended_before_it_began_does_nothing() -> None:
    worker = Worker()
    worker.kill()
    try:
        with pytest.raises(Lost):
            worker.call(double, Task((3,), 60, ROOM))
    finally:
        worker.close()


def test_no_more_is_under_way_than_was_taken() -> None:
    begun = 0

    def tasks() -> Any:
        nonlocal begun
        for number in range(1000):
            begun += 1
            yield Task((number,), 60, ROOM)

    for taken, _ in enumerate(spread(double, tasks(), 2)):
        assert begun <= taken + 2 + 2 * AHEAD
        if taken == 20:
            break


def test_workers_are_gone_when_nobody_wants_more() -> None:
    def children() -> set[str]:
        return {child for file in Path("/proc/self/task").glob("*/children") for child in file.read_text().split()}

    before = children()
    found = spread(double, [Task((number,), 60, ROOM) for number in range(100)], 2)
    next(found)
    assert children() - before
    found.close()  # type: ignore[attr-defined]
    assert children() <= before


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc, to see whether a process runs")
def test_a_worker_over_a_long_task_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "worker"
    script = "from clew.app.workers import Task, spread; from faultyreaders import sleep_as; import sys; "
    script += "list(spread(sleep_as, [Task((sys.argv[1],), 600, 10**9)], 1))"
    path = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    parent = subprocess.Popen([sys.executable, "-c", script, note], env=path)
    while not (note.exists() and note.read_text()):
        assert parent.poll() is None
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    for _ in range(400):
        if not alive(int(note.read_text())):
            return
        time.sleep(0.05)
    os.kill(int(note.read_text()), signal.SIGKILL)
    raise AssertionError("it goes on without its parent")


def alive(process: int) -> bool:
    """Whether it runs: one that has ended may wait for somebody to ask what came of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
