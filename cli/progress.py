"""The progress line on standard error: what is being done, how far, who is waited for.

A terminal has it change in place; a log file, where somebody may look later, has it once a minute.
"""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from ..core.trace import Stage, Trace
from ..core.types import Usage
from ..core.wording import counted, lasting, printable

if TYPE_CHECKING:
    from ..models.meter import Budget

LONG = 5.0
"""Seconds without a reply after which it is said who is waited for."""
EVERY = 0.2
"""Seconds between two drawings on a terminal."""
LOGGED = 60.0
"""Seconds between two lines where there is no terminal: what is over before says nothing there."""
SURE = 5.0
"""Seconds before which it is not guessed how long something is going to take."""


class Progress(Trace):
    """Draws one line that changes in place; notices are printed above it. Without a terminal lines follow each other.

    Args:
        many: whether so many runs go on that what concerns one of them is left to its answer.
        every: seconds between two lines; None is what suits the stream.
    """

    def __init__(self, stream: TextIO | None = None, *, many: bool = False, every: float | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._every = every or (EVERY if self._terminal else LOGGED)
        self._many = many
        self._rows = (0, 0)
        self._failed = 0
        self._budget: Budget | None = None
        self._drawn = False
        self._begun = time.monotonic()
        self._phase: tuple[str, int] | None = None
        self._phase_begun = (self._begun, 0.0)
        """When what is done now began, and how far it was then: what was skipped says nothing of the time left."""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._ran = False
        """Whether a run has begun."""
        self._before: Any = None
        """What an interruption did before."""

    def __enter__(self) -> Progress:
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
        for line in self.slow:
            self._print(f"clew: slow: {printable(line)}\n")

    def _interrupted(self, *signal_and_frame: object) -> None:
        """The first time calls in flight are finished, since they are paid for; the second time it ends at once."""
        if self.stopping or not (self.in_flight or self.stages):
            raise KeyboardInterrupt
        self.stopping = True
        what = f"finishing {self._calls()}" if self.in_flight else "ending with what was found"
        # Not `notice`: its lock may be held by what was interrupted.
        self._print(f"\nclew: {what}; Ctrl-C again ends at once\n")

    def _calls(self) -> str:
        return f"{counted(self.in_flight, 'call')} in flight"

    def on_notice(self, text: str) -> None:
        self._clear()
        self._print(f"clew: {printable(text)}\n")

    def on_run_notice(self, text: str) -> None:
        if not self._many:
            self.on_notice(text)

    def on_change(self) -> None:
        stage = self.stage
        self._ran = self._ran or bool(self.stages)
        if not self._rows[1] and (phase := (stage.doing, stage.total)) != self._phase:
            self._phase, self._phase_begun = phase, (time.monotonic(), stage.fraction or 0.0)

    def rows(self, done: int, total: int, failed: int = 0) -> None:
        """How far a batch is."""
        if not self._rows[1]:
            self._phase_begun = (time.monotonic(), (done - 1) / total)
        self._rows, self._failed = (done, total), failed

    def spending(self, budget: Budget) -> None:
        """What a batch takes is told too."""
        self._budget = budget

    def _tick(self) -> None:
        # A timer, not every change: a line that is drawn a thousand times a second costs more than it tells.
        while not self._stop.wait(self._every):
            if self._terminal:
                self._draw()
            else:
                self._print(f"clew: {printable(self.line())}\n")

    def _draw(self) -> None:
        line = self.line(shutil.get_terminal_size().columns - 1)
        with self._lock:
            self._print("\r\x1b[2K" + printable(line))
            self._drawn = True

    def _clear(self) -> None:
        with self._lock:
            if self._drawn:
                self._print("\r\x1b[2K")
                self._drawn = False

    def _print(self, text: str) -> None:
        # A pipe or terminal that was closed meanwhile ends nobody's reading.
        with suppress(OSError):
            print(text, end="", file=self._stream, flush=True)

    def line(self, width: int = 1000) -> str:
        """The line as it is now: `reading 40 of 212 · 8 calls in flight · 21 s, about 90 s left`.

        Args:
            width: signs there is room for; what matters least is left out first.
        """
        first, waiting = self._doing(), self._waiting()
        last = lasting(time.monotonic() - self._begun) + self._left()
        shorter = [*first, *(waiting if self.waited >= LONG else [last])]
        forms = ([*first, *waiting, *self._spent(), last], [*first, *waiting, last], shorter, first, first[:1])
        lines = [" · ".join(form) for form in forms]
        return next((line for line in lines if len(line) <= width), lines[-1][:width])

    def _doing(self) -> list[str]:
        done, total = self._rows
        stage = Stage("finishing") if self.stopping else self.stage
        doing = stage.doing or ("finishing" if self._ran else "starting")
        if stage.total > 1:
            doing += f" {stage.done:,} of {stage.total:,}"
        elif stage.share:
            doing += f", {100 * stage.share:.0f} % of the text"
        failed = f", {self._failed:,} failed" if self._failed else ""
        return [*([f"{done:,} of {counted(total, 'question')}{failed}"] if total else []), doing]

    def _spent(self) -> list[str]:
        """`1,204,000 tokens, 0.32 USD`: of a batch, what it took so far; money where prices are known."""
        spent = self._budget.spent if self._budget else Usage()
        tokens = spent.prompt_tokens + spent.completion_tokens
        cost = f", {spent.cost:,.2f} USD" if spent.cost else ""
        return [f"{counted(tokens, 'token')}{cost}"] if tokens else []

    def _waiting(self) -> list[str]:
        if self.waited < LONG:
            return [self._calls()] if self.in_flight else []
        names = " and ".join(name.rpartition("#")[2] for name in self.waiting_for)
        return [f"{counted(self.in_flight, 'call')} at {names}, nothing back for {lasting(self.waited)}"]

    def _left(self) -> str:
        """How long it is going to take, as far as its pace tells."""
        done, total = self._rows
        fraction = done / total if total else self.stage.fraction
        begun, before = self._phase_begun
        spent = time.monotonic() - begun
        if fraction is None or not before < fraction < 1 or spent < SURE or self.waited >= LONG or self.stopping:
            return ""
        return f", about {lasting(spent * (1 - fraction) / (fraction - before))} left"
