"""Standard output and error: in UTF-8 whatever the locale, and a line and an exit code where nobody takes them."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def writable(stream: TextIO | None) -> TextIO:
    """`stream` in UTF-8, whatever the locale, and buffered: an unbuffered one loses what a full pipe does not take.

    A stream that was closed before the command began is nowhere, and no reason to fail.
    """
    if stream is None:
        return open(os.devnull, "w")
    buffering = 1 if stream is sys.stderr else -1
    return open(stream.fileno(), "w", buffering, encoding="utf-8", errors="backslashreplace", closefd=False)


def flushed(code: int) -> int:
    """The exit code of a command that ended with `code`, once what it printed is written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = broken_pipe()
    except OSError as error:
        code = unwritable(error)
    try:
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr)
    return code


def broken_pipe() -> int:
    """The exit code where whoever read the output has gone."""
    _to_nowhere(sys.stdout)
    return 141


def unwritable(error: OSError) -> int:
    """Says that the output cannot be written; the exit code."""
    _to_nowhere(sys.stdout)
    print(f"clew: the output cannot be written: {error.strerror}", file=sys.stderr)
    return 2


def _to_nowhere(stream: TextIO) -> None:
    # Nobody takes what is written any more; Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
