"""Recall of gold evidence in what `retrieve` offers, without a language model, beside plain BM25.

    python benchmarks/retrieval.py [SET …] [--pooled] [--questions N]

Every question is asked through the public API with the built-in `extractive` model. Reported: the share of a question's
gold items at least half covered by the first 500, 1,000, 2,000 and 4,000 tokens (characters / 4) of `answer.evidence`;
for PDFs the share of gold sheets. Plain BM25 ranks the units of the published baseline: paragraphs, turns, or pieces of
about 1,000 characters. The last column is the mean difference at 2,000 tokens with its 95 % bootstrap interval.
With --pooled, all texts of the sets are one document and every question is asked of it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from clew import Clew
from clew.evals.sets import (
    NAMES,
    Gold,
    GoldQuestion,
    QuestionSet,
    Shown,
    data_folder,
    interval,
    load,
    page_recall,
    recall,
)

BUDGETS = (500, 1000, 2000, 4000)
AT = BUDGETS.index(2000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=NAMES, metavar="SET")
    parser.add_argument("--pooled", action="store_true", help="all texts as one document")
    parser.add_argument("--questions", type=int, help="of each set at most")
    given = parser.parse_args()
    sets = list(load(data_folder(), given.sets))
    if given.questions:
        sets = [replace(s, questions=s.questions[: given.questions]) for s in sets]
    print(
        f"{'set':14}{'questions':>10}   retrieve @{BUDGETS}          plain BM25 @{BUDGETS}        difference @2000   s"
    )
    for one in pooled(sets) if given.pooled else sets:
        report(one)


def report(one: QuestionSet) -> None:
    """Asks and prints one line."""
    begun = time.monotonic()
    asked = [q for q in one.questions if q.gold or q.pages]
    ours = list(offered(one, asked))
    plain = [score(q, shown) for q, shown in zip(asked, baseline(one, asked), strict=True)] if asked[0].gold else []
    line = f"{one.name:14}{len(asked):>10}   {mean(ours)}"
    if plain:
        gains = [a[AT] - b[AT] for a, b in zip(ours, plain, strict=True)]
        low, high = interval(gains)
        line += f"   {mean(plain)}   {sum(gains) / len(gains):+.3f} [{low:+.3f}, {high:+.3f}]"
    print(f"{line}   {time.monotonic() - begun:.0f}", flush=True)


def mean(rows: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{sum(column) / len(rows):.3f}" for column in zip(*rows, strict=True))


def score(question: GoldQuestion, shown: Sequence[Shown]) -> list[float]:
    if question.pages:
        return page_recall(shown, question.pages, BUDGETS)
    return recall(shown, question.gold, BUDGETS)


def offered(one: QuestionSet, asked: Sequence[GoldQuestion]) -> Iterator[list[float]]:
    """Recall of `answer.evidence` for every question."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, text in one.files.items():
            paths[name] = text if isinstance(text, Path) else Path(folder) / name
            if isinstance(text, str):
                paths[name].write_text(text, encoding="utf-8", newline="")
        names = {str(path): name for name, path in paths.items()}
        with Clew(library=Path(folder) / "library") as clew:
            shelves = {
                documents: clew.open([paths[d] for d in documents]) for documents in {q.documents for q in asked}
            }
            for number, question in enumerate(asked):
                answer = shelves[question.documents].ask(question.question, strategy="retrieve")
                shown = [Shown(names[item.document], item.start, item.end, item.page) for item in answer.evidence]
                if sys.stderr.isatty():
                    print(f"\r{one.name} {number + 1} of {len(asked)}", end="\r", file=sys.stderr)
                yield score(question, shown)


def baseline(one: QuestionSet, asked: Sequence[GoldQuestion]) -> Iterator[list[Shown]]:
    """The units of a question's documents, ranked by stemmed BM25 as bm25s does it by itself."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    units = [unit for name, text in one.files.items() for unit in cut(one.name, name, str(text))]
    texts = [str(one.files[u.document])[u.start : u.end] for u in units]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    for question in asked:
        (tokens,) = bm25s.tokenize(
            [question.question], stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        scores = index.get_scores(tokens)
        order = sorted(range(len(units)), key=lambda at: -scores[at])
        yield [units[at] for at in order if units[at].document in question.documents][:400]


def cut(set_name: str, name: str, text: str) -> Iterator[Shown]:
    """The units of the baseline: paragraphs of a corpus, turns of a chat, else pieces of about 1,000 characters."""
    if set_name in ("hotpotqa", "musique", "2wiki", "locomo"):
        border = r"\n\n" if set_name != "locomo" else r"\n"
        starts = [0, *(m.end() for m in re.finditer(border, text))]
        ends = [*starts[1:], len(text)]
        yield from (Shown(name, a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip())
        return
    start = 0
    while start < len(text):
        end = min(len(text), start + 1000)
        if end < len(text):
            stop = max(text.rfind("\n\n", start + 500, end), text.rfind(". ", start + 500, end) + 1)
            end = stop if stop > start + 500 else end
        yield Shown(name, start, end)
        start = end


def pooled(sets: Sequence[QuestionSet]) -> Iterator[QuestionSet]:
    """The same questions, each set's on its own line, asked of one document that holds every text."""
    at, places, parts = 0, {}, []
    for one in sets:
        for name, text in one.files.items():
            if isinstance(text, str):
                places[one.name, name] = at
                parts.append(text + "\n\n")
                at += len(parts[-1])
    whole = "".join(parts)
    for one in sets:
        questions = tuple(
            replace(
                q,
                documents=("pool.txt",),
                gold=tuple(
                    Gold("pool.txt", g.start + places[one.name, g.document], g.end + places[one.name, g.document])
                    for g in q.gold
                ),
            )
            for q in one.questions
            if q.gold
        )
        if questions:
            yield QuestionSet(f"{one.name}, pooled", {"pool.txt": whole}, questions)


if __name__ == "__main__":
    main()
