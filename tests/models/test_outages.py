"""A person who sees only lines is told that a server is waited for, once an outage, and once that it is back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import reading
from clew.cli.main import run
from clew.core.errors import ModelUnavailable
from clew.models.limiter import Limiter, Patience
from clew.models.outages import NOTICED, Outage
from clew.models.scripted import Scripted
from simserver import SimServer

URL = "http://sim/v1"


def failing(busy: bool = False, away: bool = True, retry_after: float | None = None) -> ModelUnavailable:
    return ModelUnavailable(f"cannot reach {URL}", retry_after=retry_after, busy=busy, away=away)


class Weather(Scripted):
    """Raises the given errors, None for a reply."""

    def __init__(self, *script: ModelUnavailable | None) -> None:
        super().__init__(lambda call: "{}")
        self.script = list(script)

    async def complete(self, call):
        if self.script and (error := self.script.pop(0)) is not None:
            raise error
        return await super().complete(call)


def told(*script: ModelUnavailable | None, calls: int = 1) -> list[str]:
    """What is told when so many calls meet `script`, one after the other."""
    lines: list[str] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    async def go() -> None:
        outage = Outage(URL, lines.append, lambda: now)
        limiter = Limiter(Weather(*script), patience=Patience(sleep=sleep, draw=lambda: 1.0, outage=outage))
        for _ in range(calls):
            await limiter.complete(reading())

    asyncio.run(go())
    return lines


def test_an_outage_is_told_once_and_its_end_once() -> None:
    lines = told(*[failing()] * 6, calls=1)
    assert lines == [f"cannot reach {URL}: trying again, each call for up to 58 s", f"{URL} answers again"]


def test_each_outage_is_told() -> None:
    lines = told(*[failing()] * 6, None, *[failing()] * 5, None, calls=2)
    assert [line.rpartition(":")[0] for line in lines].count(f"cannot reach {URL}") == 2
    assert lines.count(f"{URL} answers again") == 2


def test_a_hitch_is_not() -> None:
    assert told(failing(), None, failing(), failing(), None, calls=2) == []


def test_a_server_that_limits_what_it_is_sent_is_told_of_once() -> None:
    refusal = failing(busy=True, away=False, retry_after=20)
    lines = told(refusal, None, refusal, refusal, None, refusal, None, calls=3)
    assert [line.partition(":")[2] for line in lines] == [lines[0].partition(":")[2], "//sim/v1 answers again"]
    assert "each call for up to" in lines[0]


def test_who_may_hang_until_the_deadline_is_tried_so_many_times() -> None:
    error = failing(away=False, retry_after=9)
    assert told(error)[0].endswith("trying again, each call up to 2 times more")


def test_a_command_without_a_terminal_says_that_its_server_is_away(
    serve: Callable[..., SimServer], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Many runs at once too, whose own notices are left to their answers."""
    book, rows = tmp_path / "book.txt", tmp_path / "rows.jsonl"
    book.write_text("Martha Venn kept the lamp.")
    rows.write_text(json.dumps({"question": "Who kept the lamp?", "documents": [str(book)]}) + "\n")
    server = serve(script=["429"], retry_after=NOTICED)
    words = ["batch", str(rows), "--out", str(tmp_path / "answers.jsonl"), "--library", str(tmp_path / "library")]
    assert run([*words, "--base-url", server.url.replace("://", "://user:hunter2@"), "--model", "sim"]) == 0
    told = capfd.readouterr().err
    assert told.count("trying again, each call for up to") == 1, told
    assert told.count(f"{server.url} answers again") == 1
    assert "hunter2" not in told
