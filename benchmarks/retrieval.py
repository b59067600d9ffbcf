"""Recall of gold evidence in what strategies offer, without a language model, beside plain BM25, as texts grow.

    python benchmarks/retrieval.py [--sets SET …] [--strategies NAME …] [--sizes MILLIONS …] [--questions N]

Every question is asked through the public API with the built-in `extractive` model. Reported: the share of a question's
gold items at least half covered by the first 500, 1,000, 2,000 and 4,000 tokens (characters / 4) of `answer.evidence`;
for PDFs the share of gold sheets. Plain BM25 ranks the units of the published baseline: paragraphs, turns, or pieces of
about 1,000 characters. `difference` is the mean lead over it at 2,000 tokens with its 95 % interval, paired bootstrap
over questions; the last column the seconds of a question, the first of a size with its indexing.

Size 0 is a set as it is, with all its questions. Any other is one document of so many million characters: the set's
texts, then those of the others, which are 5 million together; of it 50 questions are asked, drawn alike for all.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from clew import Clew
from clew.evals.interval import measured
from clew.evals.pooled import pooled
from clew.evals.recall import Shown, recall
from clew.evals.sets import NAMES, QuestionSet, data_folder, load

BUDGETS = (500, 1000, 2000, 4000)
AT = BUDGETS.index(2000)
DRAWN = 50
"""Questions of a set that are asked of larger texts."""
BORDERS = {"hotpotqa": "\n\n", "musique": "\n\n", "2wiki": "\n\n", "locomo": "\n"}
"""What parts the units of the baseline where a set has its own; else they are pieces of about 1,000 characters."""
Recalls = Mapping[str, Sequence[float]]
"""For every question, by id, its recall at each budget."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=NAMES, choices=NAMES, metavar="SET")
    parser.add_argument("--strategies", nargs="+", default=("retrieve", "auto", "graph"), metavar="NAME")
    parser.add_argument("--sizes", nargs="+", type=float, default=(0, 2, 5), metavar="MILLIONS")
    parser.add_argument("--questions", type=int, metavar="N", help="of each set at most, whatever the size")
    given = parser.parse_args()
    sets = list(load(data_folder(), NAMES))
    print(f"{'set':13}characters questions  {'way':10}recall @{BUDGETS}   difference @2000          s")
    for size in given.sizes:
        for one in (one for one in sets if one.name in given.sets):
            others = [other for other in sets if other is not one]
            text = pooled(one, others, int(size * 1e6)) if size else one
            asked = drawn(text, given.questions or (DRAWN if size else len(text.questions)))
            if asked.questions:
                report(asked, given.strategies)


def drawn(one: QuestionSet, most: int) -> QuestionSet:
    """At most so many of the questions that have gold, in their order."""
    asked = [q for q in one.questions if q.gold or q.pages]
    chosen = sorted(random.Random(0).sample(range(len(asked)), min(most, len(asked))))
    return replace(one, questions=tuple(asked[at] for at in chosen))


def report(one: QuestionSet, strategies: Sequence[str]) -> None:
    """Asks, and prints a line for BM25 and one for every strategy."""
    texts = [text for text in one.files.values() if isinstance(text, str)]
    size = f"{sum(map(len, texts)):,}" if texts else "PDF"
    head = f"{one.name:13}{size:>10}{len(one.questions):>10}  "
    plain = scores(one, baseline(one)) if texts else {}
    if plain:
        print(f"{head}{'BM25':10}{mean(plain)}", flush=True)
    with tempfile.TemporaryDirectory() as folder, Clew(library=Path(folder) / "library") as clew:
        for strategy in strategies:
            begun = time.monotonic()
            ours = scores(one, offered(clew, Path(folder), one, strategy))
            lead = measured({key: ours[key][AT] - plain[key][AT] for key in ours}) if plain else ""
            seconds = (time.monotonic() - begun) / len(ours)
            print(f"{head}{strategy:10}{mean(ours)}   {lead!s:23}{seconds:6.2f}", flush=True)


def scores(one: QuestionSet, shown: Iterator[Sequence[Shown]]) -> Recalls:
    pairs = zip(one.questions, shown, strict=True)
    return {question.id: [recall(items, question, budget) for budget in BUDGETS] for question, items in pairs}


def mean(recalls: Recalls) -> str:
    return " ".join(f"{sum(column) / len(recalls):.3f}" for column in zip(*recalls.values(), strict=True))


def offered(clew: Clew, folder: Path, one: QuestionSet, strategy: str) -> Iterator[list[Shown]]:
    """`answer.evidence` for every question."""
    paths = {name: text if isinstance(text, Path) else folder / name for name, text in one.files.items()}
    for name, text in one.files.items():
        if isinstance(text, str):
            paths[name].write_text(text, encoding="utf-8", newline="")
    names = {str(path): name for name, path in paths.items()}
    shelves = {
        documents: clew.open([paths[d] for d in documents]) for documents in {q.documents for q in one.questions}
    }
    for number, question in enumerate(one.questions, 1):
        answer = shelves[question.documents].ask(question.question, strategy=strategy)
        if sys.stderr.isatty():
            print(f"\r{one.name} {strategy} {number} of {len(one.questions)} ", end="\r", file=sys.stderr)
        yield [Shown(names[item.document], item.start, item.end, item.page) for item in answer.evidence]


def baseline(one: QuestionSet) -> Iterator[list[Shown]]:
    """The units of a question's documents, ranked by stemmed BM25 as bm25s does it by itself."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    units = [unit for name, text in one.files.items() for unit in cut(name, str(text), BORDERS.get(one.name))]
    texts = [str(one.files[u.document])[u.start : u.end] for u in units]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    for question in one.questions:
        (tokens,) = bm25s.tokenize(
            [question.question], stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        scores = index.get_scores(tokens)
        order = sorted(range(len(units)), key=lambda at: -scores[at])
        yield [units[at] for at in order if units[at].document in question.documents][:400]


def cut(name: str, text: str, border: str | None) -> Iterator[Shown]:
    """What stands between borders; without one, pieces that end with a paragraph or sentence where they can."""
    if border:
        starts = [0, *(match.end() for match in re.finditer(border, text)), len(text)]
        yield from (Shown(name, a, b) for a, b in pairwise(starts) if text[a:b].strip())
        return
    start = 0
    while start < len(text):
        end = min(len(text), start + 1000)
        if end < len(text):
            stop = max(text.rfind("\n\n", start + 500, end), text.rfind(". ", start + 500, end) + 1)
            end = stop if stop > start + 500 else end
        yield Shown(name, start, end)
        start = end


if __name__ == "__main__":
    main()
