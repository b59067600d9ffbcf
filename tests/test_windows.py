"""Whole runs at servers whose context is not what it seems: everything is read all the same, and the next run knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.core.results import Answer
from simserver import SimServer

QUESTION = "How many lines did Martha Venn write about the 77th ship?"


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Answer]:
    lines = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(200)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))

    def asked(server: SimServer, window: int | None = None, **options: Any) -> Answer:
        with Clew(f"{server.url}#sim", library=tmp_path / "library", window=window) as clew:
            return clew.open(tmp_path / "book.txt").ask(QUESTION, **options)

    return asked


@pytest.mark.parametrize("strategy", ["chain", "sweep", "auto"])
@pytest.mark.parametrize("flavour", ["vllm", "llama-server"])
def test_a_context_shorter_than_told_is_read_in_halves_and_remembered(
    flavour: str, strategy: str, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(flavour=flavour, window=2600, told=8000)
    answer = ask(server, strategy=strategy)
    assert answer.status == "answered"
    assert "539" in str(answer.text)
    assert answer.coverage.failed == 0
    refused = server.counts["status:400"]
    assert refused > 0
    assert ask(server, strategy=strategy, fresh=True).status == "answered"
    assert server.counts["status:400"] == refused


def test_a_window_that_was_named_too_large_is_survived(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    answer = ask(serve(window=2600), window=6000, strategy="chain")
    assert answer.status == "answered"
    assert answer.coverage.read == answer.coverage.chunks


def test_ollama_is_sent_the_context_that_was_counted(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(flavour="ollama", window=32768)
    answer = ask(server, strategy="chain")
    assert answer.status == "answered"
    assert answer.coverage.failed == 0
    assert {r["path"] for r in server.requests if b"messages" in r["body"]} == {"/api/chat"}


def test_an_ollama_that_was_spoken_to_in_the_common_way_would_have_been_cut(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    """The simulated Ollama does cut: the window alone keeps prompts whole."""
    server = serve(flavour="ollama", window=32768, num_ctx=2600)
    assert ask(server, strategy="chain").status == "answered"
    assert max(answer_tokens(server)) <= 2600


def answer_tokens(server: SimServer) -> list[int]:
    from simreplies import tokenize

    return [len(tokenize(r["body"].decode())) // 2 for r in server.requests if r["path"] == "/api/chat"]
