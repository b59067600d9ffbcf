"""The progress line on standard error: what is being done, how far, what is in flight. Silent where nobody watches."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

from ..core.trace import Trace


class Progress(Trace):
    """Draws one line that changes in place; notices are printed above it. Without a terminal only notices appear."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self.row = ""
        """How far a batch is, in words."""
        self._drawn = False
        self._begun = time.monotonic()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            self._thread = threading.Thread(target=self._tick, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._clear()

    def on_notice(self, text: str) -> None:
        self._clear()
        print(f"clew: {text}", file=self._stream, flush=True)

    def rows(self, done: int, total: int) -> None:
        """How far a batch is."""
        self.row = f"{done} of {total} questions"

    def _tick(self) -> None:
        # A timer, not every change: a line that is drawn a thousand times a second costs more than it tells.
        while not self._stop.wait(0.2):
            self._draw()

    def _draw(self) -> None:
        import shutil

        width = shutil.get_terminal_size().columns - 1
        with self._lock:
            print("\r\x1b[2K" + self.line()[:width], end="", file=self._stream, flush=True)
            self._drawn = True

    def _clear(self) -> None:
        with self._lock:
            if self._drawn:
                print("\r\x1b[2K", end="", file=self._stream, flush=True)
                self._drawn = False

    def line(self) -> str:
        """The line as it is now: `reading 40 of 212 · 8 calls in flight · 21 s, about 90 s left`."""
        seconds = time.monotonic() - self._begun
        parts = [*([self.row] if self.row else []), self.doing or "starting"]
        if self.chunks:
            parts[-1] += f" {min(self.read, self.chunks)} of {self.chunks}"
        if self.in_flight:
            parts.append(f"{self.in_flight} calls in flight")
        timing = f"{seconds:.0f} s"
        if 0 < self.read < self.chunks:
            timing += f", about {seconds / self.read * (self.chunks - self.read):.0f} s left"
        return " · ".join([*parts, timing])
