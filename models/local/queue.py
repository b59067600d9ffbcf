"""Calls that wait for the model of this process, and the one thread that runs it, many of them at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from ...core.errors import ClewError, ModelError

GATHERING = 0.01
"""Seconds after a first call in which others that were made together with it may join its batch."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What the model wrote for one job."""

    tokens: tuple[int, ...]
    """Without the token that ended it."""
    finish: str
    """`stop`, or `length` where it was cut off."""
    spent: int
    """Tokens written, with the one that ended it."""
    cached: int
    """Tokens of the prompt that had been read before."""


@dataclass(eq=False)
class Job:
    """A call on its way through the model."""

    tokens: list[int]
    """The prompt."""
    schema: dict[str, Any]
    max_tokens: int
    temperature: float = 0.0
    sample: int = 0
    future: Future[Generated] = field(default_factory=Future)

    @property
    def gone(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.future.cancelled()


class Queue:
    """Runs jobs in batches, in a thread of its own.

    Args:
        run: gives what is generated for each of some jobs; raises MemoryError where they are too many at once.
        choose: from the waiting jobs, the oldest first, those of the next batch; at most as many as it is told.
        most: jobs in one batch. After a MemoryError it is halved for good, and the batch is run in halves.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Job]], Sequence[Generated]],
        choose: Callable[[Sequence[Job], int], Sequence[Job]],
        most: int,
    ) -> None:
        self._run = run
        self._choose = choose
        self.most = most
        self._waiting: list[Job] = []
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="clew-local", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Generated]:
        """What will be generated. Cancelling it takes the job out, also of a batch that is under way."""
        with self._changed:
            if self._closed:
                raise ModelError("the model has been closed", "open it again")
            self._waiting.append(job)
            self._changed.notify()
        return job.future

    def close(self) -> None:
        """Gives up what waits or is under way, and ends the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while (batch := self._next()) is not None:
            self._try(batch)
        for job in self._waiting:
            job.future.cancel()

    def _next(self) -> Sequence[Job] | None:
        """The next batch; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
        if self._closed:
            return None
        time.sleep(GATHERING)
        with self._changed:
            waiting = [job for job in self._waiting if not job.gone]
            batch = self._choose(waiting, self.most) if waiting else []
            self._waiting = [job for job in waiting if job not in batch]
        return batch

    def _try(self, batch: Sequence[Job]) -> None:
        """Runs a batch, in ever smaller parts where it is too large."""
        jobs = [job for job in batch if not job.gone]
        if not jobs:
            return
        try:
            for job, generated in zip(jobs, self._run(jobs), strict=True):
                if job.future.set_running_or_notify_cancel():
                    job.future.set_result(generated)
            return
        except MemoryError as error:
            if len(jobs) == 1:
                _fail(jobs, ModelError(str(error), "a smaller --window makes shorter prompts; or use a smaller model"))
                return
        except ClewError as error:
            _fail(jobs, error)
            return
        except Exception as error:  # Of many classes: whatever it is, these calls get no reply, and others may.
            said = " ".join(str(error).split())[:300]
            _fail(jobs, ModelError(f"the model of this process failed: {type(error).__name__}: {said}"))
            return
        # Outside of the handler, so that the error no longer holds on to the memory of what failed.
        half = len(jobs) // 2
        self.most = min(self.most, half)
        self._try(jobs[:half])
        self._try(jobs[half:])


def _fail(jobs: Sequence[Job], error: ClewError) -> None:
    for job in jobs:
        if job.future.set_running_or_notify_cancel():
            job.future.set_exception(error)
