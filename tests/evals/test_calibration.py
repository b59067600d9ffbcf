"""Calibration: readers fit where they were made to, claims are judged by their intervals, plain ways as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from typing import Any

import pytest
from clew.agents.graph import run as carry_out
from clew.agents.state import State
from clew.agents.strategies.graph import WALKS, Graph
from clew.agents.strategies.memory import MemAgent
from clew.agents.strategy import Strategy
from clew.core.errors import SettingsError
from clew.evals.calibration import fitting, report, targets
from clew.evals.calibration.claims import CLAIMS, Arm, Claim
from clew.evals.calibration.parallel import Blind, Rounds
from clew.evals.calibration.predictions import Prediction, judged, predict, prediction, work
from clew.evals.calibration.texts import Texts
from clew.evals.grid import Job, Row
from clew.evals.haystack import haystacks
from clew.evals.interval import Measured, measured
from clew.evals.sets import data_folder
from clew.evals.simulated import Profile, Puzzle, profile
from clew.evals.trial import FAILED
from clew.evals.ways import strategy
from island import wait
from riddles import APART, CHAIN, PERFECT, desk_of, small_corpus, text_with

GRID = fitting.Grid(b=(0.2, 0.6), rho=(0.1, 0.7), w=(0.01, 0.02), needle_seeds=1)


class Few(Texts):
    """Three riddles in one short text, whatever is asked for."""

    def haystacks(self, name: str, tokens: int, *_: object, **__: object) -> Any:
        own = small_corpus()
        cases = tuple(replace(case, dataset=name) for case in own.cases)
        for stack in haystacks(replace(own, cases=cases), 2000, "random", ["plain"]):
            yield replace(stack, tokens=tokens)

    def needles(self) -> Any:
        return self.haystacks("needles", 2000)


FEW = Few(None, 3)  # type: ignore[arg-type]


def row(way: str, verdict: str, unit: str = "q", reader: str = "", calls: int = 1, seed: int = 0) -> Row:
    trial = replace(FAILED, verdict=verdict, calls=calls)
    return Row("hotpotqa", 7000, "random", "plain", reader, 8192, seed, way, unit, trial)


def made_up(jobs: Sequence[Job], b: float, rho: float, w: float) -> list[Row]:
    """Rows that are as published for one value of each parameter, and far off for every other."""
    rows = []
    for job in jobs:
        for reader, number in product(job.readers, range(200)):
            one, unit = reader.profile, str(number)
            fits = (one.b, one.rho) == (b, rho)
            for at, way in enumerate(job.ways):
                if way == targets.OVERWRITTEN:
                    good = number < (80 if one.w == w else 160)
                elif way in targets.ORDERS:
                    good = at == 0 and number < (36 if fits else 120)
                else:
                    good = way == targets.THREE_ROUNDS and number < (19 if fits else 0)
                rows.append(row(way, "right" if good else "abstained", unit, reader.label, seed=reader.seed))
    return rows


@pytest.mark.parametrize(("b", "rho", "w"), [(0.2, 0.7, 0.02), (0.6, 0.1, 0.01)])
def test_the_values_that_come_nearest_are_fitted_and_nothing_else_is(b: float, rho: float, w: float) -> None:
    found = fitting.fit(FEW, profile("mid"), GRID, lambda jobs: made_up(jobs, b, rho, w))
    assert found.profile == replace(profile("mid"), b=b, rho=rho, w=w)
    assert [point.possible for point in found.points] == [(one.b, one.rho) == (b, rho) for one in found.points]
    lines = list(report.fitted(found))
    assert sum("best" in line and line.startswith("  b ") for line in lines) == 1
    assert any(f"b {b:g}, rho {rho:g}, w {w:g}; 1 of 4" in line for line in lines)
    edges = ("least" if b == 0.6 else "most", "least" if rho == 0.7 else "most", "least" if w == 0.02 else "most")
    assert [line.split(": at ")[1].split()[0] for line in lines if "edge" in line] == list(edges)


def test_the_kept_profile_differs_from_mid_in_what_is_fitted_alone() -> None:
    kept, mid = asdict(profile("calibrated")), asdict(profile("mid"))
    assert {name for name in kept if kept[name] != mid[name]} <= {"b", "rho", "w"}
    assert all(kept[name] in getattr(fitting.Grid(), name) for name in ("b", "rho", "w"))


def test_a_vote_is_what_most_orders_say_and_silence_counts() -> None:
    def ways(*verdicts: str) -> dict[str, Row]:
        return {str(at): row(str(at), verdict) for at, verdict in enumerate(verdicts)}

    assert fitting.voted(ways("right", "right", "wrong", "abstained", "abstained")) == 1
    assert fitting.voted(ways("abstained", "right", "abstained", "abstained", "wrong")) == 0
    assert fitting.unused(ways("abstained", "right", "abstained", "abstained", "wrong")) == 1
    assert fitting.unused(ways("right", "right")) == 0


def test_seeds_are_averaged_inside_a_question() -> None:
    rows = [row("a", verdict, unit, seed=seed) for seed, unit, verdict in
            [(0, "x", "right"), (1, "x", "wrong"), (0, "y", "right"), (1, "y", "right")]]  # fmt: skip
    assert fitting.per_question(rows, fitting.voted) == {"x": 0.5, "y": 1.0}
    assert measured({"x": 0.5, "y": 1.0}).value == 0.75


ARM = Arm("hotpotqa", 7000, "a")


@pytest.mark.parametrize(
    ("expected", "published", "low", "high", "verdict"),
    [
        ("above", 0.1, 0.02, 0.3, "holds"),
        ("above", 0.1, -0.3, -0.02, "fails"),
        ("above", 0.1, -0.1, 0.3, "cannot be told"),
        ("equal", None, -0.05, 0.08, "holds"),
        ("equal", 0.0, 0.06, 0.3, "fails"),
        ("equal", 0.0, -0.2, 0.1, "cannot be told"),
        ("same calls", 0.75, 0.68, 0.82, "holds"),
        ("same calls", 0.75, 0.1, 0.5, "fails"),
    ],
)
def test_a_claim_is_judged_by_its_interval(
    expected: str, published: float | None, low: float, high: float, verdict: str
) -> None:
    claim = Claim("", ARM, ARM.by("b"), expected, "", published)  # type: ignore[arg-type]
    assert judged(claim, Measured((low + high) / 2, low, high, 9)) == verdict


def test_a_prediction_says_where_the_published_size_lies() -> None:
    claim = Claim("", ARM, ARM.by("b"), "above", "", 0.4)
    sizes = [Prediction(claim, (0, 0), Measured(0.2, *ends, 9)).size for ends in ((0.1, 0.3), (0.3, 0.5), (0.5, 0.6))]
    assert sizes == ["simulated too small", "inside", "simulated too large"]


def test_stopping_by_round_two_is_making_no_more_calls_than_two_rounds() -> None:
    claim = Claim("", ARM.by("rounds@5"), ARM.by("rounds@2"), "same calls", "", 0.75)
    rows = [row(way, "right", unit, "calibrated", calls) for way, unit, calls in (
        ("rounds@5", "x", 5), ("rounds@2", "x", 5), ("rounds@5", "y", 9), ("rounds@2", "y", 5))]  # fmt: skip
    assert prediction(claim, rows).difference.value == 0.5


def test_every_claim_is_measured_and_told() -> None:
    found = predict(FEW, Profile(), 1, lambda jobs: [one for job in jobs for one in rightly(job)])
    lines = list(report.predicted(found))
    assert [line.startswith(one.claim.words) for one, line in zip(found, lines[1:], strict=False)] == [True] * len(
        CLAIMS
    )
    assert "cannot show" in " ".join(lines)
    assert all(arm.dataset and arm.way for claim in CLAIMS for arm in (claim.first, claim.second))


def rightly(job: Job) -> list[Row]:
    stack = job.haystack
    return [
        Row(case.dataset, stack.tokens, order, "plain", reader.label, reader.window, reader.seed, way, case.id,
            replace(FAILED, verdict="right", recall=1.0))
        for reader in job.readers for way in job.ways for case in stack.cases
        for order in ("random", "forward")
    ]  # fmt: skip


def test_each_way_of_a_claim_can_be_made() -> None:
    ways = {arm.way for claim in CLAIMS for arm in (claim.first, claim.second)}
    assert {strategy(way).name for way in ways} >= {"blind", "rounds", "chain", "graph", "sweep", "full"}
    assert {way for job in work(FEW, PERFECT, 1) for way in job.ways} == ways
    for wrong in ("full@1", "blind@1", "rounds@x"):
        with pytest.raises(SettingsError):
            strategy(wrong)


def read(way: Strategy, puzzle: Puzzle = CHAIN, **given: Any) -> State:
    lines = [150, 90, 20][: len(puzzle.facts)]
    text = text_with({line: fact.text for line, fact in zip(lines, puzzle.facts, strict=True)})
    desk, _ = desk_of(puzzle, text, **given)
    return wait(carry_out(way, desk))


def noted(state: State) -> int:
    return len({note.span for note in state["notes"]})


@pytest.mark.parametrize("rounds", [1, 2, 3, 5])
def test_round_k_finds_the_facts_of_depth_k_and_one_answer_is_given(rounds: int) -> None:
    state = read(Rounds(rounds))
    assert noted(state) == min(rounds, 3)
    assert bool(state["ruling"] and state["ruling"].answer) is (rounds >= 3)


def test_rounds_end_with_the_first_that_brings_no_news() -> None:
    assert read(Rounds(5), APART)["turn"] == read(Rounds(2), APART)["turn"] > read(Rounds(1), APART)["turn"]


def test_chunks_asked_alone_know_only_what_stands_in_them() -> None:
    apart = read(Blind(), APART)
    assert not (apart["ruling"] and apart["ruling"].answer)
    together = read(Blind(), APART, window=16_000)
    assert together["ruling"].answer.startswith("no")


def test_start_nodes_may_be_drawn_and_parts_left_unread() -> None:
    drawn = [read(Graph(scattered=seed))["slot"].visited[:WALKS] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert not read(Graph(opens=False))["read"]
    assert read(Graph())["read"]


def test_shorter_segments_are_more_steps() -> None:
    assert read(MemAgent(segment=300))["turn"] > read(MemAgent())["turn"]


def test_halves_share_no_question() -> None:
    try:
        texts = Texts(data_folder(), 20)
    except FileNotFoundError:
        pytest.skip("the development data is not here")
    halves = []
    for half in ("fit", "predict"):
        stacks = list(texts.haystacks("2wiki", 7_000, half, types="comparison"))  # type: ignore[arg-type]
        halves.append({case.id for stack in stacks for case in stack.cases})
        assert {case.type for stack in stacks for case in stack.cases} == {"comparison"}
    assert halves[0]
    assert halves[0].isdisjoint(halves[1])
