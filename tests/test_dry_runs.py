"""Dry runs: nothing is asked or written, and what is told beforehand is what then happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clew.cli.main import run
from simserver import SimServer

PRICES = '["sim"]\nprompt = 10\ncached = 1\ncompletion = 40\n'
QUESTION = "How many lines did Martha Venn write about the {}th ship?"
BLOCK = ("--strategy", "sweep", "--block", "4")


class Shell:
    """Commands in a folder with some books, against one server."""

    def __init__(self, folder: Path, server: SimServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.server = server
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        """What the command prints."""
        at = ["--base-url", self.server.url, "--model", "sim", "--library", "library"]
        assert run([*words, *at]) == code, self._capsys.readouterr().err
        return self._capsys.readouterr().out

    def plan(self, *words: str) -> dict[str, Any]:
        """The dry run of a command; checks that it sent nothing and wrote nothing beside the library."""
        asked, files = self.server.counts["requests"], self._files()
        plan: dict[str, Any] = json.loads(self(*words, "--dry-run", "--json"))
        assert self.server.counts["requests"] == asked
        assert self._files() == files
        assert plan["schema"] == "clew.plan/1"
        return plan

    def took(self, *words: str, code: int = 0) -> dict[str, float]:
        """What the server was sent by a command."""
        before = self.server.counts.copy()
        self(*words, code=code)
        return {name: self.server.counts[name] - before[name] for name in self.server.counts}

    def batch(self, rows: list[dict[str, Any]]) -> tuple[str, ...]:
        """Writes a batch; the words that ask it."""
        (self.folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
        return ("batch", "rows.jsonl", "--out", "answers.jsonl")

    def _files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}


@pytest.fixture
def shell(
    tmp_path: Path,
    serve: Callable[..., SimServer],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Shell]:
    """A function that makes a shell; what calls to the server take is measured by a first command."""
    monkeypatch.setenv("CLEW_CONFIG", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prices.toml").write_text(PRICES)
    for name, days in (("short", 60), ("middle", 150), ("long", 300)):
        lines = [
            f"Day {n} ({name}): the keeper Martha Venn wrote {n * 7} lines about the {n}th ship." for n in range(days)
        ]
        (tmp_path / f"{name}.txt").write_text("\n\n".join(lines))

    def made(*measured: str, code: int = 0, **behaviour: Any) -> Shell:
        shell = Shell(tmp_path, serve(**{"window": 4096, **behaviour}), capsys)
        if measured:
            shell(*measured, code=code)
        return shell

    return made


def first(strategy: str) -> tuple[str, ...]:
    """What measures a strategy's calls, and shows whether the server keeps what prompts begin with."""
    return ("ask", QUESTION.format(5), "short.txt", "--strategy", strategy, "--also", QUESTION.format(6))


def agree(plan: dict[str, Any], took: dict[str, float], within: float = 0.15) -> None:
    """Calls, tokens and money of a plan are those that it then took."""
    likely = plan["likely"]
    cost = (10 * took["prompt_tokens"] - 9 * took["cached_tokens"] + 40 * took["completion_tokens"]) / 1e6
    assert likely["calls"] == pytest.approx(took["requests"], rel=within)
    assert likely["tokens"] == pytest.approx(took["prompt_tokens"] + took["completion_tokens"], rel=within)
    assert likely["cost"] == pytest.approx(cost, rel=within)
    for figure in ("calls", "prompt_tokens", "cached_tokens", "completion_tokens"):
        assert sum(share[figure] for share in likely["roles"]) <= plan["most"]["calls"] * 10_000


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (("find", QUESTION.format(5), "short.txt"), ("find", QUESTION.format(77), "middle.txt")),
        (
            ("summarize", "long.txt", "--length", "100", "--focus", "keepers"),
            ("summarize", "long.txt", "short.txt", "--length", "100"),
        ),
        (
            ("summarize", "middle.txt", "--length", "80"),
            ("summarize", "long.txt", "--focus", "ships", "--length", "80"),
        ),
        (("find", QUESTION.format(5), "short.txt"), ("ask", QUESTION.format(77), "middle.txt", "--all")),
        (
            ("ask", QUESTION.format(5), "short.txt", "--strategy", "sweep"),
            ("ask", QUESTION.format(77), "middle.txt", "--strategy", "sweep", "--also", QUESTION.format(78)),
        ),
        (
            ("ask", QUESTION.format(5), "short.txt", *BLOCK, "--also", QUESTION.format(6)),
            ("ask", QUESTION.format(77), "middle.txt", *BLOCK, "--also", QUESTION.format(78)),
        ),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_what_is_told_is_what_happens(
    shell: Callable[..., Shell], measured: tuple[str, ...], words: tuple[str, ...]
) -> None:
    clew = shell(*measured, cache_blocks=0)
    plan = clew.plan(*words)
    agree(plan, clew.took(*words))
    assert plan["likely"]["minutes"] is not None
    assert clew.plan(*words)["likely"]["calls"] == 0, "what was paid is not paid again"


@pytest.mark.parametrize("strategy", ["chain", "sweep", "full"])
@pytest.mark.parametrize("cache", [0, 100_000], ids=["no cache", "cache"])
def test_a_batch_takes_what_is_told(shell: Callable[..., Shell], strategy: str, cache: int) -> None:
    clew = shell(*first(strategy), cache_blocks=cache, window=16384 if strategy == "full" else 2600)
    rows = [{"id": n, "question": QUESTION.format(n), "documents": ["middle.txt"]} for n in range(50, 60)]
    rows += [{"id": f"l{n}", "question": QUESTION.format(n), "documents": ["long.txt"]} for n in range(20, 23)]
    words = (*clew.batch(rows), "--strategy", strategy)
    plan = clew.plan(*words)
    took = clew.took(*words)
    agree(plan, took)
    cached = sum(share["cached_tokens"] for share in plan["likely"]["roles"])
    assert cached == pytest.approx(took["cached_tokens"], rel=0.15)
    assert (cached > 0) == (cache > 0)
    assert (plan["rows"], plan["gone_through"], plan["documents"]) == (13, 7, 2)


