"""Limits on whole runs, and plans: what is said before is what happens then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew import Clew, SettingsError
from clew.cli.main import run
from simserver import SimServer

QUESTION = "How many lines did Martha Venn write about the 77th ship?"
OTHER = "How many lines did Martha Venn write about the 50th ship?"
PRICES = '["sim"]\nprompt = 10\ncompletion = 40\n'


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A function that gives a Clew at a server and the book; prices are known unless it is told otherwise."""
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    (tmp_path / "prices.toml").write_text(PRICES)
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(400)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))
    return lambda server: Clew(f"{server.url}#sim", library=tmp_path / "library")


def test_money_is_a_limit_and_the_answer_is_what_was_found(
    opened: Callable[..., Any], serve: Callable[..., SimServer], tmp_path: Path
) -> None:
    server = serve(window=2600)
    with opened(server) as clew:
        whole = clew.open(tmp_path / "book.txt").ask(OTHER, strategy="chain")
        limited = clew.open(tmp_path / "book.txt").ask(QUESTION, strategy="chain", max_cost=whole.usage.cost / 2)
    assert whole.usage.cost == pytest.approx(whole.usage.prompt_tokens / 1e5 + whole.usage.completion_tokens / 25e3)
    assert limited.limit_reached == "cost"
    assert 0.2 * whole.usage.cost < limited.usage.cost <= 0.5 * whole.usage.cost
    assert limited.status in ("partial", "open")


def test_a_limit_on_money_needs_a_price(
    opened: Callable[..., Any], serve: Callable[..., SimServer], tmp_path: Path
) -> None:
    (tmp_path / "prices.toml").unlink()
    with opened(serve()) as clew:
        shelf = clew.open(tmp_path / "book.txt")
        assert shelf.ask(QUESTION, strategy="retrieve").usage.cost is None
        with pytest.raises(SettingsError, match="price of .*sim is not known") as caught:
            shelf.ask(QUESTION, max_cost=1.0)
        assert len(clew.runs.all(10)) == 1, "nothing was begun that could be gone on with"
    assert "prices.toml" in (caught.value.hint or "")


@pytest.mark.parametrize("strategy", ["chain", "sweep", "full"])
def test_what_is_planned_is_what_happens(
    strategy: str, opened: Callable[..., Any], serve: Callable[..., SimServer], tmp_path: Path
) -> None:
    server = serve(window=16384 if strategy == "full" else 2600, decode=20_000.0)
    with opened(server) as clew:
        clew.open(tmp_path / "book.txt").ask(OTHER, strategy=strategy)
    sent = len(server.requests)
    with opened(server) as clew:
        plan = clew.open(tmp_path / "book.txt").plan(QUESTION, strategy=strategy)
        assert all(request["path"] != "/v1/chat/completions" for request in server.requests[sent:])
        answer = clew.open(tmp_path / "book.txt").ask(QUESTION, strategy=strategy)
        again = clew.open(tmp_path / "book.txt").plan(QUESTION, strategy=strategy)
    used = answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert plan.likely.calls == pytest.approx(answer.usage.calls, rel=0.15)
    assert plan.likely.tokens == pytest.approx(used, rel=0.15)
    assert plan.likely.cost == pytest.approx(answer.usage.cost, rel=0.15)
    assert plan.likely.minutes is not None
    assert again.likely.calls == 0


@pytest.mark.parametrize("strategy", ["auto", "retrieve"])
def test_where_it_depends_a_range_is_planned(
    strategy: str, opened: Callable[..., Any], serve: Callable[..., SimServer], tmp_path: Path
) -> None:
    server = serve(window=2600)
    with opened(server) as clew:
        shelf = clew.open(tmp_path / "book.txt")
        plan = shelf.plan(QUESTION, strategy=strategy)
        answer = shelf.ask(QUESTION, strategy=strategy)
    assert plan.likely.minutes is None
    assert 0.5 * plan.likely.calls <= answer.usage.calls <= plan.most.calls


def test_a_dry_run_prints_the_plan(
    opened: Callable[..., Any], serve: Callable[..., SimServer], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(window=2600)
    arguments = ["ask", QUESTION, str(tmp_path / "book.txt"), "--strategy", "chain", "--dry-run"]
    arguments += ["--base-url", server.url, "--model", "sim", "--library", str(tmp_path / "library")]
    assert run([*arguments, "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["schema"] == "clew.plan/1"
    assert plan["likely"]["roles"][0]["role"] == "reader"
    assert run(arguments) == 0
    assert f"likely          {plan['likely']['calls']:,} calls" in capsys.readouterr().out
    assert server.counts["requests"] == 0
