"""A long run at a server that fails in every way there is: whether it ends as it would have, and what that took.

    python benchmarks/faults.py [--rate 0.1] [--questions 4] [--length 45] [--seconds 2] [--seed 0]

A simulation: the server has no model (it matches words). Each way of asking is done twice, at a server without faults
and at one where a tenth of all requests fails, all kinds alike; there a tenth of all look-ups of its name fails too,
and halfway nobody listens for three seconds. The text is the beginning of Moby-Dick from examples/.

    calm, sent   requests of the run without faults, and of the one with them
    repeated     those that were sent before, word for word
    paid         replies that the server worked on beyond those of the calm run
    given up     calls that failed all their tries, and were done once more in the end
    failed       chunks that were not read even so
    left         tasks, and connections at the server, when all was closed
    differs      what of text, status, citations, evidence and coverage is not as in the calm run
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from clew import Clew
from clew.app import Options
from clew.core.results import Answer
from clew.core.serialize import answer_from_dict
from clew.evals.needles import novel
from clew.jobs.batch import work
from clew.jobs.out import Out
from clew.jobs.rows import rows

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from flakyloop import FlakyLoop
from simfaults import BAD_REPLY, FAULTS
from simserver import SimServer

WINDOW, TRIES, QUOTA = 3000, 3, 10
QUESTIONS = [
    "What is the name of Queequeg's native island?",
    "Where does Father Mapple preach?",
    "Who is the landlord of the Spouter-Inn?",
    "What does Ahab's leg consist of?",
    "Which ship does Ishmael sign on to?",
    "Who warns Ishmael about Captain Ahab?",
]
SAME = ("text", "status", "citations", "evidence", "coverage")
Way = Callable[[Clew, Path, int], Awaitable[list[Answer]]]


async def sweep(clew: Clew, book: Path, questions: int) -> list[Answer]:
    """Everything read in parallel, one question after the other."""
    return [await clew.open(book).aask(question, strategy="sweep") for question in QUESTIONS[: questions // 2]]


async def chain(clew: Clew, book: Path, questions: int) -> list[Answer]:
    """Everything read in order."""
    return [await clew.open(book).aask(QUESTIONS[0], strategy="chain")]


async def each(clew: Clew, book: Path, questions: int) -> list[Answer]:
    """Questions side by side, looked up and read as far as it takes."""
    return await clew.open(book).aask_each(QUESTIONS[:questions])


async def batch(clew: Clew, book: Path, questions: int) -> list[Answer]:
    """Questions as rows of a job, a chain each."""
    asked = [{"id": n, "question": q, "documents": [str(book)]} for n, q in enumerate(QUESTIONS[:questions])]
    path = clew.library.folder / "answers.jsonl"
    out = Out(path)
    options = Options(strategy="chain")
    budget = await clew.bring(clew.engine.budget(options, answers=questions))
    await clew.bring(work(clew, list(rows(map(json.dumps, asked))), out, options, budget, lambda job: None))
    out.close()
    said = sorted(map(json.loads, path.read_text(encoding="utf-8").splitlines()), key=lambda row: int(row["id"]))
    return [answer_from_dict(row) for row in said]


WAYS: dict[str, Way] = {"sweep": sweep, "chain": chain, "ask_each": each, "batch": batch}


def asked(way: Way, book: Path, folder: Path, server: SimServer, options: argparse.Namespace, rate: float) -> Run:
    """One way of asking, at a server, with look-ups that fail at `rate`."""
    with asyncio.Runner(loop_factory=FlakyLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, FlakyLoop)
        loop.rate = rate
        began = time.monotonic()
        answers = runner.run(_asked(way, book, folder, server, options))
        took = time.monotonic() - began
        time.sleep(0.2)  # Who hung up has been heard by now.
        left = len(asyncio.all_tasks(loop)) + server.connections
        return Run(answers, server, loop.unresolved, took, left)


async def _asked(way: Way, book: Path, folder: Path, server: SimServer, options: argparse.Namespace) -> list[Answer]:
    url = server.url.replace("127.0.0.1", "localhost")
    clew = Clew(f"{url}#sim", library=folder, call_seconds=options.seconds)
    try:
        return await way(clew, book, options.questions)
    finally:
        await asyncio.to_thread(clew.close)


@dataclass(frozen=True)
class Run:
    """What came of a way of asking, and what the server saw of it."""

    answers: list[Answer]
    server: SimServer
    unresolved: int
    seconds: float
    left: int

    @property
    def sent(self) -> int:
        return self.server.counts["requests"]

    @property
    def worked_on(self) -> int:
        return self.server.counts["replies"]

    @property
    def repeated(self) -> int:
        asked = [request["body"] for request in self.server.requests if request["path"].endswith("/completions")]
        return len(asked) - len(set(asked))

    @property
    def faults(self) -> Counter[str]:
        met = {kind: self.server.counts[f"fault:{kind}"] for kind in FAULTS}
        return Counter({**met, "no address": self.unresolved})

    @property
    def given_up(self) -> int:
        """Calls that failed all their tries: each was done once more in the end."""
        tries = Counter(
            request["body"]
            for request in self.server.requests
            if request["fault"] not in ("429", "429-bare", *BAD_REPLY)
        )
        return sum(count > TRIES for count in tries.values())


def compared(name: str, calm: Run, rough: Run) -> None:
    """A line of the table: what it took, and what differs."""
    failed = sum(answer.coverage.failed for answer in rough.answers)
    print(
        f"{name:10}{calm.sent:6,}{rough.sent:6,}{sum(rough.faults.values()):8,}{rough.repeated:10,}"
        f"{rough.worked_on - calm.worked_on:6,}{rough.given_up:10}{failed:8}{rough.left:6}"
        f"{calm.seconds:6.0f} s{rough.seconds:5.0f} s  " + (", ".join(different(calm, rough)) or "nothing"),
        flush=True,
    )


def limited(book: Path, folder: Path, options: argparse.Namespace) -> None:
    """A line about a server that answers so many requests and no more until it has time again."""
    with SimServer(window=WINDOW, quota=QUOTA, quota_seconds=1.0) as server:
        run = asked(sweep, book, folder / "quota", server, options, 0.0)
    refused = server.counts["status:429"]
    print(f"\nsweep where {QUOTA} requests are answered each second: {run.worked_on:,} answered, {refused:,} refused")


def different(calm: Run, rough: Run) -> list[str]:
    """What of the answers is not as it was in calm weather."""
    pairs = list(zip(calm.answers, rough.answers, strict=True))
    return [name for name in SAME if any(getattr(one, name) != getattr(other, name) for one, other in pairs)]


def beginning(folder: Path, length: int) -> Path:
    """The first `length` times ten thousand signs of the book, to the end of a line."""
    text = novel()
    path = folder / "moby-dick.txt"
    path.write_text(text[: text.index("\n", 10_000 * length)], encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rate", type=float, default=0.1, help="share of requests that fail")
    parser.add_argument("--questions", type=int, default=4, help=f"of {len(QUESTIONS)}")
    parser.add_argument("--length", type=int, default=45, help="ten thousands of signs of text")
    parser.add_argument("--seconds", type=float, default=2.0, help="deadline of a call")
    parser.add_argument("--seed", type=int, default=0, help="which requests fail, and how")
    options = parser.parse_args()
    print("simulation: a server without a model; see the head of benchmarks/faults.py\n")
    print("way         calm  sent  faults  repeated  paid  given up  failed  left    calm  rough  differs")
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        book = beginning(Path(name), options.length)
        for at, (title, way) in enumerate(WAYS.items()):
            with SimServer(window=WINDOW) as server:
                calm = asked(way, book, Path(name) / f"{title}-calm", server, options, 0.0)
            trouble = {"rate": options.rate, "kinds": FAULTS, "seed": 10 * options.seed + at, "retry_after": 0.2}
            with SimServer(window=WINDOW, outage=3.0, outage_at=calm.sent // 2, **trouble) as server:
                rough = asked(way, book, Path(name) / f"{title}-rough", server, options, options.rate)
            compared(title, calm, rough)
            met += rough.faults
        limited(book, Path(name), options)
    print("\nfaults met: " + ", ".join(f"{kind} {count}" for kind, count in met.items()))


if __name__ == "__main__":
    main()
