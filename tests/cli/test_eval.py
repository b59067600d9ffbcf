"""`clew eval` and `clew compare`: questions with known answers, asked and scored; and what can be wrong with files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew.cli.compare import named
from clew.cli.main import run
from simserver import SimServer

TEXT = (
    "The lighthouse on Gull Island was built in 1871. Its first keeper was Martha Venn. She kept a diary. "
    "The lamp burned whale oil until 1890. Her brother Tom Venn fished for herring.\n"
)
ROWS: list[dict[str, Any]] = [
    {"id": "built", "question": "When was the lighthouse built?", "answer": ["1871", "in the year 1871"]},
    {
        "id": "keeper",
        "question": "Who was the first keeper?",
        "answer": "Martha Venn",
        "evidence": ["Its first keeper"],
    },
    {"id": "lamp", "question": "What did the lamp burn?", "answer": "seal oil", "evidence": ["whale\noil until 1890."]},
    {"id": "none", "question": "What did the astronomer pay for the telescope in Vienna?", "answer": None},
]
ASKED = ("eval", "questions.jsonl", "--out", "answers", "--strategy", "chain", "--strategy", "retrieve")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEW_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "island.txt").write_text(TEXT)
    ask(ROWS)
    return tmp_path


def ask(rows: list[Any], name: str = "questions.jsonl") -> None:
    """Writes questions about the island."""
    lines = [row if isinstance(row, str) else json.dumps({"documents": ["island.txt"], **row}) for row in rows]
    Path(name).write_text("\n".join(lines))


Told = Callable[..., tuple[str, str]]


@pytest.fixture
def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command; what it says on standard output and error."""

    def command(*words: str, code: int = 0) -> tuple[str, str]:
        came = run(list(words))
        said = capsys.readouterr()
        assert came == code, said.err
        return said.out, said.err

    return command


def cells(table: str, name: str) -> list[list[str]]:
    """The cells behind a name, of each of its lines."""
    return [line.split()[1:] for line in table.splitlines() if line.split()[:1] == [name]]


def test_each_way_is_a_batch_and_the_table_is_that_of_compare(told: Told, folder: Path) -> None:
    out, err = told(*ASKED)
    assert "chain: 4 answered, 0 answered before, 0 failed" in err
    assert "not answer" not in err, "the fields of a key are looked at"
    assert cells(out, "chain")[0] == ["2/3", "1/3", "0/3", "1/1", "100", "%", "3/3"]
    assert {path.name for path in (folder / "answers").iterdir()} == {"chain.jsonl", "retrieve.jsonl"}
    again, err = told("compare", "questions.jsonl", "answers/chain.jsonl", "answers/retrieve.jsonl")
    assert (again, err) == (out, "")
    assert (
        max(map(len, (line for line in out.splitlines() if line[:1].isspace() or line[:5] in ("chain", "retri")))) <= 80
    )


def test_a_rerun_pays_nothing_and_a_further_way_goes_on(told: Told) -> None:
    out, _ = told(*ASKED)
    again, err = told(*ASKED, "--strategy", "sweep")
    assert err.count("0 answered, 4 answered before") == 2
    assert "sweep: 4 answered" in err
    assert cells(again, "chain") == cells(out, "chain")


def test_calls_that_another_way_has_paid_for_count_in_full(told: Told) -> None:
    words, both = ("eval", "questions.jsonl", "--json", "--strategy"), "retrieve,chain"
    alone = json.loads(told(*words, both, "--out", "alone", "--keep", "none")[0])["files"][0]
    after = json.loads(told(*words, "chain", "--strategy", both, "--out", "after")[0])["files"][1]
    rows = [json.loads(line)["usage"] for line in Path(f"after/{both}.jsonl").read_text().splitlines()]
    assert sum(used["replayed"] for used in rows) > 0
    assert (after["calls"], after["prompt_tokens"]) == (alone["calls"], alone["prompt_tokens"])
    assert sum(used["prompt_tokens"] for used in rows) / len(rows) < after["prompt_tokens"]


