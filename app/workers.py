"""Work on files in processes of their own: both cores are used, and a file that kills or hangs its reader is told of.

A worker is a plain child process that imports what it is asked to do, so it works from threads, notebooks and scripts
without a `__main__` guard, which `multiprocessing` does not. It dies with its parent: then its standard input ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import Any

from ..core.egress import guard, guarding

AHEAD = 4
"""Tasks per worker that are under way or whose results wait to be taken: what bounds memory."""
_SERVE = (
    "import pickle, sys; sys.path[:], guarded = pickle.load(sys.stdin.buffer); "
    f"import {__name__}; {__name__}.serve(guarded)"
)


class Lost(Exception):
    """A worker died over a task, or was ended because it took too long; its words say which."""


class Worker:
    """One child process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._send((sys.path, guarding()))
        self._ready = False

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        pickle.dump(message, self._process.stdin)
        self._process.stdin.flush()

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
        """What `function`, importable by its name, returns for `arguments`; raises what it raises, and Lost."""
        assert self._process.stdout is not None
        if not self._ready:
            self._ready = self._begin()
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            self._send((function, arguments))
            result, error = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            raise Lost(f"took more than {seconds:.0f} seconds" if late.is_set() else "ended the process") from broken
        finally:
            timer.cancel()
        if error is not None:
            raise error
        return result

    def _begin(self) -> bool:
        """Waits for the process, which takes longer to start than most tasks take, and longer still under load."""
        assert self._process.stdout is not None
        try:
            return bool(pickle.load(self._process.stdout))
        except (OSError, EOFError, pickle.UnpicklingError) as broken:
            raise Lost("needs a process that could not be started") from broken

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass  # What was still to be sent has nobody to read it.


def spread(
    function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], workers: int, seconds: float
) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each task with what `function` returned for it, or the exception it raised, as they finish.

    Args:
        function: of a module that can be imported; its results and exceptions are pickled.
        seconds: that a task may take.
    """
    over = threading.Event()
    idle: SimpleQueue[Worker] = SimpleQueue()
    alive = [Worker() for _ in range(workers)]
    for worker in alive:
        idle.put(worker)

    def one(task: tuple[Any, ...]) -> Any:
        worker = idle.get()
        try:
            return worker.call(function, task, seconds)
        except Lost:
            worker.close()
            if not over.is_set():
                worker = Worker()
                alive.append(worker)
            raise
        finally:
            idle.put(worker)

    waiting: dict[Future[Any], tuple[Any, ...]] = {}

    def finished(most: int) -> Iterator[tuple[tuple[Any, ...], Any]]:
        while len(waiting) > most:
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.exception() or future.result()

    threads = ThreadPoolExecutor(workers)
    try:
        for task in tasks:
            waiting[threads.submit(one, task)] = task
            yield from finished(AHEAD * workers)
        yield from finished(0)
    finally:
        over.set()
        for worker in list(alive):
            worker.kill()
        threads.shutdown(cancel_futures=True)
        for worker in alive:
            worker.close()


def serve(guarded: bool) -> None:
    """What a worker does: tasks from standard input, results to standard output, until the input ends.

    Args:
        guarded: whether it may speak to no other host, as its parent may not.
    """
    import signal

    if guarded:
        guard()
    # An interruption is the parent's to handle: it closes the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    # What a library prints must not come between results.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    out.write(pickle.dumps(True))
    out.flush()
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        reply: tuple[Any, Exception | None]
        try:
            reply = (function(*arguments), None)
        except Exception as error:
            reply = (None, error)
        out.write(pickle.dumps(reply))
        out.flush()


def _end_with(parent: int) -> None:
    """Ends this process when its parent was killed: over a file that takes for ever it would not see its input end."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
