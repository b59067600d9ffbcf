"""The cost formulas that `clew strategies` shows, against calls and tokens counted by the simulated server."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, log2
from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.agents.strategies import STRATEGIES
from clew.agents.strategies.cost import SYMBOLS
from clew.prompts import PROMPTS
from clew.prompts.base import template
from simreplies import tokenize
from simserver import SimServer

QUESTION = "How many lines did Martha Venn write about the 77th ship?"
OTHER = "Which zebra painted Venus?"
WAYS: dict[str, dict[str, Any]] = {
    **{name: {"strategy": name} for name in STRATEGIES},
    "chain prose": {"strategy": "chain", "message": "prose"},
    "chain in 3 orders": {"strategy": "chain", "paths": 3},
    "memory lookback": {"strategy": "memory", "lookback": True},
    "memory stops": {"strategy": "memory", "stops": 2},
    "retrieve pruned": {"strategy": "retrieve", "prune": True},
    "retrieve reranked": {"strategy": "retrieve", "rerank": "reader"},
    "graph eager": {"strategy": "graph", "facts": "eager"},
}
LINES = [f"Day {n}: the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(300)]
FENCE = 40
"""Tokens of the fence and the source around a stretch of text, at most."""


def values(question: str, window: int, parts: int, calls: int, way: dict[str, Any]) -> list[dict[str, float]]:
    """The least and the most that each symbol can be here."""
    text = sum(len(tokenize(f"{at} {line}")) for at, line in enumerate(lines(way)))
    asked = 2 * len(tokenize(question)) + FENCE
    prompts = [
        sum(len(tokenize(part)) for part in (t[0], t[1].template)) for t in map(template, (k.name for k in PROMPTS))
    ]
    known = {
        "N": parts,
        "A": parts,
        "Q": way.get("paths", 1),
        "n": text,
        "w": window,
        "m": min(1024, window // 8),
        "L": int("lookback" in way or "stops" in way),
    }
    eager = "facts" in way
    # The simulated reader notes at most three places.
    return [
        {**known, "i": min(prompts), "P": int("prune" not in way), "K": 0, "E": 0, "F": eager * text // 1000},
        {
            **{**known, "i": max(prompts) + asked, "P": ceil(6000 * parts / text), "K": 2, "E": 3 * calls},
            "F": eager * ceil(text / min(500, window // 8)),
        },
    ]


def lines(way: dict[str, Any]) -> list[str]:
    return LINES[:60] if way["strategy"] == "full" else LINES


@pytest.mark.parametrize("window", [2600, 8192])
@pytest.mark.parametrize("question", [QUESTION, OTHER], ids=["found", "not found"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_calls_and_tokens_are_within_the_formulas(
    way: dict[str, Any], question: str, window: int, tmp_path: Path, serve: Callable[..., SimServer]
) -> None:
    book = tmp_path / "book.txt"
    book.write_text("\n\n".join(lines(way)))
    server = serve(window=window)
    with Clew(f"{server.url}#sim", library=tmp_path / "library") as clew:
        shelf = clew.open(book)
        answer = shelf.ask(question, **way)
        calls, tokens = server.counts["requests"], server.counts["prompt_tokens"]
        parts = answer.coverage.chunks
        if way["strategy"] in ("auto", "retrieve"):  # They count passages.
            parts = shelf.ask(question, strategy="chain").coverage.chunks
    cost = STRATEGIES[way["strategy"]].cost
    for formula, counted in ((cost.calls, calls), (cost.tokens, tokens)):
        first, _, last = formula.partition(" to ")
        least, most = values(question, window, parts, calls, way)
        assert eval(first, {"log2": log2}, least) <= counted <= eval(last or first, {"log2": log2}, most), formula


def test_every_symbol_is_explained() -> None:
    for entry in STRATEGIES.values():
        for formula in (entry.cost.calls, entry.cost.tokens):
            for end in formula.split(" to "):
                assert set(compile(end, "", "eval").co_names) <= {*SYMBOLS, "log2"}