def test_the_object_has_every_mark(told: Told) -> None:
    out, _ = told(*ASKED, "--json")
    found = json.loads(out)
    assert (found["schema"], found["questions"], found["differences"]) == ("clew.compare/1", 4, [])
    verdicts = {one["id"]: one["verdict"] for one in found["files"][0]["marks"]}
    assert verdicts == {"built": "right", "keeper": "right", "lamp": "wrong", "none": "declined"}


def test_without_keys_status_and_cost_are_compared_and_nothing_is_scored(told: Told) -> None:
    ask([{name: row[name] for name in ("id", "question")} for row in ROWS])
    out, _ = told(*ASKED)
    assert "nothing was scored" in out
    assert cells(out, "chain")[0] == ["3", "0", "0", "1", "0"]
    assert "right" not in out


def test_a_dry_run_asks_nothing_and_says_what_each_way_would_take(told: Told, folder: Path) -> None:
    plans = json.loads(told(*ASKED, "--dry-run", "--json")[0])
    assert plans["schema"] == "clew.plans/1"
    assert [(plan["strategy"], plan["rows"]) for plan in plans["plans"]] == [("chain", 4), ("retrieve", 4)]
    assert "retrieve with extractive: a dry run" in told(*ASKED, "--dry-run")[0]
    assert not (folder / "answers").exists()


def test_a_bad_row_fails_alone_and_is_told(told: Told) -> None:
    ask([*ROWS, "no json", {"id": "key", "question": "Who?", "answer": []}, {"question": "Who?", "answers": "Ada"}])
    out, err = told(*ASKED, code=3)
    assert err.count("4 answered, 0 answered before, 3 failed") == 2
    assert "there is no field answers" in err
    assert "3 rows that cannot be asked, left out; 5: line 5 is no JSON" in out
    assert cells(out, "chain")[0][:3] == ["2/3", "1/3", "0/3"]
    assert told("compare", "questions.jsonl", "answers/chain.jsonl", code=3)[0]


def test_a_row_that_fails_in_a_file_is_not_right(told: Told) -> None:
    ask([*ROWS, {"id": "gone", "question": "Who?", "documents": ["gone.txt"], "answer": "Ada", "evidence": ["Ada"]}])
    out, _ = told(*ASKED, code=3)
    assert cells(out, "chain")[0][:3] == ["2/4", "1/4", "0/4"]
    assert "chain: 1 row failed, none of them right: gone" in out
    assert "the evidence of 1 question is not scored; gone: gone.txt" in out


def test_a_limit_ends_it_with_what_there_is_and_the_same_command_goes_on(told: Told) -> None:
    out, err = told(*ASKED, "--max-calls", "3", code=5)
    assert "the limit on calls was reached" in err
    assert "cut short by a limit" in out
    assert "not begun: retrieve" in err
    assert not cells(out, "retrieve")
    assert len(cells(told(*ASKED)[0], "retrieve")) == 2


