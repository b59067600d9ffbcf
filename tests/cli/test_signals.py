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
from clew.core.trace import Stage
from clew.core.types import Usage
from clew.models.meter import Budget
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


def test_without_anybody_to_notify_the_answer_comes_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "crew.txt").write_text("The captain of the ship was Martha Venn.")
    words = ["ask", "Who was the captain of the ship?", str(tmp_path / "crew.txt"), "--keep", "none"]
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w") as nobody:
        command = [sys.executable, "-m", "clew.cli.main", *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=nobody, text=True, check=False)
    assert "Martha Venn" in done.stdout
    assert done.returncode == 0


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_line_says_what_is_waited_for() -> None:
    progress = Progress(StringIO())
    progress.enter("a run", Stage("reading", 0, 212))
    for _ in range(40):
        progress.step("a run")
    progress.flight("http://localhost:8000/v1#qwen", 8)
    assert progress.line().startswith("reading 40 of 212 · 8 calls in flight · ")
    assert "left" not in progress.line(), "nobody knows after so short a time"
    progress._phase_begun = (progress._phase_begun[0] - 40, 0.0)
    assert progress.line().endswith("about 3 min left")
    progress._news -= 41
    assert "reading 40 of 212 · 8 calls at qwen, nothing back for 41 s · " in progress.line()


def test_a_narrow_line_leaves_out_what_matters_least() -> None:
    progress = Progress(StringIO())
    progress.enter("a run", Stage("reading", share=0.34))
    progress.flight("qwen", 8)
    assert progress.line(60) == "reading, 34 % of the text · 8 calls in flight · 0 s"
    assert progress.line(40) == "reading, 34 % of the text · 0 s"
    progress._news -= 41
    assert progress.line(70) == "reading, 34 % of the text · 8 calls at qwen, nothing back for 41 s"
    assert progress.line(40) == "reading, 34 % of the text"
    assert progress.line(7) == "reading"


def test_what_is_done_never_exceeds_what_there_is() -> None:
    progress = Progress(StringIO())
    assert progress.line().startswith("starting")
    progress.enter("one", Stage("reading", 0, 3))
    for _ in range(9):
        progress.step("one")
    assert progress.line().startswith("reading 3 of 3")
    progress.enter("two", Stage("answering", 0, 1))
    assert progress.line().startswith("reading and answering 3 of 4")
    progress.leave("one")
    progress.leave("two")
    assert progress.line().startswith("finishing")


def test_a_batch_is_counted_in_questions() -> None:
    progress = Progress(StringIO())
    progress.enter("one", Stage("reading", 2, 3))
    progress.rows(5, 100)
    assert progress.line().startswith("5 of 100 questions · reading 2 of 3 · ")
    progress._phase_begun = (progress._phase_begun[0] - 10, 0.04)
    assert progress.line().endswith("about 16 min left")


def test_a_batch_tells_what_failed_and_what_it_takes() -> None:
    progress, budget = Progress(StringIO()), Budget()
    progress.spending(budget)
    progress.rows(5, 100)
    assert progress.line().startswith("5 of 100 questions · starting · 0 s"), "nothing was taken, nothing failed"
    budget.settle(0, Usage(prompt_tokens=1_204_000, completion_tokens=96))
    progress.rows(6, 100, 2)
    assert progress.line().startswith("6 of 100 questions, 2 failed · starting · 1,204,096 tokens · 0 s")
    budget.settle(0, Usage(prompt_tokens=1, cost=0.32))
    assert ", 0.32 USD" not in progress.line(), "the price of the other tokens is not known"


def test_a_batch_tells_money_where_prices_are_known() -> None:
    progress, budget = Progress(StringIO()), Budget()
    progress.spending(budget)
    budget.settle(0, Usage(prompt_tokens=1_204_000, cost=0.321))
    assert "1,204,000 tokens, 0.32 USD" in progress.line()
    assert "tokens" not in progress.line(30), "on a narrow terminal it is left out first"


def test_a_log_file_has_a_line_now_and_then() -> None:
    stream = StringIO()
    with Progress(stream, every=0.05) as progress:
        progress.enter("one", Stage("reading", 2, 3))
        progress.rows(5, 100, 2)
        while stream.getvalue().count("\n") < 2:
            time.sleep(0.01)
    assert set(stream.getvalue().splitlines()) <= {
        f"clew: {rows}reading 2 of 3 · 0 s" for rows in ("", "5 of 100 questions, 2 failed · ")
    }, "whole lines, and nothing that only a terminal obeys"


def test_the_slowest_replies_are_named_at_the_end() -> None:
    stream = StringIO()
    with Progress(stream) as progress:
        for n in range(20):
            progress.took(f"part {n}", 30.0 + 10 * n)
        assert not stream.getvalue()
    assert stream.getvalue() == "".join(f"clew: slow: part {n} took {30 + 10 * n} s\n" for n in range(19, 14, -1))


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


class Closed(StringIO):
    """A pipe that nobody reads any more."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_notices_that_nobody_reads_end_nothing() -> None:
    progress = Progress(Closed())
    progress.notice("something")
    assert progress.notices == ["something"]


def test_of_many_runs_each_keeps_its_notices_to_its_answer() -> None:
    few, many = StringIO(), StringIO()
    for stream, progress in ((few, Progress(few)), (many, Progress(many, many=True))):
        notices: list[str] = []
        progress.notice("of all")
        progress.run_notice("of one", notices)
        progress.run_notice("of one", notices)
        assert (progress.notices, notices) == (["of all"], ["of one"]), stream
    assert (few.getvalue(), many.getvalue()) == ("clew: of all\nclew: of one\n", "clew: of all\n")


def test_ctrl_c_waits_for_no_thread_that_indexes(tmp_path: Path, serve: Callable[..., SimServer]) -> None:
    server = serve(script=["hang"])
    (tmp_path / "book.txt").write_text("\n\n".join(f"Day {n} was a day like any other day." for n in range(900)))
    words = ["ask", "What was day 7 like?", str(tmp_path / "book.txt"), "--strategy", "retrieve"]
    command = [sys.executable, "-m", "clew.cli.main", *words, "--embedder", f"{server.url}#sim"]
    process = begun([*command, "--library", str(tmp_path / "library")], server, 1)
    process.send_signal(signal.SIGINT)
    try:
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "interrupted" in errors
