"""The queue before the model of this process: who is run together, what happens when memory is short; no model."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import wait

import pytest
from clew.core.errors import ModelError
from clew.models.local.prefix import Prefixes, shared
from clew.models.local.queue import Generated, Job, Queue


class Machine:
    """Runs jobs by giving back the length of their prompt; has memory for some at once."""

    def __init__(self, room: int = 100, fault: Exception | None = None) -> None:
        self.room, self.fault = room, fault
        self.batches: list[int] = []
        self.open = threading.Event()

    def run(self, jobs: Sequence[Job]) -> list[Generated]:
        self.open.wait(10)
        self.batches.append(len(jobs))
        if self.fault:
            raise self.fault
        if len(jobs) > self.room:
            raise MemoryError(f"{len(jobs)} need 3 GiB")
        return [Generated((len(job.tokens),), "stop", 1, 0) for job in jobs]

    def queue(self, most: int = 64) -> Queue:
        return Queue(self.run, lambda waiting, most: waiting[:most], most)


def jobs(count: int) -> list[Job]:
    return [Job([0] * (at + 1), {}, 8) for at in range(count)]


def test_calls_that_wait_together_are_run_together() -> None:
    machine = Machine()
    queue = machine.queue(8)
    futures = [queue.submit(job) for job in jobs(20)]
    machine.open.set()
    assert [future.result(10).tokens for future in futures] == [(at + 1,) for at in range(20)]
    queue.close()
    assert sum(machine.batches) == 20
    assert len(machine.batches) <= 4


def test_too_many_for_memory_are_run_in_halves_and_stay_so() -> None:
    machine = Machine(room=2)
    queue = machine.queue(8)
    futures = [queue.submit(job) for job in jobs(8)]
    machine.open.set()
    assert [future.result(10).tokens for future in futures] == [(at + 1,) for at in range(8)]
    queue.close()
    assert queue.most == 2


def test_one_that_is_too_large_is_told_what_it_needs() -> None:
    machine = Machine(room=0)
    queue = machine.queue()
    future = queue.submit(jobs(1)[0])
    machine.open.set()
    with pytest.raises(ModelError, match="3 GiB"):
        future.result(10)
    queue.close()


def test_a_failure_is_told_to_its_own_calls_and_the_next_go_on() -> None:
    machine = Machine(fault=RuntimeError("device lost"))
    machine.open.set()
    queue = machine.queue()
    with pytest.raises(ModelError, match="device lost"):
        queue.submit(jobs(1)[0]).result(10)
    machine.fault = None
    assert queue.submit(jobs(1)[0]).result(10).finish == "stop"
    queue.close()


def test_who_no_longer_waits_is_not_run() -> None:
    machine = Machine()
    queue = machine.queue(1)
    first, second, third = (queue.submit(job) for job in jobs(3))
    second.cancel()
    machine.open.set()
    wait([first, third], 10)
    queue.close()
    assert machine.batches == [1, 1]


def test_closing_gives_up_what_waits() -> None:
    machine = Machine()
    queue = machine.queue(1)
    futures = [queue.submit(job) for job in jobs(3)]
    threading.Timer(0.05, machine.open.set).start()
    queue.close()
    assert futures[2].cancelled()
    with pytest.raises(ModelError, match="closed"):
        queue.submit(jobs(1)[0])


def test_the_longest_beginning_is_found() -> None:
    prefixes = Prefixes(1000, 1)
    prefixes.add(range(100), [])
    prefixes.add([*range(50), *range(500, 600)], [])
    assert prefixes.longest([*range(80), 7])[1] == 80
    assert prefixes.longest([*range(50), *range(500, 560), 7])[1] == 110
    assert prefixes.longest(range(100))[1] == 99
    assert prefixes.longest([*range(10), 7]) == (None, 0)


def test_what_was_not_used_for_long_goes_first() -> None:
    prefixes = Prefixes(250, 1)
    for start in (0, 1000):
        prefixes.add(range(start, start + 100), [])
    prefixes.longest(range(100))
    prefixes.add(range(2000, 2100), [])
    assert [prefixes.common(range(start, start + 100)) for start in (0, 1000, 2000)] == [100, 0, 100]
    prefixes.add(range(3000, 3300), [])
    assert prefixes.common(range(3000, 3300)) == 0


def test_a_longer_prompt_takes_the_place_of_its_beginning() -> None:
    prefixes = Prefixes(250, 1)
    prefixes.add(range(100), [])
    prefixes.add(range(200), [])
    prefixes.add(range(50), [])
    assert prefixes.common(range(200)) == 200
    prefixes.add(range(1000, 1050), [])
    assert prefixes.common(range(200)) == 200


def test_a_shared_beginning_leaves_something_to_read() -> None:
    assert shared([1, 2, 3], [1, 2, 3]) == 2
    assert shared([1, 2, 3], [1, 2]) == 1
    assert shared([1, 2], [2, 2]) == 0
