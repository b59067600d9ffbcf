"""The turns of a conversation: which lines name a speaker, what belongs to a turn, and what is said to the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .text import sentence, speaker_of

LEAST_TURNS = 3
"""Lines that name a speaker, under which a text is no conversation."""
LONGEST_TURN = 8
"""Sentences of a turn that are taken together."""
_sentence_end = re.compile(r"(?<=[.?!])\s+")


def converses(lines: Sequence[str]) -> bool:
    """Whether enough of `lines` name a speaker, and some more than once: of a contract's headings each is new."""
    labels = [label for line in lines if (label := speaker_of.match(line))]
    if len(labels) < LEAST_TURNS or 4 * len(labels) < len(lines):
        return False
    return any(label["turn"] for label in labels) or 3 * len({label["name"] for label in labels}) <= 2 * len(labels)


def turns(lines: Sequence[str], parts: Sequence[int]) -> list[list[int]]:
    """The sentences of every turn: from the line that names a speaker to the next one, or to a heading."""
    groups: list[list[int]] = []
    for at, line in enumerate(lines):
        new = at == 0 or speaker_of.match(line) or parts[at] != parts[at - 1] or line.startswith("#")
        if new or lines[at - 1].startswith("#") or len(groups[-1]) >= LONGEST_TURN:
            groups.append([])
        groups[-1].append(at)
    return groups


def addressed(lines: Sequence[str]) -> frozenset[str]:
    """The stems that a turn says about whom it is said to, and not about who says it."""
    spoken = [sentence(part, spoken=True) for line in lines for part in _sentence_end.split(line) if part]
    own = {stem for one in spoken if not one.addresses for stem in one.stems}
    return frozenset(stem for one in spoken if one.addresses for stem in one.stems if stem not in own)
