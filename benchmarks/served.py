"""What reading takes on a served model: calls, tokens, time and how busy the server is, by strategy and length.

    python benchmarks/served.py [--quick]

A simulation: the server has no model (it matches words), and its clock jumps. It reads 8,000 prompt tokens a second,
all requests together, writes 60 tokens a second for each of 32 requests at once, and keeps the last 262,144 tokens of
prompts in blocks of 16. Prompts, graph, budget, journal and order of calls are the real ones. The bound is the time in
which every printed chunk can be read once. The text is Moby-Dick from examples/, its repetitions told apart.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clew import Clew
from clew.core.types import Call, Reply, Usage
from clew.evals.needles import novel

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from simcache import BLOCK, PrefixCache
from simreplies import as_text, reply, tokenize
from virtual import VirtualLoop

WINDOW, READS, WRITES, SEQUENCES, KEPT = 8192, 8000, 60, 32, 262_144
QUESTIONS = [
    "What is the name of Queequeg's native island?",
    "Who is the captain of the Rachel?",
    "What is nailed to the mast as a reward?",
    "What does Ahab's leg consist of?",
    "Who is the harpooneer of Stubb?",
    "Which ship does Captain Boomer command?",
    "What becomes of Pip after he leaps from the boat?",
    "What does Queequeg's coffin serve as in the end?",
    "Where does Father Mapple preach?",
    "Who survives the wreck of the Pequod?",
]


@dataclass
class Served:
    """The simulated server, as a chat model in this process."""

    name: str = "served"
    window: int = WINDOW
    calls: int = 0
    prompt: int = 0
    cached: int = 0
    completion: int = 0
    reading: float = 0.0
    """Seconds in which the server read prompts."""
    _cache: PrefixCache = field(default_factory=lambda: PrefixCache(KEPT // BLOCK))
    _reader: asyncio.Lock = field(default_factory=asyncio.Lock)
    _sequences: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SEQUENCES))

    def count(self, text: str) -> int:
        return len(tokenize(text))

    async def complete(self, call: Call) -> Reply:
        messages = [{"role": m.role, "content": m.content} for m in call.messages]
        prompt = [token for m in messages for token in (f"<{m['role']}>", *tokenize(m["content"]))]
        assert len(prompt) + call.max_tokens <= self.window, "a prompt over the window"
        async with self._sequences:
            async with self._reader:
                cached = self._cache.use(prompt)
                seconds = (len(prompt) - cached) / READS
                await asyncio.sleep(seconds)
                self.reading += seconds
            text = as_text(reply(messages, call.schema))
            written = self.count(text)
            await asyncio.sleep(written / WRITES)
        self.calls += 1
        self.prompt += len(prompt)
        self.cached += cached
        self.completion += written
        return Reply(text, Usage(1, 0, len(prompt), cached, written))


def text_of(tokens: int) -> str:
    """So many tokens of text; no chapter stands twice word for word."""
    book = novel()
    copies = "\n\n".join(f"VOLUME {n}\n\n" + book.replace("Ahab", f"Ahab{n}" if n else "Ahab") for n in range(4))
    share = tokens / len(tokenize(copies))
    return copies[: int(share * len(copies))]


def measure(path: Path, strategy: str, questions: int) -> None:
    """One line of the table."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(_measure(path, strategy, questions, runner.get_loop()))


async def _measure(path: Path, strategy: str, questions: int, loop: asyncio.AbstractEventLoop) -> None:
    served = Served()
    with tempfile.TemporaryDirectory() as folder, Clew(served, library=folder, concurrency=SEQUENCES) as clew:
        shelf = clew.open(path)
        clew.prepare(shelf)
        begun = loop.time()
        answers = await shelf.aask_each(QUESTIONS[:questions], strategy=strategy)
        took = loop.time() - begun
    bound = printed_tokens(shelf, served) / READS
    cached, written = served.cached / served.prompt, served.completion / served.calls
    failed = sum(answer.coverage.failed for answer in answers)
    print(
        f"{strategy:9}{questions:4}{served.calls:7}{served.prompt:12,}{cached:8.0%}{written:8.0f}"
        f"{took:9.1f}{served.reading / took:7.0%}{took / bound:9.2f}{failed:8}",
        flush=True,
    )


def printed_tokens(shelf: Any, served: Served) -> int:
    """Tokens of the document with its sentence numbers, as chunks print it."""
    total = 0
    for book in shelf.books.values():
        for passage in map(book.passage, range(len(book))):
            total += served.count(book.text(passage.span)) + len(book.sentences_in(passage.span))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="only the shorter text")
    options = parser.parse_args()
    print("simulation: a server without a model, its clock jumps; see the head of benchmarks/served.py")
    with tempfile.TemporaryDirectory() as folder:
        for tokens in (130_000,) if options.quick else (130_000, 500_000):
            path = Path(folder) / f"{tokens}.txt"
            path.write_text(text_of(tokens), encoding="utf-8")
            print(f"\n{tokens:,} tokens of text")
            print("strategy   qu.  calls      prompt  cached  compl.  seconds   busy  × bound  failed")
            for strategy in ("retrieve", "auto", "graph", "sweep", "chain", "memory"):
                for questions in (1, 10):
                    measure(path, strategy, questions)


if __name__ == "__main__":
    main()
