"""The order in which related chunks are read one after the other: a spanning tree, breadth first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.strategies.chain import Chain
from clew.agents.strategies.related import breadth_first, related, spanning_tree
from clew.core.types import Call
from hypothesis import given
from hypothesis import strategies as st
from island import small_book, wait
from keeper import honest


def test_reading_goes_from_the_question_along_what_chunks_have_in_common() -> None:
    texts = ["Whales and harpoons.", "Bread, butter and tea.", "Harpoons of forged iron.", "Iron is dug in hills."]
    assert related(texts[:1] + texts[2:], "Where is it dug?") == [2, 1, 0]
    assert related(texts, "Who drank tea?")[0] == 1


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=10))
def test_every_chunk_is_read_once_whatever_it_says(texts: list[str], question: str) -> None:
    assert sorted(related(texts, question)) == list(range(len(texts)))


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=10, max_size=10))
def test_no_other_tree_joins_what_is_more_similar(values: list[float]) -> None:
    pairs = list(combinations(range(5), 2))
    similarity = np.eye(5, dtype=np.float32)
    for (one, other), value in zip(pairs, values, strict=True):
        similarity[one, other] = similarity[other, one] = value
    tree = spanning_tree(similarity)
    joined = {(one, other) for one, near in enumerate(tree) for other in near if one < other}
    best = max(sum(similarity[pair] for pair in edges) for edges in combinations(pairs, 4) if spans(edges))
    assert spans(joined)
    assert sum(similarity[pair] for pair in joined) == best


def spans(edges: Any) -> bool:
    """Whether so many edges join all of five nodes."""
    tree = [[b if a == node else a for a, b in edges if node in (a, b)] for node in range(5)]
    return sorted(breadth_first(tree, 0)) == list(range(5))


@pytest.mark.parametrize(("order", "last"), [("left", False), ("related", True)])
def test_a_chain_reads_in_this_order(desk_for: Callable[..., Desk], order: Any, last: bool) -> None:
    first: list[str] = []

    def watched(call: Call) -> dict[str, Any]:
        if call.prompt.name == "read":
            first.append(call.prompt.text.lines[0].text)
        return honest(call)

    lines = [*[f"The herring of day {n} were salted." for n in range(400)], "The first keeper was Martha Venn."]
    desk = desk_for(watched, books=[small_book(lines, "log.txt", 8)])
    wait(run(Chain(order), desk))
    assert len(first) == len(desk.chunks) > 2
    assert (first[0] == desk.text(desk.chunks[-1].span).splitlines()[0]) is last
