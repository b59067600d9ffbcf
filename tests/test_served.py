"""Whole runs against the simulated server: every strategy answers, keeps to window and budgets, survives faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew import Clew, ModelUnavailable
from clew.core.results import Answer
from simserver import SimServer

QUESTION = "How many lines did Martha Venn write about the 77th ship?"
WAYS: dict[str, dict[str, Any]] = {
    "full": {"strategy": "full"},
    "retrieve": {"strategy": "retrieve"},
    "chain": {"strategy": "chain"},
    "chain right": {"strategy": "chain", "order": "right"},
    "chain prose": {"strategy": "chain", "message": "prose"},
    "memory": {"strategy": "memory"},
    "memory lookback": {"strategy": "memory", "lookback": True},
    "access": {"strategy": "access"},
    "graph": {"strategy": "graph"},
    "tree": {"strategy": "tree"},
    "retrieve pruned": {"strategy": "retrieve", "prune": True, "rerank": "reader"},
    "chain in two orders": {"strategy": "chain", "paths": 2, "demonstrations": True},
    "auto": {},
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(200)]
    path.write_text("\n\n".join(lines))
    return path


@pytest.fixture
def ask(tmp_path: Path, book: Path) -> Callable[..., Answer]:
    def asked(server: SimServer, library: str = "library", **options: Any) -> Answer:
        with Clew(f"{server.url}#sim", library=tmp_path / library) as clew:
            return clew.open(book).ask(QUESTION, **options)

    return asked


@pytest.mark.parametrize("way", WAYS)
def test_every_strategy_answers_and_cites(
    way: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=8192)
    answer = ask(server, **WAYS[way])
    assert answer.status == "answered"
    assert "539" in str(answer.text)
    assert "539 lines about the 77th ship" in answer.citations[0].quote
    assert answer.usage.calls == server.counts["requests"]
    assert answer.usage.prompt_tokens == server.counts["prompt_tokens"]
    assert answer.usage.completion_tokens == server.counts["completion_tokens"]


@pytest.mark.parametrize("way", [way for way in WAYS if way != "full"])
@pytest.mark.parametrize("window", [2600, 4096])
def test_no_prompt_is_longer_than_the_window(
    way: str, window: int, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=window)
    answer = ask(server, **WAYS[way])
    assert answer.coverage.failed == 0
    assert server.counts["status:400"] == 0


@pytest.mark.parametrize("way", ["retrieve", "chain", "chain prose"])
def test_faults_change_neither_answer_nor_evidence(
    way: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    kinds = ("429", "500", "503", "drop", "half", "html", "empty", "malformed")
    calm = ask(serve(window=2600), "calm", **WAYS[way])
    server = serve(window=2600, rate=0.4, kinds=kinds, seed=9)
    rough = ask(server, "rough", **WAYS[way])
    assert sum(server.counts[f"fault:{kind}"] for kind in kinds) > 0
    for field in ("text", "status", "citations", "evidence", "coverage"):
        assert getattr(rough, field) == getattr(calm, field)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
@pytest.mark.parametrize("way", ["retrieve", "chain"])
def test_calls_are_never_overshot_and_the_manager_still_answers(
    way: str, limit: int, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=2600)
    answer = ask(server, **WAYS[way], max_calls=limit)
    assert answer.usage.calls <= limit
    assert server.counts["requests"] <= limit
    assert answer.limit_reached == "calls"
    assert answer.status in ("partial", "open")


def test_tokens_are_not_overshot(ask: Callable[..., Answer], serve: Callable[..., SimServer]) -> None:
    answer = ask(serve(window=2600), strategy="chain", max_tokens=6000)
    assert answer.limit_reached == "tokens"
    assert 0 < answer.usage.prompt_tokens + answer.usage.completion_tokens <= 6000


def test_seconds_end_a_run_that_hangs(ask: Callable[..., Answer], serve: Callable[..., SimServer]) -> None:
    answer = ask(serve(window=2600, script=["ok", "ok", "hang"]), strategy="chain", max_seconds=3)
    assert answer.limit_reached == "seconds"
    assert answer.usage.seconds < 20


def test_a_limited_run_goes_on_with_more(ask: Callable[..., Answer], serve: Callable[..., SimServer]) -> None:
    server = serve(window=2600)
    first = ask(server, strategy="chain", max_calls=3)
    second = ask(server, strategy="chain")
    assert second.run == first.run
    assert second.usage.replayed >= 2
    assert second.status == "answered"


def test_a_prompt_begins_with_what_the_last_one_began_with(
    ask: Callable[..., Answer], serve: Callable[..., SimServer], book: Path, tmp_path: Path
) -> None:
    """A second question about the same chunks finds them in the server's prefix cache."""
    server = serve(window=2600)
    ask(server, strategy="chain")
    with Clew(f"{server.url}#sim", library=tmp_path / "other") as clew:
        answer = clew.open(book).ask("Who wrote about the ships?", strategy="chain")
    assert answer.usage.cached_tokens > 0.6 * answer.usage.prompt_tokens


def test_a_server_that_is_gone_is_an_error_and_a_finished_run_needs_none(
    ask: Callable[..., Answer], tmp_path: Path, book: Path
) -> None:
    with SimServer(window=2600) as server:
        before = ask(server, strategy="chain")
    after = ask(server, strategy="chain")
    assert after.text == before.text
    assert after.usage.calls == 0
    with pytest.raises(ModelUnavailable, match="127.0.0.1"):
        ask(server, strategy="chain", fresh=True)


def test_roles_can_have_models_of_their_own(serve: Callable[..., SimServer], book: Path, tmp_path: Path) -> None:
    small, large = serve(model="small", window=2600), serve(model="large", window=8192)
    with Clew(
        "extractive",
        reader_model=f"{small.url}#small",
        manager_model=f"{large.url}#large",
        library=tmp_path / "library",
    ) as clew:
        answer = clew.open(book).ask(QUESTION, strategy="chain")
    assert answer.status == "answered"
    assert small.counts["requests"] > 2
    assert large.counts["requests"] == 1
    assert answer.model == f"{small.url}#small + {large.url}#large"


def test_no_key_is_kept_anywhere(
    serve: Callable[..., SimServer], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "sk-sentinel-0815"
    monkeypatch.setenv("CLEW_API_KEY", key)
    server = serve(window=2600, key=key)
    with Clew(f"{server.url}#sim", library=tmp_path / "library") as clew:
        answer = clew.open(book).ask(QUESTION, strategy="chain")
    assert key not in json.dumps(answer.to_dict())
    for file in (tmp_path / "library").rglob("*"):
        assert key.encode() not in (file.read_bytes() if file.is_file() else b"")
    monkeypatch.setenv("CLEW_API_KEY", "wrong")
    with (
        Clew(f"{server.url}#sim", library=tmp_path / "other") as clew,
        pytest.raises(ModelUnavailable, match="CLEW_API_KEY|401") as refused,
    ):
        clew.open(book).ask(QUESTION, strategy="chain")
    assert "wrong" not in str(refused.value)
