"""`clew strategies`: what is listed, what is marked as a reconstruction, what its formulas are made of."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from clew.agents.strategies import STRATEGIES
from clew.cli.main import run
from clew.cli.worked import TOKENS

REPLICAS = {"access", "tree"}


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["strategies", *words]) == 0
    return capsys.readouterr().out


def test_every_strategy_is_listed_with_its_source_and_cost(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys).splitlines()
    for entry in STRATEGIES.values():
        if entry.replica:
            continue
        at = lines.index(entry.name)
        assert lines[at + 1].strip() == entry.good_at
        assert lines[at + 2].strip() == entry.system
        assert lines[at + 3].split(maxsplit=1) == ["calls", entry.cost.calls.replace(" * ", "·")]
        assert lines[at + 4].split(maxsplit=1) == ["tokens", entry.cost.tokens.replace(" * ", "·")]
    assert not REPLICAS & set(lines)
    explained = {line[0] for line in lines if re.match(r"[A-Za-z] {3}", line)}
    assert set(re.findall(r"\b([A-Za-z]) = ", lines[-1])) <= explained


def test_reconstructions_are_listed_on_demand_and_marked(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys, "--all").splitlines()
    assert set(lines) >= REPLICAS
    assert sum(line.endswith("a small reconstruction") for line in lines) == len(REPLICAS)


def test_the_json_says_the_same_and_explains_the_symbols(capsys: pytest.CaptureFixture[str]) -> None:
    few, every = (json.loads(listed(capsys, *words, "--json")) for words in ((), ("--all",)))
    rows: list[dict[str, Any]] = every["strategies"]
    assert every["schema"] == "clew.strategies/1"
    assert {row["name"] for row in rows} == set(STRATEGIES)
    assert {row["name"] for row in rows if row["reconstruction"]} == REPLICAS
    assert {row["name"] for row in few["strategies"]} == set(STRATEGIES) - REPLICAS
    assert "N" in every["symbols"]


def test_a_combination_names_the_part_that_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "Who?", "nowhere.txt", "--strategy", "chain,chian", "--json"]) in (2, 3)
    assert run(["ask", "Who?", __file__, "--strategy", "chain,chian", "--json", "--keep", "none"]) == 2
    assert "chian" in capsys.readouterr().out


def test_a_book_is_worked_out_from_the_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(listed(capsys, "--all", "--json"))
    values, rows = told["example"], {row["name"]: row for row in told["strategies"]}
    assert values["n"] == TOKENS
    assert set(values) == set(told["symbols"])
    assert rows["full"]["example"] is None, "it does not fit a window of 8,192"
    assert rows["chain"]["example"]["calls"] == [values["N"], values["N"] + 3]
    assert rows["chain"]["example"]["tokens"][0] == values["n"] + values["N"] * values["i"]
    for row in rows.values():
        for low, high in (row["example"] or {}).values():
            assert 0 < low <= high
    assert listed(capsys).count("a book  ") == len(set(STRATEGIES) - REPLICAS)


def test_what_is_named_is_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    told = listed(capsys, "chain", "full")
    assert [line for line in told.splitlines() if line in STRATEGIES] == ["chain", "full"]
    for name in ("chain", "full"):
        assert all(line.strip() in told for line in STRATEGIES[name].algorithm.splitlines())
    assert re.findall(r"^ +(--\w+ \S+)  ", told, re.MULTILINE) == [
        "--order left|right|related",
        "--message lines|prose",
        "--paths N",
    ]
    rows = json.loads(listed(capsys, "tree", "--json"))["strategies"]
    assert [(row["name"], row["options"]) for row in rows] == [("tree", [])]
    assert rows[0]["algorithm"].startswith("`tree`: ")


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_file_of_a_strategy_begins_with_its_algorithm(name: str) -> None:
    first, _, rest = STRATEGIES[name].algorithm.partition("\n")
    assert first.startswith(f"`{name}`: ")
    assert re.search(r"^    \S", rest, re.MULTILINE)


def test_a_name_that_is_unknown_is_said_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["strategies", "chian"]) == 2
    assert "did you mean chain?" in capsys.readouterr().err


def test_a_narrow_terminal_folds_lines_and_loses_no_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = listed(capsys, "chain")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    folded = re.sub(r"\x1b\[[\d;]*m", "", listed(capsys, "chain"))
    assert folded.split() == plain.split()
    assert max(map(len, folded.splitlines())) <= 60
