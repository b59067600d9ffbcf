"""What is looked up: in which order, less what says nothing, and how its evidence is laid before the manager."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import rerankers
from clew.agents.desk import Desk
from clew.agents.prune import pruned
from clew.agents.state import State
from clew.agents.strategies.retrieve import AGAIN, READ, Retrieve
from clew.core.errors import SettingsError
from clew.core.types import Call
from clew.prompts import Merge, Read
from island import small_book
from keeper import LONG, TRUTH, honest, watched

QUESTION = "Who was the first keeper?"
FAR = [f"Of the keeper {n} nothing is known, and nothing was ever asked about him by anyone." for n in range(900)]
MARKED = "The keeper was a zany zealot, Martha, in the zenith of the zone."


def retrieved(
    strategy: Retrieve, desk_for: Callable[..., Desk], replies: Callable[[Call], Any] = honest, **named: Any
) -> tuple[list[Any], State, Desk]:
    """`watched`, with a text in which what is asked for stands far in."""
    book = small_book([*FAR[:600], MARKED, *FAR[600:]], "far.txt", 4)
    return watched(strategy, desk_for, replies, **{"books": [book], "window": 8192, **named})


def read_lines(prompts: list[Any]) -> list[str]:
    return [line.text for p in prompts if isinstance(p, Read) for line in p.text.lines]


def test_a_reranker_of_ones_own_decides_what_is_read(desk_for: Callable[..., Desk]) -> None:
    plain, _, _ = retrieved(Retrieve(), desk_for, question="keeper zany")
    ranked, state, desk = retrieved(Retrieve(rerank="rerankers:ByLetter"), desk_for, question="keeper zany")
    assert MARKED in read_lines(plain) + read_lines(ranked)
    first, _ = Retrieve(rerank="rerankers:ByLetter").ranking(state, desk)[0]
    assert MARKED in desk.text(first.span)


@pytest.mark.parametrize("spec", ["rerankers", "rerankers:", "nowhere:Nothing", "rerankers:Nothing"])
def test_a_reranker_that_is_not_there_is_named(spec: str) -> None:
    with pytest.raises(SettingsError, match="rerankers|nowhere") as told:
        Retrieve(rerank=spec)
    assert "module:Class" in str(told.value.hint)


def test_a_reranker_is_made_once_for_all_questions(desk_for: Callable[..., Desk]) -> None:
    for _ in range(3):
        retrieved(Retrieve(rerank="rerankers:Costly"), desk_for)
    assert rerankers.Costly.made == 1


def test_a_reranker_that_judges_too_few_is_refused(desk_for: Callable[..., Desk]) -> None:
    with pytest.raises(SettingsError, match="0 scores for"):
        retrieved(Retrieve(rerank="rerankers:Lazy"), desk_for)


def test_the_reader_may_put_the_passages_in_order(desk_for: Callable[..., Desk]) -> None:
    def choosy(call: Call) -> Any:
        if call.prompt.name == "merge":
            return {"keep": [item.number for item in call.prompt.evidence.items][:-4:-1]}
        return honest(call)

    prompts, state, desk = retrieved(Retrieve(rerank="reader"), desk_for, choosy)
    assert [p.name for p in prompts[:3]] == ["plan", "merge", "read"]
    (merge,) = [p for p in prompts if isinstance(p, Merge)]
    shown = [item.text for item in merge.evidence.items]
    order = [desk.text(passage.span) for passage, _ in Retrieve().ranking(state, desk)]
    assert [" ".join(text.split()) for text in order[:3]] == [" ".join(text.split()) for text in shown[:-4:-1]]
    assert len(shown) > 8


def test_pruning_leaves_out_what_says_nothing_and_keeps_neighbours_and_the_next_step(
    desk_for: Callable[..., Desk],
) -> None:
    lines = [
        *LONG[:20],
        "He was born in Lerwick.",
        TRUTH,
        "She liked it.",
        *LONG[20:40],
        "Venn had a cat.",
        *LONG[40:60],
    ]
    book = small_book(lines, "one.txt", 100)
    desk = desk_for(honest, books=[book])
    kept = [desk.text(s) for part in pruned([book.passage(0).span], [QUESTION], desk) for s in book.sentences_in(part)]
    assert {"He was born in Lerwick.", TRUTH, "She liked it.", "Venn had a cat."} <= set(kept)
    assert len(kept) <= 8


def test_a_passage_that_is_kept_whole_counts_as_read(desk_for: Callable[..., Desk]) -> None:
    book = small_book([TRUTH, "She liked it."], "one.txt", 8)
    _, state, _ = retrieved(Retrieve(prune=True), desk_for, books=[book])
    assert state["read"] == [book.passage(0).span]


def test_what_was_pruned_does_not_count_as_read(desk_for: Callable[..., Desk]) -> None:
    def lines_of(strategy: Retrieve) -> tuple[int, int]:
        book = small_book([*LONG, TRUTH], "one.txt", 8)
        prompts, state, _ = retrieved(strategy, desk_for, books=[book])
        return len(read_lines(prompts)), sum(span.end - span.start for span in state["read"])

    whole, less = lines_of(Retrieve()), lines_of(Retrieve(prune=True))
    assert less[0] < whole[0] / 2
    assert less[1] < whole[1] / 2


def test_pruning_makes_room_for_more_places_in_the_same_budget(desk_for: Callable[..., Desk]) -> None:
    mixed = [line for pair in zip(FAR, LONG * 6, strict=True) for line in (pair[0], *[pair[1]] * 4)]
    named = {"books": [small_book(mixed, "far.txt", 10)], "question": "Is anything known of the keeper?"}
    whole = read_lines(retrieved(Retrieve(), desk_for, **named)[0])
    less = read_lines(retrieved(Retrieve(prune=True), desk_for, **named)[0])
    assert sum(len(line) for line in less) <= 4 * (READ + AGAIN)
    assert sum("keeper" in line for line in less) > 1.3 * sum("keeper" in line for line in whole)


def test_the_best_evidence_stands_first_and_last(desk_for: Callable[..., Desk]) -> None:
    def graded(call: Call) -> Any:
        if call.prompt.name == "read":
            lines = list(call.prompt.text.lines)[:9]
            return {"findings": [{"sentences": [line.number], "confidence": at / 10} for at, line in enumerate(lines)]}
        return honest(call)

    prompts, _, _ = retrieved(Retrieve(), desk_for, graded, books=[small_book(LONG, "one.txt", 8)])
    shown = [prompt for prompt in prompts if prompt.name == "answer"][-1]
    worth = [item.confidence for item in shown.evidence.items]
    assert sorted(worth, reverse=True)[:2] == [worth[0], worth[-1]]
    assert min(worth) == worth[len(worth) // 2]
