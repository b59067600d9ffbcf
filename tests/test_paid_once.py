"""Paid once: a process killed at any moment, then run again, sends no finished call again and gives the same answer.

The process is real, so is the kill. The server counts; the chain is read one call at a time, so that at most one call
is under way when the process dies.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simserver import SimServer

QUESTIONS = 3
KILLS = 10
"""For each question: thirty in all."""


def command(folder: Path, question: str, library: str, url: str) -> list[str]:
    return [
        *(sys.executable, "-m", "clew.cli.main", "ask", question, str(folder / "book.txt")),
        *("--strategy", "chain", "--window", "2600", "--library", str(folder / library), "--json"),
        *("--base-url", url, "--model", "sim"),
    ]


def finish(arguments: list[str]) -> dict[str, Any]:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def kill(arguments: list[str], server: SimServer, draw: random.Random) -> None:
    """Kills the process a moment after a few of its calls, or, now and then, at any time of its start."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if draw.random() < 0.2:
        time.sleep(draw.uniform(0.05, 1.0))
    else:
        goal = len(bodies(server)) + draw.randint(1, 4)
        while len(bodies(server)) < goal and process.poll() is None:
            time.sleep(0.002)
        time.sleep(draw.uniform(0, 0.08))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def bodies(server: SimServer) -> list[bytes]:
    """Every chat request so far, in order."""
    return [request["body"] for request in server.requests if request["path"].endswith("/completions")]


def test_thirty_kills(tmp_path: Path, serve: Callable[..., SimServer]) -> None:
    draw = random.Random(20)
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(1500)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))
    server = serve(decode=1500.0)
    for at in range(QUESTIONS):
        question = f"How many lines did Martha Venn write about the {100 + at}th ship?"
        whole = finish(command(tmp_path, question, f"whole{at}", server.url))
        before = len(bodies(server))
        arguments = command(tmp_path, question, f"killed{at}", server.url)
        ends = []
        for _ in range(KILLS):
            kill(arguments, server, draw)
            time.sleep(0.1)  # What was under way has reached the server by now.
            ends.append(len(bodies(server)) - before)
        resumed = finish(arguments)
        sent = bodies(server)[before:]
        under_way = {end - 1 for end in ends}  # The last request before a kill may not have been finished.
        for end in ends:
            finished = {body for at, body in enumerate(sent[:end]) if at not in under_way}
            assert not finished & set(sent[end:]), "a finished call was sent again"
        assert resumed["usage"]["replayed"] + resumed["usage"]["calls"] == whole["usage"]["calls"]
        assert len(sent) <= whole["usage"]["calls"] + KILLS
        for field in ("answer", "status", "citations", "evidence", "coverage"):
            assert resumed[field] == whole[field]
        assert len(whole["citations"]) >= 1
        assert len(set(ends)) > KILLS // 2, "too few kills came between calls"
