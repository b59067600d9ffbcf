"""Sentences that say nothing about a question are left out of what is read (after Provence, Chirkova et al. 2025).

Provence marks tokens with a trained cross-encoder; this needs no model. A sentence stays when it shares enough of the
weight of a question's or need's words, rare ones weighing more; when it names what the best sentences name, since the
next step is named there and not in the question; or when it stands beside such a one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from ..core.types import Span
from ..language.names import names
from ..language.words import stems
from .desk import Desk

SHARE = 0.05
"""Share of a question's weight that a sentence must hold. More leaves out more, and evidence among it."""
BEST = 5
"""Sentences whose names are followed."""
RARE = 0.05
"""Share of all sentences that a name may stand in to be followed."""


def pruned(spans: Sequence[Span], wanted: Iterable[str], desk: Desk) -> list[Span]:
    """The parts of `spans` that may say something about one of `wanted`, in the order given; borders are sentences'."""
    sentences = [desk.books[span.document].sentences_in(span) for span in spans]
    held = [[frozenset(stems(desk.text(sentence))) for sentence in group] for group in sentences]
    counts = Counter(stem for group in held for one in group for stem in one)
    total = sum(map(len, held))
    questions = [{s: math.log(1 + total / (1 + counts[s])) for s in set(stems(text))} for text in wanted]
    links = _links(sentences, held, questions, counts, desk)
    kept: list[Span] = []
    for span, group, own in zip(spans, sentences, held, strict=True):
        says = [bool(one & links) or any(_share(one, question) >= SHARE for question in questions) for one in own]
        near = [any(says[max(0, at - 1) : at + 2]) for at in range(len(says))]
        kept += [span] if all(near) else _runs(group, near)
    return kept


def _links(
    sentences: Sequence[Sequence[Span]],
    held: Sequence[Sequence[frozenset[str]]],
    questions: Sequence[dict[str, float]],
    counts: Counter[str],
    desk: Desk,
) -> frozenset[str]:
    """Stems of rare names in the sentences that hold most of a question: what the next step may be about."""
    flat = [pair for group, own in zip(sentences, held, strict=True) for pair in zip(group, own, strict=True)]
    found: set[str] = set()
    for question in questions:
        best = sorted(flat, key=lambda item: -_share(item[1], question))[:BEST]
        for sentence, _ in best:
            for name in names(desk.text(sentence)):
                found.update(stem for word in name.words for stem in stems(word) if counts[stem] <= RARE * len(flat))
    return frozenset(found)


def _share(stems: frozenset[str], question: dict[str, float]) -> float:
    """Share of a question's weight that the stems of a sentence hold."""
    return sum(question[stem] for stem in stems & question.keys()) / (sum(question.values()) or 1.0)


def _runs(sentences: Sequence[Span], kept: Sequence[bool]) -> list[Span]:
    """The kept sentences, neighbours joined."""
    runs: list[Span] = []
    for at, sentence in enumerate(sentences):
        if not kept[at]:
            continue
        if at and kept[at - 1]:
            runs[-1] = Span(sentence.document, runs[-1].start, sentence.end)
        else:
            runs.append(sentence)
    return runs
