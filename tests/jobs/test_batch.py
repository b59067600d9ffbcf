"""Batch jobs: every row answered once, bad rows told, torn files mended, reruns free."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from clew import Clew, SettingsError
from clew.cli.main import run
from clew.core.options import Options
from clew.jobs.batch import Done, work
from clew.jobs.order import side_by_side
from clew.jobs.out import Out
from clew.jobs.rows import rows
from clew.jobs.shelves import Shelves
from clew.models.meter import Budget

GOOD = {"id": "a", "question": "Who was the first keeper?", "documents": ["island.txt"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "island.txt").write_text("The lighthouse was built in 1871. Its first keeper was Martha Venn.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def job(folder: Path, lines: list[Any], budget: Budget | None = None) -> tuple[Done, list[dict[str, Any]]]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    with Out(folder / "answers.jsonl") as out, Clew(library=folder / "library") as clew:
        done = clew.run(work(clew, list(rows(texts)), out, Options(), budget or Budget(), lambda n: None))
    return done, [json.loads(line) for line in out.path.read_text().split("\n") if line]


def test_rows_are_answered_and_bad_lines_do_not_end_the_job(folder: Path) -> None:
    lines = [
        GOOD,
        "not json",
        {"question": "When was it built?", "documents": ["island.txt"]},
        GOOD,
        {**GOOD, "id": "s", "strategy": "nope"},
        {**GOOD, "id": "m", "documents": ["missing.txt"]},
        {**GOOD, "id": "d", "documents": "island.txt"},
        "",
    ]
    done, written = job(folder, lines)
    by_id = {row["id"]: row for row in written}
    assert (done.answered, done.skipped, done.failed, done.limit) == (2, 0, 5, None)
    assert "a: line 4: line 1 has the id 'a' too" in done.reasons
    assert any(reason.startswith("2: line 2 is no JSON") for reason in done.reasons)
    assert by_id["3"]["status"] == "answered"
    assert by_id["3"]["schema"] == "clew.answer/1"
    assert {row["id"]: row["error"]["kind"] for row in written if "error" in row} == {
        "2": "usage",
        "a": "usage",
        "s": "usage",
        "m": "document",
        "d": "usage",
    }


def test_a_rerun_skips_answers_tries_errors_again_and_mends_a_torn_line(folder: Path) -> None:
    missing = {**GOOD, "id": "m", "documents": ["later.txt"]}
    job(folder, [GOOD, missing])
    with (folder / "answers.jsonl").open("a") as file:
        file.write('{"schema": "clew.answer/1", "id": "torn", "ans')
    (folder / "later.txt").write_text("Its first keeper was Anna Holt.")
    done, written = job(folder, [GOOD, missing])
    assert done == Done(answered=1, skipped=1, failed=0, limit=None, reasons=())
    assert sorted(row["id"] for row in written) == ["a", "m"]


def test_a_changed_row_is_answered_anew(folder: Path) -> None:
    job(folder, [GOOD])
    done, written = job(folder, [{**GOOD, "question": "When was the lighthouse built?"}])
    assert (done.answered, done.skipped) == (1, 0)
    assert [row["question"] for row in written] == ["When was the lighthouse built?"]


def test_two_jobs_do_not_write_to_one_file(folder: Path) -> None:
    with Out(folder / "answers.jsonl"), pytest.raises(SettingsError, match="another job"):
        Out(folder / "answers.jsonl")
    Out(folder / "answers.jsonl").close()
    assert [path.name for path in folder.iterdir() if path.suffix == ".lock"] == []


def test_documents_of_several_rows_are_opened_once_and_let_go_of(folder: Path) -> None:
    (folder / "other.txt").write_text("The other island has no lighthouse.")
    other = {**GOOD, "documents": ["other.txt"]}
    todo = list(rows(json.dumps({**row, "id": n}) for n, row in enumerate([GOOD, other, GOOD, other, GOOD])))
    assert [row.id for row in side_by_side(todo)] == ["0", "2", "4", "1", "3"]

    async def shelves() -> None:
        with Clew(library=folder / "library") as clew:
            kept = Shelves(clew, [("island.txt",), ("island.txt",)])
            async with kept.borrowed(("island.txt",)) as first:
                pass
            async with kept.borrowed(("island.txt",)) as second:
                assert second is first
            assert not kept.open

    asyncio.run(shelves())


def test_a_limit_holds_for_the_whole_job(folder: Path) -> None:
    questions = [{**GOOD, "id": str(n), "question": f"Who was keeper number {n}?"} for n in range(6)]
    budget = Budget(max_calls=3)
    done, written = job(folder, questions, budget)
    assert done.limit == "calls"
    assert budget.spent.calls <= 3
    assert len(written) == 6


@pytest.mark.parametrize("held", ["a poem\n", '{"id": "x"}\n', "[1]\n"])
def test_a_file_that_holds_something_else_is_left_alone(folder: Path, held: str) -> None:
    (folder / "answers.jsonl").write_text(held)
    with pytest.raises(SettingsError, match="something else"):
        Out(folder / "answers.jsonl")
    assert (folder / "answers.jsonl").read_text() == held


def test_other_signs_that_end_a_line_do_not_end_a_row(folder: Path) -> None:
    (folder / "island.txt").write_text("Its first keeper was Martha\u2028Venn, \u0085 they say.")
    job(folder, [GOOD])
    assert job(folder, [GOOD])[0].skipped == 1


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "answers.jsonl").symlink_to(folder / "real.jsonl")
    job(folder, [GOOD])
    assert (folder / "answers.jsonl").is_symlink()
    assert json.loads((folder / "real.jsonl").read_text())["id"] == "a"


@pytest.mark.parametrize("name", [".", "nowhere/answers.jsonl"])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_asked(folder: Path, name: str) -> None:
    with pytest.raises(SettingsError):
        Out(folder / name)


def test_rows_that_a_limit_cut_short_are_tried_again(folder: Path) -> None:
    questions = [{**GOOD, "id": str(n), "question": f"Who was keeper number {n}?"} for n in range(4)]
    cut, _ = job(folder, questions, Budget(max_calls=2))
    again, written = job(folder, questions)
    assert cut.limit == "calls"
    assert (cut.cut > 0, cut.answered + cut.cut, again.cut) == (True, 4, 0)
    assert again.answered >= cut.cut
    assert again.answered + again.skipped == len(written) == 4
    assert all(row["limit_reached"] is None for row in written)


def test_a_question_that_is_no_text_is_an_error_of_its_row(folder: Path) -> None:
    done, written = job(folder, ['{"id": "b", "question": "Who \\ud800?", "documents": ["island.txt"]}', GOOD])
    assert (done.answered, done.failed) == (1, 1)
    assert {row["id"]: "error" in row for row in written} == {"a": False, "b": True}


def test_fields_of_others_are_left_alone_and_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the lines of benchmarks have them; one that is like a field which is there is no slip."""
    other = {"answer": "Martha Venn", "meta": {"source": 3}, "question_id": 7, "document": "a text"}
    (folder / "questions.jsonl").write_text("\n".join(json.dumps({**GOOD, **other, "id": n}) for n in range(3)))
    words = ["batch", "questions.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]
    assert run(words) == 0
    assert capsys.readouterr().err.count("not answer, meta, question_id and 1 other\n") == 1
    plain = json.loads((folder / "answers.jsonl").read_text().splitlines()[0])
    assert (plain["answer"] != "Martha Venn", "meta" in plain) == (True, False)
    (folder / "questions.jsonl").write_text("\n".join(json.dumps({**GOOD, "id": n}) for n in range(3)))
    assert run(words) == 0
    assert "0 answered, 3 answered before" in capsys.readouterr().err, "what is left alone changes no question"


def test_a_choice_that_no_row_takes_notice_of_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "questions.jsonl").write_text(json.dumps(GOOD))
    words = ["batch", "questions.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]
    assert run([*words, "--block", "2"]) == 2
    assert "--block is for sweep: auto takes no notice of it" in capsys.readouterr().err
    (folder / "questions.jsonl").write_text(json.dumps({**GOOD, "strategy": "sweep"}))
    assert run([*words, "--block", "2"]) == 0


def test_a_file_without_questions_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "none.jsonl").write_text("\n\n")
    assert run(["batch", "none.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]) == 2
    assert "holds no questions" in capsys.readouterr().err
    assert not (folder / "answers.jsonl").exists()


def test_questions_that_are_not_there_are_told_also_where_there_are_answers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "answers.jsonl").write_text("")
    assert run(["batch", "none.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]) == 3
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    assert run(["batch", "answers.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]) == 2
    assert "answers.jsonl holds the questions" in capsys.readouterr().err


def test_the_end_of_a_job_can_be_had_as_an_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "questions.jsonl").write_text(json.dumps(GOOD) + "\nnone")
    words = ["batch", "questions.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]
    assert run([*words, "--json"]) == 3
    done = json.loads(capsys.readouterr().out)
    assert (done["schema"], done["answered"], done["failed"]) == ("clew.batch/1", 1, 1)


def test_a_job_that_a_limit_ended_says_so_and_how_it_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{**GOOD, "id": str(n), "question": f"Who was keeper number {n}?"} for n in range(4)]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)))
    words = ["batch", "questions.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]
    assert run([*words, "--max-calls", "2"]) == 5
    told = capsys.readouterr().err
    assert "2 answered, 2 cut short" in told
    assert "a larger --max-calls goes on" in told
    assert run(words) == 0
    assert "2 answered, 2 answered before, 0 failed\n" in capsys.readouterr().err


def test_the_first_reasons_of_failing_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{**GOOD, "id": str(n), "documents": [f"{n // 2}.txt"]} for n in range(10)]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert run(["batch", "questions.jsonl", "--out", "answers.jsonl", "--library", str(folder / "library")]) == 3
    told = capsys.readouterr().err
    assert "10 failed" in told
    assert told.count("no such file") == 3, "each reason once, and three of five"
    assert "2 further reasons in answers.jsonl" in told


def test_rows_read_for_together_find_their_replies_again(folder: Path) -> None:
    questions = [f"Who was keeper number {n}?" for n in range(5)]
    lines = [{**GOOD, "id": str(n), "question": question} for n, question in enumerate(questions)]

    def answered(least: int) -> list[dict[str, Any]]:
        with Out(folder / "answers.jsonl") as out, Clew(library=folder / "library") as clew:
            todo = list(rows(map(json.dumps, lines)))
            options = Options(strategy="sweep", block=3)
            done = clew.run(work(clew, todo, out, options, Budget(), lambda n: None))
        assert (done.answered, done.failed) == (least, 0)
        return [json.loads(line) for line in out.path.read_text().splitlines()]

    written = answered(5)
    together = {row["id"]: [told for told in row["notices"] if "read together" in told] for row in written}
    assert {row: len(told) for row, told in together.items()} == dict.fromkeys("01234", 1)
    assert sum("counted here" in told for (told,) in together.values()) == 2
    calls = sum(row["usage"]["calls"] for row in written)
    # As if it had been killed with two rows to go: those are answered again, from the reading that they were in.
    (folder / "answers.jsonl").write_text("\n".join(json.dumps(row) for row in written if row["id"] not in "14") + "\n")
    again = [row for row in answered(2) if row["id"] in "14"]
    assert calls > 0
    assert sum(row["usage"]["calls"] for row in again) == 0


def test_a_fresh_job_that_is_over_lends_nothing_to_the_next(folder: Path) -> None:
    lines = [{**GOOD, "id": str(n), "question": f"Who was keeper number {n}?"} for n in range(3)]

    def calls(name: str) -> int:
        with Out(folder / name) as out, Clew(library=folder / "library") as clew:
            options = Options(strategy="sweep", block=3, fresh=True)
            clew.run(work(clew, list(rows(map(json.dumps, lines))), out, options, Budget(), lambda n: None))
        return sum(json.loads(line)["usage"]["calls"] for line in out.path.read_text().splitlines())

    assert calls("first.jsonl") == calls("second.jsonl") > 0
