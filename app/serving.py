"""The other side of a worker: a process that does what it is sent in the memory it is given, until its input ends."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from ..core.egress import guard


def serve(guarded: bool) -> None:
    """Tasks from standard input, results to standard output, until the input ends.

    Args:
        guarded: whether it may speak to no other host, as its parent may not.
    """
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
            function, arguments, memory = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        reply: tuple[Any, Exception | None]
        try:
            _bound(memory)
            reply = (function(*arguments), None)
        except Exception as error:
            reply = (None, error)
        out.write(pickle.dumps(reply))
        out.flush()


def _bound(memory: int) -> None:
    """Lets this process take `memory` bytes more than it has, where the system can say what that is and hold it to it.

    What asks for more gets none: in Python that is a MemoryError, elsewhere an error or the end of the process.
    """
    try:
        import resource

        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, most))
    except (ImportError, OSError, ValueError):
        return


def _end_with(parent: int) -> None:
    """Ends this process when its parent was killed: over a file that takes for ever it would not see its input end."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)
