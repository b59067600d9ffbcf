"""The multi-hop sets as puzzles: paragraphs, and for every question the facts it takes and how they depend on another.

MuSiQue brings its decomposition, 2WikiMultihopQA its chain of triples. HotpotQA brings supporting sentences only: in a
bridge question the gold title that the question does not name depends on the one that it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from ..language.sentences import sentence_starts
from ..language.words import fold, stems
from .cases import Case, Corpus, Paragraph
from .sets import Row, paragraphs, questions
from .simulated import Fact, Puzzle


def corpus(root: Path, name: str) -> Corpus:
    """The set called `name` (`musique`, `2wiki`, `hotpotqa`) under the data folder `root`."""
    held = {one.id: one for one in paragraphs(root, name)}
    cases = (case(row, held) for row in questions(root, name))
    return Corpus(name, held, tuple(one for one in cases if one.puzzle.facts))


def case(row: Row, paragraphs: dict[str, Paragraph]) -> Case:
    """A question's row as a case."""
    steps = STEPS[row["dataset"]](row, paragraphs)
    facts = tuple(fact for _, fact in steps)
    puzzle = Puzzle(" ".join(row["question"].split()), tuple(map(str, row["answers"])), facts)
    gold = tuple(paragraph for paragraph, _ in steps)
    return Case(row["id"], row["dataset"], row["type"], puzzle, gold, tuple(row["meta"]["context_pids"]))


Step = tuple[str, Fact]
"""A paragraph's id, and the fact it states."""


def _musique(row: Row, paragraphs: dict[str, Paragraph]) -> list[Step]:
    """The decomposition; a fact is the sentence of its paragraph that fits the sub-question and its answer best."""
    parts = row["meta"]["decomposition"]
    answers = [str(part["answer"]) for part in parts]

    def put(question: str) -> str:
        return re.sub(r"#(\d+)", lambda found: answers[int(found[1]) - 1], question)

    asked = [put(part["question"]) for part in parts]
    gold = list(dict.fromkeys(item["pid"] for item in row["evidence"]))

    def fit(step: int, pid: str) -> float:
        text = f"{paragraphs[pid].title} {paragraphs[pid].text}"
        return (
            shared(asked[step], text) + 3 * shared(asked[step], paragraphs[pid].title) + 2 * said(answers[step], text)
        )

    places = assigned(len(parts), gold, fit)
    return [
        (
            pid,
            Fact(
                best_sentence(paragraphs[pid].text, asked[at], answers[at]),
                answers[at],
                " ".join(part["question"].split()),
                tuple(sorted({int(number) - 1 for number in re.findall(r"#(\d+)", part["question"])})),
            ),
        )
        for at, (part, pid) in enumerate(zip(parts, places, strict=True))
    ]


def _2wiki(row: Row, paragraphs: dict[str, Paragraph]) -> list[Step]:
    """The triples (subject, relation, object); a subject that is an earlier object is a dependency."""
    triples = [tuple(map(str, triple)) for triple in row["meta"]["triples"]]
    items = row["evidence"]

    def fit(step: int, at: int) -> float:
        subject, _, told = triples[step]
        return 2 * (plain(subject) == plain(items[at]["title"])) + said(told, items[at]["text"])

    places = assigned(len(triples), range(len(items)), fit)
    steps: list[Step] = []
    for number, ((subject, relation, told), at) in enumerate(zip(triples, places, strict=True)):
        needs = tuple(n for n, other in enumerate(triples) if n != number and plain(other[2]) == plain(subject))[:1]
        about = f"#{needs[0] + 1}" if needs else subject
        fact = Fact(items[at]["text"], told, f"What is the {relation} of {about}?", needs)
        steps.append((items[at]["pid"], fact))
    return steps


def _hotpotqa(row: Row, paragraphs: dict[str, Paragraph]) -> list[Step]:
    """The supporting sentences; those of the title that the question does not name need the bridge to it."""
    titles = list(dict.fromkeys(item["title"] for item in row["evidence"]))
    unnamed = [title for title in titles if not said(plain(title), row["question"])]
    hidden = unnamed[0] if row["type"] == "bridge" and len(unnamed) == 1 and len(titles) == 2 else None
    items = sorted(row["evidence"], key=lambda item: (item["title"] == hidden, item["sent"]))
    before = [at for at, item in enumerate(items) if item["title"] != hidden]
    bridge = max(before, key=lambda at: said(plain(hidden or ""), items[at]["text"]))
    steps: list[Step] = []
    for at, item in enumerate(items):
        needs = (bridge,) if item["title"] == hidden else ()
        told = unbracketed(hidden) if hidden and at == bridge else str(row["answers"][0])
        about = f"#{bridge + 1}" if needs else item["title"]
        steps.append((item["pid"], Fact(item["text"], told, f"What is said of {about}?", needs)))
    return steps


STEPS: dict[str, Callable[[Row, dict[str, Paragraph]], list[Step]]] = {
    "musique": _musique,
    "2wiki": _2wiki,
    "hotpotqa": _hotpotqa,
}
SETS = tuple(STEPS)


def assigned(steps: int, places: Sequence[Any], fit: Callable[[int, Any], float]) -> list[Any]:
    """A place for every step, the sum of `fit` at its highest; each place once, where there are enough."""
    pool = list(places) * (-(-steps // len(places)))
    worth = [[fit(step, place) for place in pool] for step in range(steps)]
    best = max(
        permutations(range(len(pool)), steps), key=lambda order: sum(worth[step][at] for step, at in enumerate(order))
    )
    return [pool[at] for at in best]


def best_sentence(text: str, question: str, answer: str) -> str:
    """The sentence that holds the answer, if any does, and shares most stems with the question."""
    sentences = [text[start:end].strip() for start, end in pairwise([*sentence_starts(text), len(text)])]
    return max((one for one in sentences if one), key=lambda one: (said(answer, one), shared(question, one)))


def said(words: str, text: str) -> bool:
    """Whether `words` stand in `text`, letter case aside."""
    return fold(words) in fold(text)


def shared(question: str, text: str) -> float:
    """Share of a question's stems that a text holds."""
    wanted = set(stems(question))
    return len(wanted & set(stems(text))) / len(wanted) if wanted else 0.0


def unbracketed(title: str) -> str:
    """A title without what stands in brackets behind it."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", title).strip()


def plain(title: str) -> str:
    """A title as it is compared: folded, without what stands in brackets."""
    return fold(unbracketed(title))
