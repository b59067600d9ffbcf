"""`find` on the clause categories of CUAD, without a language model: precision and recall, beside BM25's top 20.

    python benchmarks/find.py [--categories]

Looked for is a category's name, as a person would type it. A place is right when it shares text with a span that the
lawyers marked; a marked span is found when at least half of it is in listed places. The curve shows where to set the
confidence from which a place is listed. Questions whose contract has no such clause count for precision only.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from clew import Clew
from clew.agents import places
from sets import Gold, GoldQuestion, data_folder, load

LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
TOP = 20


class Listed(NamedTuple):
    """A place with the confidence it is listed from."""

    start: int
    end: int
    score: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--categories", action="store_true", help="a line for every category")
    given = parser.parse_args()
    (cuad,) = load(data_folder(), ["cuad"])
    found: dict[str, list[Listed]] = {}
    ranked: dict[str, list[Listed]] = {}
    with tempfile.TemporaryDirectory() as folder, Clew(library=Path(folder) / "library") as clew:
        for name, text in cuad.files.items():
            (Path(folder) / name).write_text(str(text), encoding="utf-8", newline="")
            shelf = clew.open(Path(folder) / name)
            books = list(shelf.books.values())
            search = clew.search(books)
            for question in (q for q in cuad.questions if q.documents == (name,)):
                places.SURE = 0.0  # Everything, so that one reading gives the whole curve.
                items = shelf.find(what(question)).items
                found[question.id] = [Listed(item.start, item.end, item.score) for item in items]
                top = search.rank(what(question), TOP)
                ranked[question.id] = [Listed(p.start, p.end, score) for p, score in top]
    print("confidence from   precision  recall  places a question")
    for level in LEVELS:
        line(
            f"{level:.1f}", cuad.questions, {key: [p for p in rows if p.score >= level] for key, rows in found.items()}
        )
    line(f"top {TOP} passages", cuad.questions, ranked)
    if given.categories:
        groups: dict[str, list[GoldQuestion]] = defaultdict(list)
        for question in cuad.questions:
            groups[what(question)].append(question)
        for name, questions in sorted(groups.items()):
            line(name[:34], questions, {key: [p for p in rows if p.score >= 0.5] for key, rows in found.items()})


def what(question: GoldQuestion) -> str:
    """`Governing Law` from the data's question."""
    match = re.search(r'"([^"]+)"', question.question)
    assert match
    return match[1]


def line(label: str, questions: Sequence[GoldQuestion], listed: dict[str, list[Listed]]) -> None:
    """Micro-averaged precision, and recall over marked spans."""
    right = total = got = marked = 0
    for question in questions:
        rows = listed[question.id]
        total += len(rows)
        right += sum(any(p.start < g.end and g.start < p.end for g in question.gold) for p in rows)
        got += sum(covered(gold, rows) for gold in question.gold)
        marked += len(question.gold)
    precision = right / total if total else 0.0
    recall = got / marked if marked else 0.0
    print(f"{label:36}{precision:.3f}  {recall:.3f}  {total / len(questions):6.1f}")


def covered(gold: Gold, rows: Sequence[Listed]) -> bool:
    held: set[int] = set()
    for row in rows:
        held.update(range(max(gold.start, row.start), min(gold.end, row.end)))
    return 2 * len(held) >= gold.end - gold.start


if __name__ == "__main__":
    main()
