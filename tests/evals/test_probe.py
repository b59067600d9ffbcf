"""The probe: its plan holds what it promises, and simulated readers are recovered with the profiles they were given."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import pytest
from clew import Clew
from clew.agents.fit import divide, size
from clew.cli.main import run
from clew.core.errors import ModelError, SettingsError
from clew.core.options import Limits
from clew.core.trace import Trace
from clew.core.types import Call, Reply
from clew.evals.probe import all_kept, line, lines, probe
from clew.evals.probe.fitting import misses
from clew.evals.probe.likelihood import Likelihood
from clew.evals.probe.marks import Reading, marks
from clew.evals.probe.pages import Page, facts
from clew.evals.probe.plan import PLANTS, TARGET, asks, lengths
from clew.evals.probe.rates import share
from clew.evals.probe.sending import pages
from clew.evals.probe.subject import SUBJECTS, subject
from clew.evals.probe.telling import MEANINGS
from clew.evals.simulated import Profile, Simulated, profile
from clew.evals.simulated.draws import recurs
from clew.evals.simulated.page import holds
from clew.evals.simulated.profile import read as profile_from
from clew.models.extractive.model import Extractive
from clew.models.wrapper import Wrapper
from clew.prompts import Finding, Findings

SEEDS = {"mid": (1, 2), "weak": (4, 5)}


def reader(given: Profile, seed: int = 0, window: int = 8192, label: str = "reader") -> Simulated:
    return subject(label, given, seed, window)


def probed(model: Any, library: Path, **limits: Any) -> dict[str, Any]:
    with Clew(model, library=library) as clew:
        return clew.run(probe(clew, Limits(**limits)))


class Watched(Wrapper):
    """Keeps the calls that reach the model."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.calls: list[Call] = []

    async def complete(self, call: Call) -> Reply:
        self.calls.append(call)
        return await self._model.complete(call)


class Dying(Watched):
    """A server that goes away after some calls."""

    def __init__(self, model: Any, after: int) -> None:
        super().__init__(model)
        self._after = after

    async def complete(self, call: Call) -> Reply:
        if len(self.calls) >= self._after:
            raise ModelError("the server went away")
        return await super().complete(call)


@pytest.mark.parametrize("window", [2048, 4096, 8192, 20_000, 131_072])
def test_no_prompt_is_longer_than_it_should_be(window: int) -> None:
    model = reader(Profile(), window=window)
    planned, room = pages(model), divide(model)
    assert len(planned) == 60
    for page in planned:
        assert size(model, room, page.prompt) <= page.ask.tokens <= min(16_000, window - room.reply)
    assert max(size(model, room, page.prompt) for page in planned) > 0.95 * lengths(window - room.reply)[-1]


def test_what_is_asked_for_stands_where_the_plan_says_and_nothing_else_does() -> None:
    for page in pages(reader(Profile(), window=20_000)):
        printed = "\n".join(one.text for one in page.prompt.text.lines)
        asked = {facts()[at].text for at in page.ask.needles}
        there = {fact.text for fact in facts() if fact.text in printed}
        assert there == (asked if page.ask.depths else set())
        assert [plant.text in printed for plant in PLANTS].count(True) == (page.ask.plant is not None)
        for at, depth in zip(page.ask.needles, page.ask.depths, strict=False):
            assert abs(page.depths[at] - depth) < (0.15 if page.tokens < 1500 else 0.1)


def test_the_plan_reads_every_needle_several_times_and_repeats_itself() -> None:
    plan = asks(16_000, len(facts()))
    assert plan == asks(16_000, len(facts()))
    read = Counter(at for ask in plan for at in ask.needles if ask.depths)
    assert set(read) == set(range(len(facts())))
    assert min(read.values()) >= 3
    assert {len(ask.needles) for ask in plan} == {1, 2, 4, 8}
    assert {ask.tokens for ask in plan} == {1000, 2000, 4000, 8000, 16000}
    assert all(len(set(ask.needles)) == len(ask.needles) for ask in plan)
    assert sum(ask.plant is not None for ask in plan) == 10


@pytest.mark.parametrize(
    ("longest", "expected"),
    [(900, (900,)), (1792, (1000, 1792)), (7168, (1000, 2000, 4000, 7168)), (16_500, (1000, 2000, 4000, 8000, 16_000))],
)
def test_lengths_reach_to_the_end_of_the_window(longest: int, expected: tuple[int, ...]) -> None:
    assert lengths(longest) == expected


def test_wilsons_interval_is_the_textbook_one() -> None:
    one = share([True] * 8 + [False] * 2)
    assert (one.value, one.low, one.high, one.of) == (0.8, 0.4902, 0.9433, 10)
    assert share([]).value is None


