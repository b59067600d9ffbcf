"""The development data: texts, questions and gold spans, as every benchmark reads them.

Every set becomes files (name: text, or the path of a PDF) and questions whose gold evidence is spans of those files.
Needs nothing but the data folder; knows nothing about how evidence is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from .cases import Paragraph

Row = dict[str, Any]
"""A line of the data."""


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


def data_folder() -> Path:
    """Where the development data lies: beside the repository. Raises FileNotFoundError."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        raise FileNotFoundError(f"no data at {folder}")
    return folder


def load(root: Path, names: Iterable[str]) -> Iterator[QuestionSet]:
    """The sets called `names`, in that order."""
    for name in names:
        yield LOADERS[name](root)


def paragraphs(root: Path, name: str) -> list[Paragraph]:
    """The paragraphs of a multi-hop set."""
    return [Paragraph(row["pid"], row["title"], row["text"]) for row in rows(root / f"multihop/{name}.corpus.jsonl")]


def questions(root: Path, name: str) -> list[Row]:
    """The questions of a multi-hop set, as they are written."""
    return rows(root / f"multihop/{name}.questions.jsonl")


def rows(path: Path) -> list[Row]:
    """The lines of a file of the data."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _question(row: Row, documents: tuple[str, ...], gold: Iterable[Gold]) -> GoldQuestion:
    kept = tuple(gold) if row["answerable"] else ()
    answers = tuple(map(str, row["answers"]))
    return GoldQuestion(
        row["id"], row["question"], documents, answers, row["answerable"], kept, type=row.get("type") or ""
    )


def _multihop(name: str, root: Path) -> QuestionSet:
    """One file of all paragraphs; a paragraph's own offsets count from behind its title."""
    file, parts, places, at = f"{name}.txt", [], {}, 0
    for one in paragraphs(root, name):
        places[one.id] = at + len(one.title) + 1
        parts.append(one.printed)
        at += len(one.printed)
    made = []
    for row in questions(root, name):
        spans = ((places[e["pid"]] + e["start"], places[e["pid"]] + e["end"]) for e in row["evidence"])
        made.append(_question(row, (file,), (Gold(file, start, end) for start, end in spans)))
    return QuestionSet(name, {file: "".join(parts)}, tuple(made))


def _spans(name: str, folder: str, root: Path) -> QuestionSet:
    """Text files with offsets given in the data."""
    files: dict[str, str | Path] = {
        p.name: p.read_text(encoding="utf-8") for p in sorted((root / folder).glob("*.txt"))
    }
    made = []
    for row in rows(root / name / "questions.jsonl"):
        gold = (Gold(e.get("doc_id", row["doc_ids"][0]) + ".txt", e["start"], e["end"]) for e in row["evidence"])
        made.append(_question(row, tuple(f"{d}.txt" for d in row["doc_ids"]), gold))
    return QuestionSet(name, files, tuple(made))


def _financebench(root: Path) -> QuestionSet:
    """The PDFs; gold is sheets, since offsets depend on how a PDF is read."""
    files: dict[str, str | Path] = {p.name: p for p in sorted((root / "financebench/pdfs").glob("*.pdf"))}
    made = []
    for row in rows(root / "financebench/questions.jsonl"):
        pages = tuple((e["doc_id"] + ".pdf", e["page"] + 1) for e in row["evidence"])
        documents = tuple(f"{d}.pdf" for d in row["doc_ids"])
        made.append(
            GoldQuestion(row["id"], row["question"], documents, tuple(row["answers"]), True, (), pages, row["type"])
        )
    return QuestionSet("financebench", files, tuple(made))


LOADERS: dict[str, Callable[[Path], QuestionSet]] = {
    "hotpotqa": partial(_multihop, "hotpotqa"),
    "musique": partial(_multihop, "musique"),
    "2wiki": partial(_multihop, "2wiki"),
    "novel": partial(_spans, "novel", "novel"),
    "cuad": partial(_spans, "cuad", "cuad/contracts"),
    "locomo": partial(_spans, "locomo", "locomo"),
    "financebench": _financebench,
}
NAMES = tuple(LOADERS)
