"""From trials to tables: scores of real runs, statistics, pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from clew.agents.strategies.demonstrated import Demonstrated
from clew.agents.strategies.sweep import Sweep
from clew.core.errors import SettingsError
from clew.evals.grid import Job, Reader, Row, trials
from clew.evals.haystack import haystacks
from clew.evals.pictures import best_ways, completeness, depth_maps
from clew.evals.robust import RANGES, drawn, orderings, standing
from clew.evals.significance import COMPARISONS, compared, holm, paired, per_unit
from clew.evals.simulated import Profile
from clew.evals.summary import best, curves, differences, groups, line, right, table, worth
from clew.evals.svg import looks
from clew.evals.trial import FAILED, bare
from clew.evals.ways import WAYS, options, strategy
from riddles import small_corpus

WINDOW = 3000
WAYS_READ = ("full", "chain", "sweep")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The riddles, in a text of some chunks and its twin, read perfectly, and in a planted one, read by a gull."""
    plain, twin, planted = haystacks(small_corpus(), 3000, "forward", ("plain", "twin", "planted"), seed=1)
    perfect, gullible = Reader("perfect", Profile(), 0, WINDOW), Reader("gullible", Profile(i=1.0, p0=0.97), 0, WINDOW)
    jobs = (Job(plain, (perfect,), WAYS_READ), Job(twin, (perfect,), WAYS_READ), Job(planted, (gullible,), WAYS_READ))
    return [row for job in jobs for row in trials(job)]


def of(rows: list[Row], **wanted: str) -> list[Row]:
    found = [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]
    assert found
    return found


def test_a_perfect_reader_is_right_and_falls_for_no_twin(rows: list[Row]) -> None:
    for way in ("chain", "sweep"):
        for row in of(rows, reader="perfect", kind="plain", way=way):
            assert row.trial.verdict == "right"
            assert (row.trial.recall, row.trial.precision, row.trial.false) == (1.0, 1.0, 0)
            assert row.trial.complete
            assert row.trial.packed
            assert row.trial.calls > row.trial.depth - 1 > 0
            assert row.trial.prompt_tokens > 2500
        for row in of(rows, reader="perfect", kind="twin", way=way):
            assert row.trial.verdict == "abstained"
            assert row.trial.recall < 1


def test_a_text_too_long_for_full_is_a_failure_with_its_reason(rows: list[Row]) -> None:
    for row in of(rows, way="full"):
        assert row.trial == replace(FAILED, reason=row.trial.reason)
        assert "tokens" in row.trial.reason


def test_a_gullible_reader_says_what_was_planted(rows: list[Row]) -> None:
    assert any(row.trial.injected for row in of(rows, reader="gullible", kind="planted", way="sweep"))
    assert not any(row.trial.injected for row in of(rows, reader="perfect"))


def test_a_table_has_a_line_for_each_way(rows: list[Row]) -> None:
    ((_, perfect),) = [found for found in groups(rows) if found[0].reader == "perfect"]
    lines = list(table(perfect))
    assert [one.split()[0] for one in lines] == ["way", "full", "chain", "sweep"]
    assert line("sweep", of(perfect, way="sweep")).split()[1:6] == ["1.000", "1.000", "1.000", "1.000", "0.00"]
    assert [one.partition(":")[0] for one in differences(perfect)] == ["sweep - chain"]


def made(
    way: str, verdicts: list[str], kind: str = "plain", reader: str = "0.1/0.2", dataset: str = "a", **values: Any
) -> list[Row]:
    trial = replace(FAILED, **{"prompt_tokens": 1000, "complete": True, "recall": 0.5, **values})
    return [
        Row(dataset, 16_000, "10%", kind, reader, 8192, seed, way, f"q{at}", replace(trial, verdict=verdict))
        for seed in range(2)
        for at, verdict in enumerate(verdicts)
    ]


def test_units_average_their_seeds_and_differences_are_paired() -> None:
    held = made("sweep", ["right"] * 20) + made("chain", ["right"] * 5 + ["wrong"] * 15)
    units = per_unit(held, right)
    assert len(units["chain"]) == 20
    one = paired(units["sweep"], units["chain"], ("sweep", "chain"))
    assert one.mean == pytest.approx(0.75)
    assert 0.5 < one.low < 0.75 < one.high < 1
    assert one.p < 0.001
    same = paired(units["chain"], units["chain"], ("chain", "chain"))
    assert (same.mean, same.p) == (0.0, 1.0)


def test_holm_corrects_step_by_step_and_keeps_the_order() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]


