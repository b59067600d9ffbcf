"""One loop for all work: whichever thread, loop or process it is wanted from, and when it is closed meanwhile."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from clew import Clew, StoreError
from clew.core.loop import Loop
from simserver import SimServer


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


async def where() -> object:
    return asyncio.get_running_loop()


def test_threads_that_come_at_once_share_one_loop() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(50):
            loop, gate = Loop(), threading.Barrier(4)

            def come(loop: Loop = loop, gate: threading.Barrier = gate) -> object:
                gate.wait()
                return loop.run(where())

            with ThreadPoolExecutor(4) as pool:
                found = {id(task.result()) for task in [pool.submit(come) for _ in range(4)]}
            loop.close()
            assert len(found) == 1
    finally:
        sys.setswitchinterval(before)


def test_work_that_another_loop_waits_for_is_done_on_this_one(loop: Loop) -> None:
    async def twice() -> object:
        assert await loop.bring(where()) is await loop.bring(loop.bring(where()))
        return await loop.bring(where())

    assert asyncio.run(twice()) is asyncio.run(twice()) is loop.run(where())


def test_what_waits_when_it_is_closed_is_told_so(loop: Loop) -> None:
    begun = threading.Event()

    async def for_ever() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def brought() -> None:
        await loop.bring(for_ever())

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(loop.run, for_ever())]
        begun.wait()
        begun.clear()
        waiting.append(pool.submit(lambda: asyncio.run(brought())))
        begun.wait()
        loop.close()
        for one in waiting:
            with pytest.raises(StoreError, match="was closed"):
                one.result()
    with pytest.raises(StoreError, match="was closed"):
        loop.run(where())


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Of Python 3.12: a fork among threads.
def test_a_fork_is_told_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    (tmp_path / "crew.txt").write_text("The captain of the ship was Martha Venn.")
    with Clew(library=tmp_path / "library") as clew:
        shelf = clew.open(tmp_path / "crew.txt")
        shelf.ask("Who was the captain of the ship?")
        child = os.fork()
        if not child:
            told = 0
            for use in (lambda: shelf.ask("Who was the captain?"), lambda: clew.open(tmp_path / "crew.txt")):
                try:
                    use()
                except StoreError as error:
                    told += "another process" in str(error)
            clew.close()
            os._exit(told)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        assert shelf.ask("Who was the captain?").text


def test_one_clew_serves_several_loops_and_threads(tmp_path: Path, serve: Callable[..., SimServer]) -> None:
    (tmp_path / "log.txt").write_text("\n\n".join(f"On day {n} the keeper wrote {n} lines." for n in range(300)))
    server = serve(window=2600)
    with Clew(f"{server.url}#sim", library=tmp_path / "library", concurrency=2) as clew:
        shelf = clew.open(tmp_path / "log.txt")

        def own_loop(day: int) -> str:
            return asyncio.run(shelf.aask(f"How many lines on day {day}?", strategy="sweep")).status

        assert own_loop(1) == own_loop(2)
        with ThreadPoolExecutor(3) as pool:
            assert set(pool.map(own_loop, range(3, 6))) == {own_loop(1)}
    clew.close()