def test_a_batch_in_blocks_takes_what_is_told(shell: Callable[..., Shell]) -> None:
    others = [word for n in (6, 7, 8) for word in ("--also", QUESTION.format(n))]
    clew = shell("ask", QUESTION.format(5), "short.txt", *BLOCK, *others, cache_blocks=0)
    rows = [{"id": n, "question": QUESTION.format(n), "documents": ["middle.txt"]} for n in range(50, 58)]
    words = (*clew.batch(rows), *BLOCK)
    agree(clew.plan(*words), clew.took(*words), within=0.2)


def test_only_rows_that_are_left_count_and_those_that_would_fail_are_told(shell: Callable[..., Shell]) -> None:
    clew = shell(*first("chain"), cache_blocks=0)
    rows: list[dict[str, Any]] = [
        {"id": f"r{n}", "question": QUESTION.format(n), "documents": ["middle.txt"]} for n in range(50, 54)
    ]
    words = (*clew.batch(rows[:2]), "--strategy", "chain")
    clew(*words)
    rows += [
        {"id": "gone", "question": "Who?", "documents": ["nowhere.txt"]},
        {"id": "empty", "question": " ", "documents": ["short.txt"]},
        {"id": "long", "question": "why " * 5000, "documents": ["short.txt"]},
        {"id": "way", "question": "Who?", "documents": ["short.txt"], "strategy": "chian"},
        {"id": "whole", "question": "Who?", "documents": ["long.txt"], "strategy": "full"},
        {"id": "part", "question": QUESTION.format(9), "documents": ["nowhere.txt", "short.txt"]},
    ]
    words = (*clew.batch(rows), "--strategy", "chain")
    plan = clew.plan(*words)
    assert (plan["rows"], plan["answered"]) == (3, 2)
    agree(plan, clew.took(*words, code=3))
    written = map(json.loads, (clew.folder / "answers.jsonl").read_text().splitlines())
    failed = {row["id"]: row["error"] for row in written if "error" in row}
    assert {row["id"]: row["error"] for row in plan["refused"]} == failed
    assert set(failed) == {"gone", "empty", "long", "way", "whole"}


def test_of_many_documents_some_stand_for_the_others(shell: Callable[..., Shell], tmp_path: Path) -> None:
    clew = shell(*first("chain"), cache_blocks=0, window=2600)
    rows = []
    for n in range(30):
        text = [
            f"Log {n}: the keeper Martha Venn wrote {day * 7} lines about the {day}th ship." for day in range(60 + n)
        ]
        (tmp_path / f"log{n}.txt").write_text("\n\n".join(text))
        rows.append({"id": n, "question": QUESTION.format(n % 20), "documents": [f"log{n}.txt"]})
    words = (*clew.batch(rows), "--strategy", "chain")
    plan = clew.plan(*words)
    agree(plan, clew.took(*words))
    assert (plan["rows"], plan["gone_through"], plan["documents"]) == (30, 24, 30)


def test_a_batch_whose_course_is_not_known_is_told_as_a_range(shell: Callable[..., Shell]) -> None:
    clew = shell(window=8192)
    questions = [QUESTION.format(77), "What colour was the whale?", "Who was the last keeper?", QUESTION.format(120)]
    rows = [{"id": n, "question": question, "documents": ["long.txt"]} for n, question in enumerate(questions)]
    words = clew.batch(rows)
    plan = clew.plan(*words)
    took = clew.took(*words)
    assert 0.5 * plan["likely"]["calls"] <= took["requests"] <= plan["most"]["calls"]


@pytest.mark.parametrize(
    ("strategy", "steered"), [("graph", True), ("access", True), ("tree", True), ("memory", False)]
)
def test_where_the_model_chooses_what_is_read_it_is_told(
    shell: Callable[..., Shell], strategy: str, steered: bool
) -> None:
    clew = shell(window=8192)
    words = ("ask", QUESTION.format(7), "short.txt", "--strategy", strategy)
    assert clew.plan(*words)["steered"] == steered
    assert ("the model chooses what is read" in clew(*words, "--dry-run")) == steered


def test_in_words(shell: Callable[..., Shell]) -> None:
    clew = shell()
    words = clew.batch([{"id": "a", "question": QUESTION.format(3), "documents": ["short.txt"]}, {"id": "b"}])
    told = clew(*words, "--dry-run", "--strategy", "sweep", "--max-calls", "2", "--max-tokens", "900000").splitlines()
    assert "1 row about 1 document, sweep with" in told[0]
    assert told[0].endswith("a dry run, nothing was asked")
    assert "--max-calls 2 would end it before" in told
    assert told[-2:] == ["1 row would fail", "  b: line 2 is no question about documents"]
    assert "nothing was asked" in clew("summarize", "short.txt", "--dry-run")


def test_vectors_from_elsewhere_are_not_asked_for(shell: Callable[..., Shell]) -> None:
    clew = shell()
    plan = clew.plan(
        "ask", QUESTION.format(7), "middle.txt", "--strategy", "retrieve", "--embedder", f"{clew.server.url}#sim"
    )
    assert clew.server.counts["embedded"] == 0
    assert plan["embedder"].startswith("sim-")
    assert clew.plan("ask", QUESTION.format(7), "middle.txt", "--strategy", "retrieve")["embedder"] is None