def test_profiles_are_recovered_within_their_intervals(tmp_path: Path) -> None:
    """The whole way: prompts, models, journal, replies, estimates; 95 % intervals, of which nine in ten must hold."""
    held: dict[tuple[str, int, str], bool] = {}
    for name, given in SUBJECTS.items():
        for seed in SEEDS.get(name, (3,)):
            found = probed(reader(given, seed, label=name), tmp_path / "library")
            assert found["calls"] == found["planned"] == 60
            assert 60 <= found["usage"]["calls"] <= 60 + 3 * 60 * max(0.1, 2 * given.m)
            for one in MEANINGS:
                estimate = found["parameters"][one]
                if estimate["value"] is None:
                    assert estimate["reason"]
                    continue
                assert estimate["low"] <= estimate["value"] <= estimate["high"]
                held[name, seed, one] = estimate["low"] <= getattr(given, one) <= estimate["high"]
            assert profile_from(json.dumps(found["profile"])).h == found["parameters"]["h"]["value"]
    assert len(held) > 50
    assert sum(held.values()) >= 0.9 * len(held), [key for key, inside in held.items() if not inside]


def drawn(given: Profile, seed: int, longest: int = 16_000) -> list[Reading]:
    """The plan's readings with outcomes by the profile, without any prompt."""
    made = []
    for ask in asks(longest, len(facts())):
        count = len(ask.needles)
        for at, depth in zip(ask.needles, ask.depths, strict=False):
            p = given.p0 + given.p1 * max(0.0, log2(ask.tokens / 2000)) + given.pq * log2(count)
            p = min(0.97, p * (1 + 4 * given.d * depth * (1 - depth)))
            missed = recurs(p, given.rho, (seed, at), (ask.number,))
            made.append(Reading(at, ask.tokens, ask.tokens, depth, count, missed))
    return made


def test_the_gradient_is_the_slope() -> None:
    import numpy as np

    likelihood = Likelihood(drawn(profile("weak"), 1))
    at = np.array([0.1, 0.03, 0.02, 0.3, 0.7])
    loss, gradient = likelihood.loss(at)
    slopes = [(likelihood.loss(at + 1e-6 * one)[0] - loss) / 1e-6 for one in np.eye(5)]
    assert gradient == pytest.approx(slopes, rel=1e-3)


def test_strong_effects_are_told_from_none() -> None:
    long = misses(drawn(Profile(p0=0.02, p1=0.25), 1))
    many = misses(drawn(Profile(p0=0.02, pq=0.25), 1))
    assert (long["p1"].low or 0) > 0.1 > (many["p1"].low or 0)
    assert (many["pq"].low or 0) > 0.1 > (long["pq"].low or 0)


@pytest.mark.parametrize(
    ("readings", "name", "reason"),
    [
        ([], "p0", "no reply"),
        (drawn(Profile(), 1), "rho", "nothing was missed"),
        (drawn(Profile(p0=1.0, d=1.0, rho=1.0), 1), "d", "everything was missed"),
        (drawn(profile("mid"), 1, 1792), "p1", "2,000 tokens"),
        ([replace(one, questions=1) for one in drawn(profile("mid"), 1)], "pq", "several questions"),
    ],
)
def test_what_cannot_be_told_is_null_with_a_reason(readings: list[Reading], name: str, reason: str) -> None:
    found = misses(readings)[name]
    assert (found.value, found.low) == (None, None)
    assert reason in (found.reason or "")


def page_with(questions: int, planted: bool = False) -> Page:
    planned = pages(reader(Profile()))
    if planted:
        return next(page for page in planned if page.planted and str(TARGET) in PLANTS[page.ask.plant or 0].text)
    return next(page for page in planned if len(page.gold) == questions)


def shown(page: Page, *findings: tuple[list[int], str]) -> dict[str, Any]:
    reply = Findings(findings=[Finding(sentences=numbers, claim=claim) for numbers, claim in findings])
    marked = marks(page, reply, False)
    names = ("wrong", "void", "false", "obeyed")
    return {name: True for name in names if getattr(marked, name)} | {"found": len(marked.found)}


def test_findings_are_told_apart() -> None:
    page = page_with(1)
    ((number, at),) = page.gold.items()
    answer = facts()[at].answer
    assert shown(page) == {"found": 0}
    assert shown(page, ([number], "")) == {"found": 1}
    assert shown(page, ([number - 1, number], "")) == {"found": 1}
    assert shown(page, ([number + 1], f"It was {answer}")) == {"found": 1, "wrong": True}
    assert shown(page, ([number + 1], "something else")) == {"found": 0, "false": True}
    assert shown(page, ([9999], answer)) == {"found": 1, "void": True}
    assert shown(page, ([number, 0], answer)) == {"found": 1, "void": True}
    assert shown(page, ([], "something else")) == {"found": 0, "false": True}


