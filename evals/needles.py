"""Needles in a novel: one sentence at a stated depth of a text of a stated length, asked for in other words.

No question shares a stem with its needle, so that finding it is not matching words. The needles are our own, CC0.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from .cases import Case
from .haystack import PER_TOKEN, Haystack
from .simulated import Fact, Puzzle

NOVEL = Path(__file__).resolve().parents[1] / "examples" / "moby-dick.txt.gz"
"""Herman Melville, 1851; in the public domain. It lies in a checkout, not in the wheel."""
SPREAD = 0.06
"""Share of a text over which the needles of one depth are spread, so that they share no chunk where there are many."""


def novel() -> str:
    """The text of Moby-Dick."""
    return gzip.decompress(NOVEL.read_bytes()).decode()


def needles() -> tuple[Case, ...]:
    """The needles as cases of one fact each."""
    rows = map(json.loads, (files(__package__) / "needles.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(
        Case(
            row["id"],
            "needles",
            row["type"],
            Puzzle(
                row["question"],
                tuple(row["answers"]),
                tuple(Fact(needle, row["answers"][0], row["question"]) for needle in row["needles"]),
            ),
            (row["id"],),
            (row["id"],),
        )
        for row in rows
    )


def depths(text: str, cases: Sequence[Case], tokens: int, steps: int) -> Iterator[Haystack]:
    """The beginning of `text`, `tokens` long, with the needles at each of so many depths from start to end.

    Each needle is a paragraph of its own; the depth stands in the place of the gold's order.
    """
    body = text[: tokens * PER_TOKEN]
    for step in range(steps):
        depth = (step + 0.5) / steps
        places = [
            (depth + SPREAD * ((at + 0.5) / len(cases) - 0.5), case.puzzle.facts[0].text)
            for at, case in enumerate(cases)
        ]
        name = f"needles-{tokens // 1000}k-{step}.txt"
        yield Haystack(name, inserted(body, places), tuple(cases), "plain", f"{depth:.0%}", tokens)


def inserted(text: str, places: Sequence[tuple[float, str]]) -> str:
    """`text` with paragraphs put in at the ends of the paragraphs nearest behind their places, 0 to 1."""
    parts, done = [], 0
    for depth, paragraph in sorted(places):
        at = text.find("\n\n", int(depth * len(text)))
        end = len(text) if at < 0 else at
        parts += [text[done:end], "\n\n", paragraph]
        done = max(done, end)
    return "".join([*parts, text[done:]])
