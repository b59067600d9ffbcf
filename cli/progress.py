"""The progress line on standard error: what is being done, how far, what is in flight. Silent where nobody watches."""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import Any, TextIO

from ..core.trace import Trace
from ..core.wording import counted

LONG = 5.0
"""Seconds without a reply after which it is said who is waited for."""


class Progress(Trace):
    """Draws one line that changes in place; notices are printed above it. Without a terminal only notices appear."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self.row = ""
        """How far a batch is, in words."""
        self._drawn = False
        self._begun = time.monotonic()
        self._phase = ("", 0)
        self._phase_begun = (self._begun, 0)
        """When what is done now began, and how far it was then: what was skipped says nothing of the time left."""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._before: Any = None
        """What an interruption did before."""

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            self._thread = threading.Thread(target=self._tick, daemon=True)
            self._thread.start()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, *error: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._clear()

    def _interrupted(self, *signal_and_frame: object) -> None:
        """The first time calls in flight are finished, since they are paid for; the second time it ends at once."""
        if self.stopping or not self.in_flight:
            raise KeyboardInterrupt
        self.stopping = True
        # Not `notice`: its lock may be held by what was interrupted.
        print(f"\nclew: finishing {self._calls()}; Ctrl-C again ends at once", file=self._stream, flush=True)

    def _calls(self) -> str:
        return f"{counted(self.in_flight, 'call')} in flight"

    def on_notice(self, text: str) -> None:
        self._clear()
        print(f"clew: {text}", file=self._stream, flush=True)

    def on_change(self) -> None:
        if (phase := (self.doing, self.chunks)) != self._phase:
            self._phase, self._phase_begun = phase, (time.monotonic(), self.read)

    def rows(self, done: int, total: int) -> None:
        """How far a batch is."""
        self.row = f"{done:,} of {counted(total, 'question')}"

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

    def _waiting(self) -> str:
        return f"from {' and '.join(self.waiting_for)} for {self.waited:.0f} s"

    def line(self) -> str:
        """The line as it is now: `reading 40 of 212 · 8 calls in flight · 21 s, about 90 s left`."""
        seconds = time.monotonic() - self._begun
        parts = [*([self.row] if self.row else []), self.doing or "starting"]
        if self.chunks:
            parts[-1] += f" {min(self.read, self.chunks)} of {self.chunks}"
        if self.in_flight:
            parts.append(self._calls() + (f", nothing back {self._waiting()}" if self.waited >= LONG else ""))
        timing = f"{seconds:.0f} s"
        begun, before = self._phase_begun
        if before < self.read < self.chunks:
            pace = (time.monotonic() - begun) / (self.read - before)
            timing += f", about {pace * (self.chunks - self.read):.0f} s left"
        return " · ".join([*parts, timing])
