"""Work on files in processes of their own: both cores are used, and a file that kills or hangs its reader, or would
take all memory, is told of.

A worker is a plain child process that imports what it is asked to do, so it works from threads, notebooks and scripts
without a `__main__` guard, which `multiprocessing` does not. It dies with its parent: then its standard input ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from ..core.egress import guarding

AHEAD = 4
"""Tasks per worker that are under way or whose results wait to be taken: what bounds memory."""
_SERVE = (
    "import pickle, sys; sys.path[:], guarded = pickle.load(sys.stdin.buffer); "
    f"from {__package__}.serving import serve; serve(guarded)"
)


class Lost(Exception):
    """A worker died over a task, or was ended because it took too long; its words say which."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is to do, and what that may take."""

    arguments: tuple[Any, ...]
    seconds: float
    memory: int
    """Bytes beyond what the process has when it begins; held to where the system can (Linux)."""


class Worker:
    """One child process, started when it is first called."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def call(self, function: Callable[..., Any], task: Task) -> Any:
        """What `function`, importable by its name, returns for a task; raises what it raises, and Lost."""
        process = self._process or self._begin()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(task.seconds, end)
        timer.start()
        try:
            result, error = _asked(process, (function, task.arguments, task.memory))
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            words = f"took more than {task.seconds:.0f} seconds" if late.is_set() else "ended the process"
            raise Lost(words) from broken
        finally:
            timer.cancel()
        if error is not None:
            raise error
        return result

    def _begin(self) -> subprocess.Popen[bytes]:
        """Waits for the process, which takes longer to start than most tasks take, and longer still under load."""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            if self._over:
                self._process.kill()  # It was ended while it began.
            _asked(self._process, (sys.path, guarding()))
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            raise Lost("needs a process that could not be started") from broken
        return self._process

    def kill(self) -> None:
        self._over = True
        if self._process:
            self._process.kill()

    def close(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass  # What was still to be sent has nobody to read it.


def _asked(process: subprocess.Popen[bytes], message: object) -> Any:
    """What the process answers to `message`."""
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump(message, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)


class _Pool:
    """Workers that share tasks, with a thread each that waits for its replies; one that was lost is replaced."""

    def __init__(self, function: Callable[..., Any], workers: int) -> None:
        self._function = function
        self._over = threading.Event()
        self._alive = [Worker() for _ in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(workers)
        self._waiting: dict[Future[Any], Task] = {}
        for worker in self._alive:
            self._idle.put(worker)

    def submit(self, task: Task) -> None:
        self._waiting[self._threads.submit(self._do, task)] = task

    def finished(self, most: int) -> Iterator[tuple[Task, Any]]:
        """Tasks with what came of them, until at most so many are left."""
        while len(self._waiting) > most:
            for future in wait(self._waiting, return_when=FIRST_COMPLETED).done:
                yield self._waiting.pop(future), future.exception() or future.result()

    def close(self) -> None:
        """Ends all workers, whatever they are at."""
        self._over.set()
        for worker in list(self._alive):
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._alive:
            worker.close()

    def _do(self, task: Task) -> Any:
        worker = self._idle.get()
        try:
            return worker.call(self._function, task)
        except Lost:
            worker.close()
            if not self._over.is_set():
                worker = Worker()
                self._alive.append(worker)
            raise
        finally:
            self._idle.put(worker)


def spread(function: Callable[..., Any], tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Any]]:
    """Each task with what `function` returned for it, or the exception it raised, as they finish.

    Args:
        function: of a module that can be imported; its results and exceptions are pickled.
    """
    pool = _Pool(function, workers)
    try:
        for task in tasks:
            pool.submit(task)
            yield from pool.finished(AHEAD * workers)
        yield from pool.finished(0)
    finally:
        pool.close()


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
