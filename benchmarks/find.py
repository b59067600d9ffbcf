"""`find` on the clause categories of CUAD, without a language model: precision and recall, beside BM25's top 20.

    python benchmarks/find.py

Looked for is a category's name, as a person would type it, and then the name with its description. A place is right
when it shares text with a span that the lawyers marked; a marked span is found when at least half of it is in listed
places. `same` counts it when place and span are about the same stretch (Jaccard of at least one half, as in CUAD's own
score). The curve shows where to cut the list. Questions whose contract has no such clause count for precision only.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from clew import Clew
from clew.app import Options
from clew.evals.recall import Shown, holds
from clew.evals.sets import Gold, GoldQuestion, data_folder, load

A, B = TypeVar("A"), TypeVar("B")
CUTOFFS = (0.35, 0.6)
TOP = 20
Lists = Mapping[str, Sequence[Shown]]
"""Places by question."""


def main() -> None:
    (cuad,) = load(data_folder(), ["cuad"])
    own = Options().cutoff
    for form, words in (("name", name), ("name and description", described)):
        found: dict[float, dict[str, list[Shown]]] = defaultdict(dict)
        ranked: dict[str, list[Shown]] = {}
        with tempfile.TemporaryDirectory() as folder, Clew(library=Path(folder) / "library") as clew:
            for file, text in cuad.files.items():
                (Path(folder) / file).write_text(str(text), encoding="utf-8", newline="")
                shelf = clew.open(Path(folder) / file)
                search = clew.search(list(shelf.books.values()))
                for question in (q for q in cuad.questions if q.documents == (file,)):
                    for cutoff in CUTOFFS:
                        items = shelf.find(words(question), cutoff=cutoff).items
                        found[cutoff][question.id] = [Shown(file, item.start, item.end) for item in items]
                    top = search.rank(words(question), TOP)
                    ranked[question.id] = [Shown(file, passage.start, passage.end) for passage, _ in top]
        print(f"\nLooked for: the category's {form}\n")
        print(f"{'':36}precision  recall  same precision  same recall  places a question")
        line(f"BM25, top {TOP} passages", cuad.questions, ranked)
        for cutoff in CUTOFFS:
            line(f"find, cut at {cutoff:.2f} of the best" + " *" * (cutoff == own), cuad.questions, found[cutoff])
        print()
        for file in cuad.files:
            of_file = [question for question in cuad.questions if question.documents == (file,)]
            line(f"BM25: {file[:28]}", of_file, ranked)
            line(f"find: {file[:28]}", of_file, found[own])
        print()
        categories(cuad.questions, found[own])


def name(question: GoldQuestion) -> str:
    """`Governing Law` from the data's question."""
    match = re.search(r'"([^"]+)"', question.question)
    assert match
    return match[1]


def described(question: GoldQuestion) -> str:
    """`Governing Law: Which state/country's law governs the interpretation of the contract?`"""
    description = re.search(r"\? \((.*)\)$", question.question, re.DOTALL)
    return f"{name(question)}: {description[1]}" if description else name(question)


def categories(questions: Sequence[GoldQuestion], listed: Lists) -> None:
    """A line for every category that some contract has."""
    groups: dict[str, list[GoldQuestion]] = defaultdict(list)
    for question in questions:
        groups[name(question)].append(question)
    for category, group in sorted(groups.items()):
        if any(question.gold for question in group):
            line(category[:34], group, listed)


def line(label: str, questions: Sequence[GoldQuestion], listed: Lists) -> None:
    """Micro-averaged precision over places, and recall over marked spans."""
    places = [(place, question.gold) for question in questions for place in listed[question.id]]
    spans = [(listed[question.id], gold) for question in questions for gold in question.gold]
    figures = (
        share(places, lambda place, gold: any(touches(place, g) for g in gold)),
        share(spans, holds),
        share(places, lambda place, gold: any(same(place, g) for g in gold)),
        share(spans, lambda rows, gold: any(same(row, gold) for row in rows)),
    )
    shown = "{:9.3f}  {:6.3f}  {:14.3f}  {:11.3f}".format(*figures)
    print(f"{label:36}{shown}  {len(places) / len(questions):17.1f}")


def share(pairs: Sequence[tuple[A, B]], holds: Callable[[A, B], bool]) -> float:
    return sum(holds(one, other) for one, other in pairs) / len(pairs) if pairs else 0.0


def touches(place: Shown, gold: Gold) -> bool:
    return place.start < gold.end and gold.start < place.end


def same(place: Shown, gold: Gold) -> bool:
    both = min(place.end, gold.end) - max(place.start, gold.start)
    return 2 * both >= max(place.end, gold.end) - min(place.start, gold.start)


if __name__ == "__main__":
    main()
