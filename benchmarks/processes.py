"""Runs a command in a process of its own, cold: what it took, and what it said."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import NamedTuple


class Taken(NamedTuple):
    """Of one process."""

    seconds: float
    memory: float
    """Peak, in MB."""
    out: bytes


def python(*arguments: str) -> Taken:
    """What Python takes with these arguments; what it complains of is not shown."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Taken(time.monotonic() - begun, usage.ru_maxrss / 1024, out)
