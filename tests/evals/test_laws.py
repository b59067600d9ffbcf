"""What holds exactly under a simulated reader without noise: the algorithms do what their papers say they do."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies.chain import Chain
from clew.agents.strategies.full import Full
from clew.agents.strategies.retrieve import Retrieve
from clew.agents.strategies.sweep import Sweep
from clew.core.types import Span
from clew.evals.simulated import Puzzle
from clew.memory.ledger import Covered
from island import wait
from riddles import CHAIN, FORK, HIDDEN, LENGTH, PERFECT, PUZZLES, desk_of, text_with


def places(puzzle: Puzzle, desk: Desk) -> list[Span]:
    """Where each fact stands."""
    (book,) = desk.books.values()
    starts = [book.document.text.index(fact.text) for fact in puzzle.facts]
    return [Span(book.id, start, start + len(fact.text)) for start, fact in zip(starts, puzzle.facts, strict=True)]


def ledger(puzzle: Puzzle, desk: Desk, state: State) -> set[int]:
    """The facts that the ledger holds in full."""
    noted = Covered(note.span for note in state["notes"])
    return {at for at, place in enumerate(places(puzzle, desk)) if not noted.rest(place)}


def chunk_of(place: Span, desk: Desk) -> int:
    return next(at for at, chunk in enumerate(desk.chunks) if chunk.start <= place.start < chunk.end)


@pytest.mark.parametrize("order", ["left", "right"])
@pytest.mark.parametrize("puzzle", PUZZLES, ids=["chain", "fork", "apart"])
def test_a_chain_completes_a_question_exactly_when_each_step_lies_after_what_it_needs(
    puzzle: Puzzle, order: str
) -> None:
    seen = set()
    for number in range(8):
        lines = random.Random(number).sample(range(LENGTH), len(puzzle.facts))
        text = text_with({line: fact.text for line, fact in zip(lines, puzzle.facts, strict=True)})
        desk, _ = desk_of(puzzle, text)
        state = wait(run(Chain(order), desk))
        chunks = [chunk_of(place, desk) * (1 if order == "left" else -1) for place in places(puzzle, desk)]
        possible = all(chunks[need] <= chunks[at] for at, fact in enumerate(puzzle.facts) for need in fact.needs)
        assert (ledger(puzzle, desk, state) == set(range(len(puzzle.facts)))) is possible
        assert bool(state["ruling"] and state["ruling"].answer) is possible
        seen.add(possible)
    assert True in seen
    assert len(desk.chunks) >= 3


@pytest.mark.parametrize("rounds", [1, 2, 3])
@pytest.mark.parametrize("puzzle", PUZZLES, ids=["chain", "fork", "apart"])
def test_round_k_of_sweep_finds_exactly_the_facts_of_depth_k(puzzle: Puzzle, rounds: int) -> None:
    lines = [190, 130, 70, 10][-len(puzzle.facts) :]
    desk, _ = desk_of(puzzle, text_with({line: f.text for line, f in zip(lines, puzzle.facts, strict=True)}))
    assert len({chunk_of(place, desk) for place in places(puzzle, desk)}) == len(puzzle.facts)
    state = wait(run(Sweep(rounds=rounds), desk))
    assert ledger(puzzle, desk, state) == {at for at, depth in enumerate(puzzle.depths) if depth <= rounds}


def test_the_ledger_keeps_what_an_overwritten_memory_forgets() -> None:
    forgotten = 0
    for seed in range(6):
        text = text_with({5: CHAIN.facts[0].text, 50: CHAIN.facts[1].text, 100: CHAIN.facts[2].text})
        desk, watched = desk_of(CHAIN, text, replace(PERFECT, w=0.3), seed=seed)
        state = wait(run(Chain(message="prose"), desk))
        held = watched.last.prompt.message if watched.last else ""
        remembered = {at for at, fact in enumerate(CHAIN.facts) if fact.text in held}
        assert remembered <= ledger(CHAIN, desk, state)
        forgotten += len(ledger(CHAIN, desk, state) - remembered)
    assert forgotten > 0


def test_retrieve_finds_exactly_the_facts_that_it_reads() -> None:
    seen = set()
    for line in (30, 60, 400, 800):
        text = text_with({100: HIDDEN.facts[0].text, line: HIDDEN.facts[1].text}, 900)
        desk, _ = desk_of(HIDDEN, text)
        state = wait(run(Retrieve(), desk))
        read = Covered(state["read"])
        opened = {at for at, place in enumerate(places(HIDDEN, desk)) if not read.rest(place)}
        assert ledger(HIDDEN, desk, state) == opened
        seen.add(frozenset(opened))
    assert seen == {frozenset({0}), frozenset({0, 1})}


@pytest.mark.parametrize("puzzle", PUZZLES, ids=["chain", "fork", "apart"])
def test_full_is_always_right(puzzle: Puzzle) -> None:
    lines = [100, 70, 40, 10][-len(puzzle.facts) :]
    text = text_with({line: fact.text for line, fact in zip(lines, puzzle.facts, strict=True)})
    desk, _ = desk_of(puzzle, text, window=16_000)
    state = wait(run(Full(), desk))
    assert state["ruling"].answer.startswith(puzzle.answers[0])
    assert ledger(puzzle, desk, state) == set(range(len(puzzle.facts)))


def test_without_a_fact_nobody_answers() -> None:
    text = text_with({10: FORK.facts[0].text, 60: FORK.facts[2].text, 90: FORK.facts[3].text})
    for way in (Chain(), Sweep(), Retrieve()):
        desk, _ = desk_of(FORK, text)
        state = wait(run(way, desk))
        assert not state["ruling"].answer
