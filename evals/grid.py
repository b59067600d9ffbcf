"""Many questions, many ways of reading, many simulated readers: run side by side, on every processor there is.

Every way is given the same texts, questions, profiles and seeds, so that differences between ways are paired.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from ..app.clew import Clew
from ..core.seams import ChatModel
from ..models.extractive.model import Extractive
from .haystack import Haystack
from .simulated import Profile, Simulated
from .trial import Trial, Watched, attempt


@dataclass(frozen=True, slots=True)
class Reader:
    """A model to be: simulated with a profile, or `extractive` without one."""

    label: str
    """What its profile is called."""
    profile: Profile | None
    seed: int = 0
    window: int = 8192

    def model(self, haystack: Haystack) -> ChatModel:
        """The reader of a text; a simulated one knows the text's questions."""
        if self.profile is None:
            return Extractive()
        puzzles = [case.puzzle for case in haystack.cases]
        return Simulated(self.label, self.profile, puzzles, plants=haystack.plants, seed=self.seed, window=self.window)


@dataclass(frozen=True, slots=True)
class Row:
    """One trial, and what it was a trial of."""

    dataset: str
    tokens: int
    order: str
    kind: str
    reader: str
    """The profile's label."""
    window: int
    seed: int
    way: str
    unit: str
    """What is drawn again by the bootstrap: a question, or a document where there are too few documents."""
    trial: Trial


@dataclass(frozen=True)
class Job:
    """A text, who reads it, and how."""

    haystack: Haystack
    readers: tuple[Reader, ...]
    ways: tuple[str, ...]

    @property
    def size(self) -> int:
        """Trials."""
        return len(self.haystack.cases) * len(self.readers) * len(self.ways)


def run(jobs: Sequence[Job], tell: Callable[[int, int], None] | None = None) -> list[Row]:
    """The trials of all jobs, in their order.

    Args:
        tell: is told how many trials are done, of how many.
    """
    # One thread of linear algebra in each process: two would get in each other's way.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    rows: list[Row] = []
    total = sum(job.size for job in jobs)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done in pool.map(trials, jobs):
            rows += done
            if tell:
                tell(len(rows), total)
    return rows


def trials(job: Job) -> list[Row]:
    """All trials of one job. The text is read and indexed once; each reader has its own journal."""
    with tempfile.TemporaryDirectory(prefix="clew-eval-") as folder:
        path = Path(folder) / job.haystack.name
        path.write_text(job.haystack.text, encoding="utf-8", newline="")
        return [row for reader in job.readers for row in _read(job, reader, path)]


def _read(job: Job, reader: Reader, path: Path) -> Iterator[Row]:
    stack = job.haystack
    model = Watched(reader.model(stack))
    with Clew(model, library=path.parent / "library") as clew:
        shelf = clew.open(path)
        for way in job.ways:
            for case in stack.cases:
                trial = clew.run(attempt(clew, model, shelf, way, case, stack.plants))
                yield Row(
                    case.dataset,
                    stack.tokens,
                    stack.order,
                    stack.kind,
                    reader.label,
                    reader.window,
                    reader.seed,
                    way,
                    case.unit or case.id,
                    trial,
                )


def jobs(stacks: Iterable[Haystack], readers: Sequence[Reader], ways: Sequence[str]) -> list[Job]:
    """A job for every text."""
    return [Job(stack, tuple(readers), tuple(ways)) for stack in stacks]
