"""Kills commands at random moments, runs them again, and counts: finished calls sent again, answers that changed.

    python kills.py [KILLS] [SEED]

Each kind of command (ask in order, ask in parallel, summarize, batch, index) is first run undisturbed, then killed over
and over with SIGKILL, each time a random moment after its start or after its last call, and then left to finish. The
server is the simulated one of the tests. Calls in flight at a kill, eight at most, may be sent once more; what is sent
again beside those had been finished.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from simserver import SimServer

IN_FLIGHT = 8
"""Calls that are in flight at most when a process dies."""
QUESTION = "How many lines did Martha Venn write about the 77th ship?"


def commands(folder: Path, server: SimServer, library: str) -> dict[str, list[str]]:
    """Command lines by name; all of them keep their library in `library`."""
    book = str(folder / "book.txt")
    models = ["--base-url", server.url, "--model", "sim"]
    place = ["--library", str(folder / library)]
    return {
        "chain": ["ask", QUESTION, book, "--strategy", "chain", "--json", *models, *place],
        "sweep": ["ask", QUESTION, book, "--strategy", "sweep", "--json", *models, *place],
        "summarize": ["summarize", book, "--json", *models, *place],
        "batch": ["batch", str(folder / "questions.jsonl"), "--out", str(folder / f"{library}.jsonl"), *models, *place],
        "index": ["index", book, "--json", *place],
    }


def prepare(folder: Path) -> None:
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(600)]
    (folder / "book.txt").write_text("\n\n".join(lines))
    rows = [
        {"id": n, "question": f"What was written about the {n}th ship?", "documents": [str(folder / "book.txt")]}
        for n in (31, 62, 93)
    ]
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def start(arguments: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "clew.cli.main", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def bodies(server: SimServer) -> list[bytes]:
    return [request["body"] for request in server.requests if request["path"].endswith("/completions")]


def killed(arguments: list[str], draw: random.Random, longest: float) -> bool:
    """Runs the command and kills it: whether it was still alive then."""
    process = start(arguments)
    try:
        process.wait(timeout=draw.uniform(0.2, longest))
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        time.sleep(0.1)  # What was under way has reached the server by now.
        return True
    process.communicate()
    return False


def answer(output: str) -> object:
    """What must not change: everything but what it took and which run it was."""
    data = json.loads(output or "{}")
    return {k: v for k, v in data.items() if k not in ("usage", "run", "notices", "date")}


def torment(name: str, folder: Path, kills: int, draw: random.Random) -> Counter[str]:
    """Kills one kind of command `kills` times, over as many libraries as it takes for it not to finish before."""
    told: Counter[str] = Counter()
    with SimServer(window=2600, decode=1500.0) as server:
        began = time.monotonic()
        process = start(commands(folder, server, f"whole-{name}")[name])
        whole = answer(process.communicate()[0])
        longest = time.monotonic() - began
        calls = len(bodies(server))
        round_ = 0
        while told["kills"] < kills:
            round_ += 1
            library = f"{name}-{round_}"
            arguments = commands(folder, server, library)[name]
            before = len(bodies(server))
            in_flight = 0
            alive = True
            while alive and told["kills"] < kills:
                alive = killed(arguments, draw, longest)
                told["kills"] += alive
                in_flight += IN_FLIGHT if alive and len(bodies(server)) > before else 0
            process = start(arguments)
            output = process.communicate()[0]
            told["changed"] += answer(output) != whole
            again = len(bodies(server)) - before - calls
            told["sent again, though in flight at most"] += max(0, again)
            told["sent again, more than were in flight"] += max(0, again - in_flight)
            verify = subprocess.run(
                [sys.executable, "-m", "clew.cli.main", "library", "verify", "--library", str(folder / library)],
                capture_output=True,
                check=False,
            )
            told["damaged libraries"] += verify.returncode != 0
            told["libraries"] += 1
    return told


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20)
    names = ("chain", "sweep", "summarize", "batch", "index")
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        for name in names:
            told = torment(name, Path(folder), kills // len(names), draw)
            print(name, ", ".join(f"{what} {count}" for what, count in sorted(told.items())), flush=True)


if __name__ == "__main__":
    main()
