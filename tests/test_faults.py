"""Runs through bad weather: a tenth of all calls fails in every way there is, and the answer is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.core.errors import ModelUnavailable
from clew.core.results import Answer
from simserver import FAULTS, SimServer

QUESTION = "How many lines did Martha Venn write about the 77th ship?"


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Answer]:
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(1000)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))

    def asked(server: SimServer, library: str, concurrency: int = 8, **options: Any) -> Answer:
        with Clew(f"{server.url}#sim", library=tmp_path / library, call_seconds=0.5, concurrency=concurrency) as clew:
            return clew.open(tmp_path / "book.txt").ask(QUESTION, **options)

    return asked


def test_calls_failing_in_every_way_changes_nothing(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    calm = ask(serve(window=2100), "calm", strategy="sweep")
    server = serve(window=2100, rate=0.15, kinds=FAULTS, script=[*FAULTS], outage=0.4, outage_at=30)
    rough = ask(server, "rough", 24, strategy="sweep")
    assert server.counts["requests"] > 90
    assert all(server.counts[f"fault:{kind}"] for kind in FAULTS)
    assert rough.usage.calls >= server.counts["requests"]
    for field in ("text", "status", "citations", "evidence", "coverage"):
        assert getattr(rough, field) == getattr(calm, field)


@pytest.mark.parametrize("strategy", ["sweep", "chain"])
def test_a_chunk_that_failed_all_its_tries_is_read_once_more_at_the_end(
    strategy: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    calm = ask(serve(window=3600), "calm", strategy=strategy)
    server = serve(window=3600, doomed={7: 3})
    rough = ask(server, "rough", strategy=strategy)
    assert server.counts["fault:500"] == 3
    assert rough.coverage.failed == 0
    for field in ("text", "status", "citations", "evidence", "coverage"):
        assert getattr(rough, field) == getattr(calm, field)


@pytest.mark.parametrize("strategy", ["sweep", "chain"])
def test_a_chunk_that_fails_again_is_named_and_tried_by_the_next_run(
    strategy: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=3600, doomed={7: 6})
    rough = ask(server, "library", strategy=strategy)
    assert rough.coverage.failed == 1
    assert rough.status == "partial"
    assert "500" in rough.coverage.reasons[0].reason
    sent = server.counts["requests"]
    again = ask(server, "library", strategy=strategy)
    assert again.coverage.failed == 0
    assert again.status == "answered"
    assert server.counts["requests"] - sent <= (2 if strategy == "sweep" else sent)


@pytest.mark.parametrize("strategy", ["sweep", "chain"])
def test_many_chunks_that_never_come_through_are_named_and_the_rest_is_answered_from(
    strategy: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=3600, doomed=dict.fromkeys((3, 5, 7, 9), 99))
    rough = ask(server, "library", strategy=strategy)
    assert rough.coverage.failed == 4
    assert rough.status == "partial"


def test_a_server_that_dies_ends_the_run_soon(ask: Callable[..., Answer], serve: Callable[..., SimServer]) -> None:
    server = serve(window=2600, script=["ok"] * 5 + ["drop"] * 500)
    with pytest.raises(ModelUnavailable, match="broke off"):
        ask(server, "library", strategy="sweep")
    assert server.counts["requests"] < 60


def test_a_server_that_limits_how_much_it_is_sent_is_sent_less_and_everything_is_read(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=3600, most=2, decode=6000.0)
    answer = ask(server, "library", strategy="sweep")
    assert answer.coverage.failed == 0
    assert answer.status == "answered"
    assert 0 < server.counts["status:429"] < server.counts["replies"]


def test_a_server_that_goes_in_the_middle_costs_nothing_that_was_read(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    gone = serve(window=3600, script=["ok"] * 4 + ["500"] * 400)
    with pytest.raises(ModelUnavailable) as caught:
        ask(gone, "library", strategy="chain")
    assert "the same command goes on" in str(caught.value.hint)
    gone.be.script = []
    assert ask(gone, "library", strategy="chain").usage.replayed == 4
    never = serve(window=3600, script=["500"] * 400)
    with pytest.raises(ModelUnavailable) as caught:
        ask(never, "empty", strategy="chain")
    assert "the same command" not in str(caught.value.hint), "nothing was read that could be kept"
