"""Models that reply badly and servers that know little: the answer is the same, and what it took is counted."""

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

    def asked(server: SimServer, library: str = "library", **options: Any) -> Answer:
        with Clew(f"{server.url}#sim", library=tmp_path / library) as clew:
            return clew.open(tmp_path / "book.txt").ask(QUESTION, **{"strategy": "chain"} | options)

    return asked


@pytest.mark.parametrize(
    ("behaviour", "repaired", "degraded"),
    [
        ({"spoil": "fenced"}, False, False),
        ({"spoil": "thoughts"}, False, False),
        ({"spoil": "strings"}, True, False),
        ({"spoil": "prose"}, False, True),
        ({"system": False}, False, False),
        ({"json_schema": False, "json_object": False}, False, False),
        ({"json_schema": False, "json_object": False, "tools": False}, False, False),
    ],
)
def test_the_answer_is_the_same_and_mending_is_counted(
    behaviour: dict[str, Any],
    repaired: bool,
    degraded: bool,
    ask: Callable[..., Answer],
    serve: Callable[..., SimServer],
) -> None:
    answer = ask(serve(window=2600, **behaviour))
    assert answer.coverage.failed == 0
    assert answer.citations
    # In plain lines a reader cannot say how sure it is, so other lines may be handed on.
    assert degraded or "539" in str(answer.text)
    assert (answer.usage.repaired > 0, answer.usage.degraded > 0) == (repaired, degraded)


def test_a_degraded_reply_is_asked_for_again_by_the_next_run(
    ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=2600, spoil="prose")
    first = ask(server)
    server.be.spoil = "strings"
    second = ask(server)
    assert second.usage.calls >= first.usage.degraded
    third = ask(server)
    assert (third.usage.calls, third.usage.repaired) == (0, 0)
    assert third.text == second.text


@pytest.mark.parametrize("hushable", [True, False])
def test_a_model_whose_thoughts_use_up_the_reply_is_asked_to_think_less_or_given_room(
    hushable: bool, ask: Callable[..., Answer], serve: Callable[..., SimServer]
) -> None:
    server = serve(window=4096, thinks=900, hushable=hushable)
    answer = ask(server)
    assert answer.status == "answered"
    assert answer.coverage.failed == 0
    before = server.counts["requests"]
    again = ask(server, fresh=True)
    assert server.counts["requests"] - before <= again.coverage.chunks * (1 if hushable else 4) + 4
    assert again.status == "answered"
