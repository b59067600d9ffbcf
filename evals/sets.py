"""The development data as texts, questions and gold spans, and evidence recall at a budget: shared by all benchmarks.

Every set becomes files (name: text, or the path of a PDF) and questions whose gold evidence is spans of those files.
Needs nothing but the data folder; knows nothing about how evidence is found.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

MULTIHOP = ("hotpotqa", "musique", "2wiki")
NAMES = (*MULTIHOP, "novel", "cuad", "locomo", "financebench")


class Gold(NamedTuple):
    """A stretch of a file that answers a question."""

    document: str
    """Name of the file."""
    start: int
    end: int


@dataclass(frozen=True)
class GoldQuestion:
    """A question and where its answer stands."""

    id: str
    question: str
    documents: tuple[str, ...]
    """Names of the files it is asked of."""
    answers: tuple[str, ...]
    answerable: bool
    gold: tuple[Gold, ...]
    """Evidence spans; empty where there are none, and for adversarial questions."""
    pages: tuple[tuple[str, int], ...] = ()
    """Gold sheets (name, number from 1), for PDFs: the text of a sheet depends on the loader."""
    type: str = ""


@dataclass(frozen=True)
class QuestionSet:
    """Files and the questions about them."""

    name: str
    files: dict[str, str | Path]
    """Text by name; the path where the file is a PDF."""
    questions: tuple[GoldQuestion, ...]


class Shown(NamedTuple):
    """One item of a ranked list of evidence."""

    document: str
    start: int
    end: int
    page: int | None = None


def data_folder() -> Path:
    """Where the development data lies: beside the repository. Raises FileNotFoundError."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        raise FileNotFoundError(f"no data at {folder}")
    return folder


def load(root: Path, names: Iterable[str] = NAMES) -> Iterator[QuestionSet]:
    """The sets called `names`, in that order."""
    loaders = {"novel": _novel, "cuad": _cuad, "locomo": _locomo, "financebench": _financebench}
    for name in names:
        yield _multihop(root, name) if name in MULTIHOP else loaders[name](root)


def recall(shown: Iterable[Shown], gold: Sequence[Gold], budgets: Sequence[int]) -> list[float]:
    """Share of gold items at least half covered by the items within the first `budget` tokens (characters / 4).

    The list is cut before the first item that does not fit, as a prompt of that size would be.
    """
    covered: list[set[int]] = [set() for _ in gold]
    result: list[float] = []
    used = 0

    def share() -> float:
        full = sum(2 * len(chars) >= item.end - item.start for chars, item in zip(covered, gold, strict=True))
        return full / len(gold)

    for item in shown:
        size = max(1, (item.end - item.start) // 4)
        while len(result) < len(budgets) and used + size > budgets[len(result)]:
            result.append(share())
        if len(result) == len(budgets):
            return result
        used += size
        for chars, want in zip(covered, gold, strict=True):
            if want.document == item.document:
                chars.update(range(max(want.start, item.start), min(want.end, item.end)))
    return result + [share()] * (len(budgets) - len(result))


def page_recall(shown: Iterable[Shown], pages: Sequence[tuple[str, int]], budgets: Sequence[int]) -> list[float]:
    """Share of gold sheets that any item within the first `budget` tokens stands on."""
    seen: set[tuple[str, int | None]] = set()
    result: list[float] = []
    used = 0
    for item in shown:
        size = max(1, (item.end - item.start) // 4)
        while len(result) < len(budgets) and used + size > budgets[len(result)]:
            result.append(sum(page in seen for page in pages) / len(pages))
        if len(result) == len(budgets):
            return result
        used += size
        seen.add((item.document, item.page))
    return result + [sum(page in seen for page in pages) / len(pages)] * (len(budgets) - len(result))


def interval(values: Sequence[float], rounds: int = 2000) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of `values` (give differences for a paired comparison)."""
    draw = random.Random(0)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975)]


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _question(row: dict[str, Any], documents: tuple[str, ...], gold: Iterable[Gold]) -> GoldQuestion:
    kept = tuple(gold) if row["answerable"] else ()
    answers = tuple(map(str, row["answers"]))
    return GoldQuestion(
        row["id"], row["question"], documents, answers, row["answerable"], kept, type=row.get("type") or ""
    )


def _multihop(root: Path, name: str) -> QuestionSet:
    """One file of paragraphs, each a title, its text on the next line, and an empty line."""
    file, parts, places, at = f"{name}.txt", [], {}, 0
    for row in _lines(root / f"multihop/{name}.corpus.jsonl"):
        start = at + len(row["title"]) + 1
        places[row["pid"]] = start
        parts.append(f"{row['title']}\n{row['text']}\n\n")
        at += len(parts[-1])
    questions = []
    for row in _lines(root / f"multihop/{name}.questions.jsonl"):
        spans = ((places[e["pid"]] + e["start"], places[e["pid"]] + e["end"]) for e in row["evidence"])
        questions.append(_question(row, (file,), (Gold(file, start, end) for start, end in spans)))
    return QuestionSet(name, {file: "".join(parts)}, tuple(questions))


def _spans(root: Path, name: str, folder: str, questions: str) -> QuestionSet:
    """Text files with offsets given in the data."""
    files: dict[str, str | Path] = {
        p.name: p.read_text(encoding="utf-8") for p in sorted((root / folder).glob("*.txt"))
    }
    rows = _lines(root / questions)
    made = []
    for row in rows:
        gold = (Gold(e.get("doc_id", row["doc_ids"][0]) + ".txt", e["start"], e["end"]) for e in row["evidence"])
        made.append(_question(row, tuple(f"{d}.txt" for d in row["doc_ids"]), gold))
    return QuestionSet(name, files, tuple(made))


def _novel(root: Path) -> QuestionSet:
    return _spans(root, "novel", "novel", "novel/questions.jsonl")


def _cuad(root: Path) -> QuestionSet:
    return _spans(root, "cuad", "cuad/contracts", "cuad/questions.jsonl")


def _locomo(root: Path) -> QuestionSet:
    return _spans(root, "locomo", "locomo", "locomo/questions.jsonl")


def _financebench(root: Path) -> QuestionSet:
    """The PDFs; gold is sheets, since offsets depend on how a PDF is read."""
    files: dict[str, str | Path] = {p.name: p for p in sorted((root / "financebench/pdfs").glob("*.pdf"))}
    questions = []
    for row in _lines(root / "financebench/questions.jsonl"):
        pages = tuple((e["doc_id"] + ".pdf", e["page"] + 1) for e in row["evidence"])
        documents = tuple(f"{d}.pdf" for d in row["doc_ids"])
        questions.append(
            GoldQuestion(row["id"], row["question"], documents, tuple(row["answers"]), True, (), pages, row["type"])
        )
    return QuestionSet("financebench", files, tuple(questions))
