"""How well the built-in `extractive` model declines what a text does not answer, everything having been read.

    python benchmarks/abstention.py [SET …] [--findings N] [--exhibits N]

For every question each chunk of about 6,000 tokens (characters / 4) is read, the best findings of all chunks become
exhibits, and the manager's support for its best answer is taken. Printed: for rising thresholds, the share declined of
the questions that have no answer and of those that have one; the threshold that declines most of the former while at
most 15 % of the latter are declined, chosen on one half of the questions (by a hash of their ids) and measured on the
other; for each half, what is cited of what the manager answers: how often gold evidence is among it where the answer is
said to be uncertain, and where it is not; and the share of gold evidence that the findings touch. The sets are `cuad`
and `locomo`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clew.core.types import Call, Need
from clew.evals.sets import Gold, GoldQuestion, data_folder, load
from clew.language.sentences import sentence_starts
from clew.models.extractive.answer import SURE, THRESHOLD, is_doubtful
from clew.models.extractive.best import best
from clew.models.extractive.model import Extractive
from clew.models.extractive.page import exhibited
from clew.models.extractive.plan import needs_of
from clew.prompts import Answer, Excerpt, Excerpts, Exhibit, Exhibits, Line, Memory, Needs, Read

CHUNK = 24_000
"""Characters."""
WORST_LOSS = 0.15
"""Share of the answerable that may be declined."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Outcome:
    """One question after everything was read."""

    question: GoldQuestion
    support: float
    doubtful: bool
    """Every need that is answered is answered with a reserve."""
    cites_gold: bool
    touched: dict[int, float]
    """Share of gold items touched by the first so many exhibits."""

    @property
    def half(self) -> int:
        return int(hashlib.sha256(self.question.id.encode()).hexdigest(), 16) % 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["cuad", "locomo"], metavar="SET")
    parser.add_argument("--findings", type=int, help="of one reading at most; the model's own number otherwise")
    parser.add_argument("--exhibits", type=int, default=12, help="for the manager at most")
    given = parser.parse_args()
    together: list[Outcome] = []
    for data in load(data_folder(), given.sets):
        texts = {name: str(text) for name, text in data.files.items()}
        chunks = {name: _chunks(text) for name, text in texts.items()}
        asked = [q for q in data.questions if q.gold or not q.answerable]
        outcomes = [asyncio.run(_ask(q, texts, chunks, given.findings, given.exhibits)) for q in asked]
        _report(data.name, outcomes)
        together += outcomes
    if len(given.sets) > 1:
        _report("together", together)


def _chunks(text: str) -> list[list[Span]]:
    """The sentences of `text`, trimmed, in runs of at most `CHUNK` characters."""
    runs: list[list[Span]] = [[]]
    for start, end in pairwise([*sentence_starts(text), len(text)]):
        raw = text[start:end]
        if not raw.strip():
            continue
        if runs[-1] and end - runs[-1][0][0] > CHUNK:
            runs.append([])
        runs[-1].append((end - len(raw.lstrip()), start + len(raw.rstrip())))
    return runs