def test_only_listed_comparisons_are_made() -> None:
    held = made("sweep", ["right"] * 5) + made("chain", ["wrong"] * 5) + made("full", ["wrong"] * 5)
    found = compared(held, right)
    assert [(one.first, one.second) for one in found] == [("sweep", "chain")]
    assert ("sweep", "chain") in COMPARISONS


def test_worth_counts_wrong_answers_and_the_best_way_is_told_apart() -> None:
    assert [worth(row) for row in made("sweep", ["right", "wrong", "abstained"])[:3]] == [1.0, -1.0, 0.0]
    assert worth(made("sweep", ["right"], "twin")[0]) == -1.0
    held = made("sweep", ["right"] * 20) + made("chain", ["wrong"] * 20)
    found = best(held)
    assert (found.way, found.next, found.apart) == ("sweep", "chain", True)
    assert not best(made("sweep", ["right", "wrong"] * 3) + made("chain", ["wrong", "right"] * 3)).apart


def test_an_ordering_is_claimed_only_where_it_holds_in_ninety_of_a_hundred_draws() -> None:
    won = [
        row
        for n in range(9)
        for way, v in (("sweep", "right"), ("chain", "wrong"))
        for row in made(way, [v], reader=f"draw-{n}")
    ]
    lost = [row for way, v in (("sweep", "wrong"), ("chain", "right")) for row in made(way, [v], reader="draw-9")]
    assert list(orderings(won + lost)) == ["sweep above chain in 9 of 10 draws, below in 1: claimed"]
    assert list(orderings(won[:8] + lost)) == ["sweep above chain in 2 of 3 draws, below in 1: no ordering is claimed"]


def test_how_a_way_stands_to_another_over_draws() -> None:
    held = [
        row
        for n in range(4)
        for way, done, tokens in (("auto", n > 0, 50), ("sweep", n == 0, 100))
        for row in made(way, ["right"] * 8, reader=f"draw-{n}", complete=done, prompt_tokens=tokens)
    ]
    twins = [
        row
        for n in range(4)
        for way, verdict in (("auto", "abstained"), ("sweep", "wrong"))
        for row in made(way, [verdict], "twin", reader=f"draw-{n}")
    ]
    _, auto, sweep = standing([*held, *twins], "auto")
    assert auto.split() == ["auto", "0.750", "0.000", "50", "|"]
    assert sweep.split() == ["sweep", "0.250", "1.000", "100", "|", "0.75", "0.75", "1.00", "0.50"]


def test_drawn_readers_differ_and_stay_in_their_ranges() -> None:
    readers = list(drawn(30))
    assert len({reader.profile for reader in readers}) == 30
    assert readers == list(drawn(30))
    for reader in readers:
        assert all(low <= getattr(reader.profile, name) <= high for name, (low, high) in RANGES.items())


def test_pictures_begin_with_the_word_simulation_and_are_whole() -> None:
    import xml.etree.ElementTree as tree

    held = made("sweep", ["right"] * 3) + made("chain", ["wrong"] * 3)
    for shown in (completeness(held), best_ways(held), depth_maps(held)):
        assert shown.splitlines()[0].startswith("<!-- simulation")
        words = [element.text for element in tree.fromstring(shown).iter() if element.text and element.text.strip()]
        assert any("sweep" in word for word in words)
    assert curves(held, right)["sweep"] == [(1000.0, 1.0)]


def test_a_way_has_one_colour_and_its_variants_are_dashed() -> None:
    drawn = looks(["auto", "sweep", "sweep@1", "chain", "sweep@2", "chain:order=right"])
    assert drawn["sweep"].colour == drawn["sweep@1"].colour == drawn["sweep@2"].colour
    assert len({drawn[way].colour for way in ("auto", "sweep", "chain")}) == 3
    assert len({drawn[way].dash for way in ("sweep", "sweep@1", "sweep@2")}) == 3
    assert drawn["chain"].dash == ""


def test_ways_are_named_by_strategy_choices_and_rounds() -> None:
    assert options("chain:order=right,message=prose").order == "right"
    assert strategy("chain:order=right").name == "chain"
    assert isinstance(strategy("graph:demonstrations=True"), Demonstrated)
    assert isinstance(strategy("sweep@1"), Sweep)
    assert options("memory:lookback=True,stops=2").stops == 2
    assert all(strategy(way) for way in WAYS)
    for wrong in ("sweeep", "chain:odrer=right", "full@2", "sweep@0"):
        with pytest.raises(SettingsError):
            strategy(wrong)


def test_answers_are_compared_without_marks_and_articles() -> None:
    assert bare("The Low Mill [1][2].") == bare("low mill") == "low mill"
    assert bare("no") != bare("not so")