def test_several_models_are_compared_by_file_and_do_not_share_one(
    told: Told, serve: Callable[..., SimServer], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEW_CONFIG", str(folder))
    (folder / "prices.toml").write_text('["sim"]\nprompt = 1000\ncompletion = 1000\n')
    words = ("eval", "questions.jsonl", "--strategy", "retrieve")
    served = ("--base-url", serve(window=8192).url, "--model", "sim")
    told(*words, "--out", "first")
    _, err = told(*words, "--out", "first", *served, code=2)
    assert "first/retrieve.jsonl holds answers of extractive, not of" in err
    told(*words, "--out", "second", *served)
    out, _ = told("compare", "questions.jsonl", "first/retrieve.jsonl", "second/retrieve.jsonl")
    assert "first/retrieve: answered by extractive" in out
    (_, (_, _, nothing, *_)), (_, (_, tokens, cost, *_)) = (
        cells(out, f"{one}/retrieve") for one in ("first", "second")
    )
    assert float(nothing) == 0
    assert float(cost) > int(tokens.replace(",", "")) / 1000 > 0


def test_what_keeps_answers_from_being_scored_is_told(told: Told, folder: Path) -> None:
    told(*ASKED)
    answers = folder / "answers"
    lines = (answers / "chain.jsonl").read_text().splitlines()
    (answers / "torn.jsonl").write_text("\n".join(lines)[:-40])
    ask([*ROWS[:3], {**ROWS[3], "question": "Who else?"}, {"id": "new", "question": "Who?"}])
    out, _ = told("compare", "questions.jsonl", "answers/chain.jsonl", "answers/torn.jsonl")
    assert "torn: the last line was cut off and is left out" in out
    assert "chain: 2 questions not answered there: none, new" in out
    assert "chain: 1 answer to other questions, left out: none" in out
    assert "1 question without answer or evidence beside it, not scored: new" in out
    ask([*ROWS[:2], {**ROWS[2], "evidence": ["whale oil", "seal oil"]}])
    (folder / "island.txt").write_text(TEXT + "A second keeper came.\n")
    out, _ = told("compare", "questions.jsonl", "answers/chain.jsonl")
    assert "evidence that does not stand in the documents is left out, of lamp" in out
    assert "chain: documents have changed since, so evidence is not scored: keeper, lamp" in out
    assert cells(out, "chain")[0][4] == "–"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["compare", "none.jsonl", "a.jsonl"], 3, "none.jsonl cannot be read"),
        (["compare", "questions.jsonl", "none.jsonl"], 3, "none.jsonl cannot be read"),
        (["compare", "questions.jsonl", "."], 3, ". cannot be read: Is a directory"),
        (["compare", "questions.jsonl", "questions.jsonl"], 2, "something else than answers (line 1)"),
        (["compare", "questions.jsonl", "empty.jsonl"], 2, "empty answers none of these questions"),
        (["compare", "questions.jsonl", "half.jsonl"], 2, "half.jsonl: the answer to 'built' cannot be read"),
        (["compare", "empty.jsonl", "empty.jsonl"], 2, "holds no questions"),
        (
            ["compare", "bad.jsonl", "empty.jsonl"],
            2,
            "bad.jsonl holds no question that can be asked: line 1 is no JSON",
        ),
        (["compare", "questions.jsonl"], 2, "ANSWERS is missing"),
        (["eval", "questions.jsonl"], 2, "--out is missing"),
        (["eval", "questions.jsonl", "--out", "island.txt"], 2, "island.txt cannot be a folder: File exists"),
        (["eval", "questions.jsonl", "--out", "no/where"], 2, "no/where cannot be a folder: No such file"),
        (
            ["eval", "questions.jsonl", "--out", "a", "--strategy", "auto", "--strategy", "chian"],
            2,
            "did you mean chain",
        ),
        (["eval", "questions.jsonl", "--out", "a", "--block", "2"], 2, "--block is for sweep: auto takes no notice"),
        (["eval", "none.jsonl", "--out", "a"], 3, "none.jsonl cannot be read"),
    ],
    ids=lambda value: " ".join(value)[:50] if isinstance(value, list) else "",
)
def test_mistakes_get_a_line_and_a_code(told: Told, words: list[str], code: int, said: str) -> None:
    Path("empty.jsonl").write_text("")
    Path("bad.jsonl").write_text("none")
    Path("half.jsonl").write_text('{"id": "built", "row": "0", "schema": "clew.answer/1"}\n')
    out, err = told(*words, code=code)
    assert said in err
    assert "hint: " in err
    assert out == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_asked(told: Told, folder: Path) -> None:
    (folder / "answers").mkdir(mode=0o500)
    assert "cannot be written to" in told(*ASKED, code=2)[1]


def test_names_have_folders_where_these_tell_them_apart() -> None:
    assert list(named([Path("a/auto.jsonl"), Path("a/sweep.jsonl"), Path("a/auto.jsonl")])) == ["auto", "sweep"]
    assert list(named([Path("a/auto.jsonl"), Path("b/auto.jsonl")])) == ["a/auto", "b/auto"]