async def _ask(
    question: GoldQuestion, texts: dict[str, str], chunks: dict[str, list[list[Span]]], findings: int | None, most: int
) -> Outcome:
    model = Extractive()
    needs = Needs(tuple(Need(number, text) for number, text in enumerate(needs_of(question.question), 1)))
    noted: list[tuple[float, str, int, int, int]] = []
    for name in question.documents:
        for run in chunks[name]:
            lines = tuple(Line(at, texts[name][start:end]) for at, (start, end) in enumerate(run, 1))
            prompt = Read(Excerpts((Excerpt("", lines),)), Memory(), question.question, needs)
            reply = await model.complete(Call("reader", prompt, (), {}, 1024, 0))
            for found in prompt.parse(reply.text).findings[:findings]:
                start, end = run[found.sentences[0] - 1][0], run[found.sentences[-1] - 1][1]
                noted.append((-found.confidence, name, start, end, found.need))
    shown = sorted(noted)[:most]
    exhibits = Exhibits(
        tuple(
            Exhibit(at, "", texts[name][start:end], need, -confidence)
            for at, (confidence, name, start, end, need) in enumerate(shown, 1)
        )
    )
    page = exhibited(Answer(exhibits, "", question.question, needs))
    sure = {exhibit.number: exhibit.confidence for exhibit in exhibits.items}
    found = [best(page, question.question, need.text, sure) for need in needs.items]
    answers = [answer for answer in found if answer]
    support = max((answer.support for answer in answers), default=0.0)
    given = [answer for answer in answers if answer.support >= THRESHOLD]
    cited = [Gold(*shown[number - 1][1:4]) for answer in given for number in answer.numbers]
    places = [Gold(name, start, end) for _, name, start, end, _ in sorted(noted)]
    return Outcome(
        question,
        support,
        all(is_doubtful(answer) for answer in given),
        question.answerable and _touched(question.gold, cited) > 0,
        {n: _touched(question.gold, places[:n]) for n in (1, 3, 5, 8, 12, 20, 40)},
    )


def _touched(gold: Sequence[Gold], places: Sequence[Gold]) -> float:
    hit = sum(any(p.document == g.document and p.start < g.end and g.start < p.end for p in places) for g in gold)
    return hit / len(gold) if gold else 0.0


def _declined(outcomes: Sequence[Outcome], threshold: float, answerable: bool) -> float:
    asked = [o for o in outcomes if o.question.answerable is answerable]
    return sum(o.support < threshold for o in asked) / len(asked) if asked else 0.0


def _reserve(outcomes: Sequence[Outcome], doubtful: bool) -> str:
    """Of what is answered, with or without a reserve: how often with gold evidence, and how often there is none."""
    given = [o for o in outcomes if o.support >= THRESHOLD and o.doubtful is doubtful]
    right, without = sum(o.cites_gold for o in given), sum(not o.question.answerable for o in given)
    return f"{len(given)} answered, {right} with gold evidence, {without} that have no answer"


def _best_threshold(outcomes: Sequence[Outcome]) -> float:
    """The highest threshold at which no more than the allowed share of the answerable is declined."""
    tried = sorted(o.support for o in outcomes)
    return max((t for t in tried if _declined(outcomes, t, True) <= WORST_LOSS), default=0.0)


def _report(name: str, outcomes: Sequence[Outcome]) -> None:
    without = sum(not o.question.answerable for o in outcomes)
    print(f"\n{name}: {len(outcomes) - without} answerable, {without} not")
    print("threshold   declined of those without an answer   declined of those with one")
    for step in range(3, 19):
        threshold = step / 20
        print(
            f"{threshold:9.2f}{_declined(outcomes, threshold, False):40.3f}{_declined(outcomes, threshold, True):29.3f}"
        )
    for half in (0, 1):
        here, other = ([o for o in outcomes if o.half == h] for h in (half, 1 - half))
        chosen = _best_threshold(here)
        result = _declined(other, chosen, False), _declined(other, chosen, True)
        print(
            f"chosen on half {half}: {chosen:.3f}; on the other: {result[0]:.3f} declined, at a loss of {result[1]:.3f}"
        )
    own = _declined(outcomes, THRESHOLD, False), _declined(outcomes, THRESHOLD, True)
    print(f"the model's own threshold {THRESHOLD}: {own[0]:.3f} declined, at a loss of {own[1]:.3f}")
    for half in (0, 1):
        here = [o for o in outcomes if o.half == half]
        print(f"half {half}, said to be uncertain (support under {SURE}, or not what is asked): {_reserve(here, True)}")
        print(f"half {half}, without reserve: {_reserve(here, False)}")
    with_gold = [o for o in outcomes if o.question.answerable]
    shares = {n: sum(o.touched[n] for o in with_gold) / len(with_gold) for n in with_gold[0].touched}
    print("gold touched by the first findings:", ", ".join(f"{n}: {share:.3f}" for n, share in shares.items()))


if __name__ == "__main__":
    main()