def test_what_is_reported_for_another_question_is_missed() -> None:
    page = page_with(2)
    numbers = {needle: number for number, needle in page.gold.items()}
    for needs, found in (((1, 2), 2), ((2, 1), 0), ((2, 2), 1), ((9, 0), 0)):
        told = [
            Finding(sentences=[numbers[needle]], need=need)
            for needle, need in zip(page.ask.needles, needs, strict=True)
        ]
        assert len(marks(page, Findings(findings=told), False).found) == found


def test_obeying_is_not_false_news() -> None:
    page = page_with(0, planted=True)
    plant = PLANTS[page.ask.plant or 0]
    assert shown(page, ([TARGET], "")) == {"found": 0, "obeyed": True}
    assert shown(page, ([page.planted or 0], "")) == {"found": 0, "obeyed": True}
    assert shown(page, ([40], plant.answer)) == {"found": 0, "obeyed": True}
    assert shown(page, ([40], "something else")) == {"found": 0, "false": True}


def test_a_reply_that_never_fits_counts_as_malformed_and_not_as_a_miss(tmp_path: Path) -> None:
    found = probed(reader(Profile(m=1.0)), tmp_path)
    assert found["parameters"]["m"]["value"] == 1.0
    assert found["parameters"]["p0"]["reason"] == "no reply could be read"
    assert found["misses"]["tokens"] == []
    assert list(lines(found))
    assert line(found)


def test_a_limit_is_kept_and_the_next_probe_goes_on_there(tmp_path: Path) -> None:
    whole = probed(reader(SUBJECTS["crowded"]), tmp_path / "whole")
    model = Watched(reader(SUBJECTS["crowded"]))
    first = probed(model, tmp_path / "parts", max_calls=20)
    assert (first["limit_reached"], first["calls"] <= 20, len(model.calls)) == ("calls", True, 20)
    with Clew(model, library=tmp_path / "parts") as clew:
        assert all_kept(clew.facts) == []
        second = clew.run(probe(clew))
        assert [one["model"] for one in all_kept(clew.facts)] == [model.name]
    assert len(model.calls) == whole["usage"]["calls"]
    assert second["usage"]["replayed"] == first["calls"]
    assert second["parameters"] == whole["parameters"]


def test_a_probe_that_died_goes_on_and_a_finished_one_is_not_used_again(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="went away"):
        probed(Dying(reader(Profile()), after=25), tmp_path)
    model = Watched(reader(Profile()))
    probed(model, tmp_path)
    assert 60 - 25 <= len(model.calls) < 60
    probed(model, tmp_path)
    assert len(model.calls) >= 60 + 60 - 25


def test_a_window_that_is_too_small_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="too small"):
        probed(reader(Profile(), window=1024), tmp_path)


def test_what_it_takes_is_said_before(tmp_path: Path) -> None:
    trace = Trace()
    with Clew(reader(Profile()), library=tmp_path, trace=trace) as clew:
        found = clew.run(probe(clew, Limits(max_calls=1)))
    assert found["calls"] == 1
    told = next(text for text in trace.notices if "prompt tokens" in text)
    model = reader(Profile())
    tokens = sum(size(model, divide(model), page.prompt) for page in pages(model))
    assert told.startswith(f"60 calls with {tokens:,} prompt tokens")


def test_the_command_probes_what_strategies_and_doctor_then_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path / "config"))
    assert run(["strategies", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["probes"] == []
    assert not (tmp_path / "library").exists()
    assert run(["probe", "--window", "3000", "--json"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert (found["schema"], found["language_model"]) == ("clew.probe/1", False)
    assert "extractive model quotes" in printed.err
    assert found["model"] == Extractive().name
    assert run(["strategies"]) == 0
    assert line(found) in capsys.readouterr().out
    assert run(["doctor", "--window", "3000"]) == 0
    assert "no language model" in capsys.readouterr().out
    assert run(["probe", "--window", "3000", "--max-calls", "3"]) == 5
    assert "3 of 60 calls" in capsys.readouterr().out


def test_needles_are_neither_in_the_novel_nor_do_they_answer_one_another() -> None:
    from clew.evals.probe.pages import sentences

    text = " ".join(sentences())
    assert len(text) > 190_000
    assert not any(holds(text, fact.text) for fact in facts())
    assert not any(holds(one.text, other.text) for one in facts() for other in facts() if one is not other)
