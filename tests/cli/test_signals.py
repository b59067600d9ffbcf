"""A person who changes their mind: Ctrl-C, a closed pipe, and the progress line of a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from clew.cli.progress import Progress
from simserver import SimServer


@pytest.fixture
def server(serve: Callable[..., SimServer]) -> SimServer:
    return serve(decode=10.0)


@pytest.fixture
def slow(tmp_path: Path, server: SimServer) -> list[str]:
    """A command that takes long: a server of ten tokens a second."""
    (tmp_path / "book.txt").write_text("\n\n".join(f"Day {n} was a day like any other day." for n in range(900)))
    return [
        *(sys.executable, "-m", "clew.cli.main", "ask", "What was day 7 like?", str(tmp_path / "book.txt")),
        *("--strategy", "chain", "--library", str(tmp_path / "library"), "--base-url", server.url, "--model", "sim"),
    ]


def begun(command: list[str], server: SimServer, requests: int) -> subprocess.Popen[str]:
    """The command, when its server has so many chat requests."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while server.counts["requests"] < requests and process.poll() is None:
        time.sleep(0.02)
    return process


def test_ctrl_c_finishes_what_is_in_flight_and_says_how_to_go_on(slow: list[str], server: SimServer) -> None:
    process = begun(slow, server, 3)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "finishing 1 call in flight; Ctrl-C again ends at once" in errors
    assert "the same command goes on" in out
    assert "Traceback" not in errors
    sent = server.counts["requests"]
    assert server.counts["replies"] == sent == 3
    server.be.decode = None
    done = subprocess.run([*slow, "--json"], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["usage"]["replayed"] == sent


def test_ctrl_c_twice_ends_at_once(slow: list[str], server: SimServer) -> None:
    server.be.script = ["ok", "hang"]
    process = begun(slow, server, 2)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "the same command goes on" in errors
    assert "Traceback" not in errors
    assert out == ""


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("A line of text that is written to a reader who has gone.\n" * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "clew.cli.main", "text", str(tmp_path / "long.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    os.read(process.stdout.fileno(), 10)
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=20) == 141
    assert errors == ""


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_line_says_what_is_waited_for() -> None:
    progress = Progress(StringIO())
    progress.progress("reading", 0, 212)
    progress.progress("reading", 40, 212)
    progress.flight("reader", 8)
    assert progress.line().startswith("reading 40 of 212 · 8 calls in flight · ")
    assert "left" in progress.line()
    progress._news -= 41
    assert "8 calls in flight, nothing back from reader for 41 s · " in progress.line()


def test_slow_calls_are_named_but_not_all_of_them() -> None:
    progress = Progress(StringIO())
    for n in range(20):
        progress.took(f"part {n}", 30.0 + 10 * n)
    assert progress.notices == [f"part {n} took {30 + 10 * n} s" for n in range(3, 8)]


def test_without_a_terminal_only_notices_appear() -> None:
    stream = StringIO()
    with Progress(stream) as progress:
        progress.progress("reading", 1, 2)
        time.sleep(0.5)
        progress.notice("a page has no text")
        progress.notice("a page has no text")
    assert stream.getvalue() == "clew: a page has no text\n"


def test_a_terminal_shows_the_line_and_is_left_clean() -> None:
    stream = Terminal()
    with Progress(stream) as progress:
        progress.progress("reading", 1, 2)
        time.sleep(0.5)
    assert "reading 1 of 2" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_no_reason_to_fail(closed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text of one line.")
    command = f"exec {sys.executable} -m clew.cli.main text {tmp_path / 'a.txt'} {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
