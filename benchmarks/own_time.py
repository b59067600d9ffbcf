"""Clew's own time for a model call: fitting, wrappers and HTTP client, against the simulated server in another process.

    python benchmarks/own_time.py [--calls 640] [--in-flight 32] [--tokens 2000]

Prints milliseconds of this process's processor time per call (printing and counting the prompt, journal key, budget,
validation, SDK), the figure that is to stay under 2.5 where nothing else runs, and wall time per call, which holds the
server's work too.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Sequence
from pathlib import Path

from clew.agents.fit import call, divide, fitted
from clew.core.seams import ChatModel
from clew.core.types import Need, Reply
from clew.models.choose import build, parse_model, release
from clew.models.deadline import Deadline
from clew.models.journal import Journal
from clew.models.limiter import Limiter
from clew.models.meter import Budget, Meter
from clew.models.validated import Validated
from clew.prompts import Excerpt, Excerpts, Line, Memory, Needs, Read

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.append(str(TESTS))
from replies import Replies  # noqa: E402

SERVER = TESTS / "simserver.py"
SENTENCE = "The keeper of the lighthouse wrote down the weather, the ships and the oil that was burned."
QUESTION = "How much oil was burned?"


def reading(number: int, sentences: int) -> Read:
    """A reader's prompt; each number has another text."""
    lines = tuple(Line(n, f"{SENTENCE} Day {number}.") for n in range(1, sentences + 1))
    return Read(Excerpts((Excerpt("log", lines),)), Memory(), QUESTION, Needs((Need(1, QUESTION),)))


async def ask(model: ChatModel, prompts: Sequence[Read]) -> None:
    """Sends prompts as agents do: fitted, then as calls, all of them at once."""
    room = divide(model)

    def sent(prompt: Read) -> Awaitable[Reply]:
        return model.complete(call(model, room, "reader", fitted(model, room, lambda k: prompt, 0)))

    await asyncio.gather(*map(sent, prompts))


async def measure(url: str, calls: int, in_flight: int, tokens: int, max_tokens: int | None) -> None:
    base = await build(parse_model(f"{url}#sim"))
    budget = Budget(max_calls=10 * calls, max_tokens=max_tokens, max_seconds=3600)
    limiter = Limiter(Meter(base, budget), places=in_flight)
    model = Journal(Validated(Deadline(limiter, budget)), Replies(), "benchmark")
    work = [reading(number, tokens // 25) for number in range(calls + in_flight)]
    await ask(model, work[:in_flight])
    wall, own = time.perf_counter(), time.process_time()
    await ask(model, work[in_flight:])
    own, wall = time.process_time() - own, time.perf_counter() - wall
    await release(base)
    prompt = budget.spent.prompt_tokens // budget.spent.calls
    limit = "with" if max_tokens else "without"
    print(f"{calls} calls of {prompt} prompt tokens, {in_flight} in flight, {limit} a limit on tokens:")
    print(f"  own time {1000 * own / calls:.2f} ms a call, wall time {1000 * wall / calls:.2f} ms a call")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--calls", type=int, default=640)
    parser.add_argument("--in-flight", type=int, default=32)
    parser.add_argument("--tokens", type=int, default=2000, help="about how long a prompt is")
    options = parser.parse_args()
    command = [sys.executable, str(SERVER), "--window", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().strip() if server.stdout else ""
            for limit in (None, 10**9):
                asyncio.run(measure(url, options.calls, options.in_flight, options.tokens, limit))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
