"""Needs that wait for one another: spelled out when planned, rewritten when an answer is found, checked by code.

A planner names what a later question waits for by number, `#1` (QDMR; Wolfson et al. 2020, "Break It Down"). What is
looked up with a pronoun or a number in it finds nothing ("lost in retrieval": ChainRAG, 2025), so a need always stands
by itself: first with the question it waits for in brackets, then with what a reader found in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..core.types import Need, Note
from ..memory.ledger import ENOUGH, ranked, supported
from ..prompts import MOST_NEEDS

LONGEST = 120
"""Characters of a claim that takes a question's place."""
SPELLED = 1_000
"""Characters of a question that is put into another."""
_waits = re.compile(r"#(\d{1,9})(?!\d)")


def spelled(texts: Sequence[str]) -> list[str]:
    """Planned questions, each `#k` replaced by the k-th of them, in brackets, where that comes before."""
    told: list[str] = []

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        # Each of them may name the one before twice: put in without end, thirty would fill the memory.
        return bracketed(told[at]) if 0 <= at < len(told) and len(told[at]) <= SPELLED else match[0]

    for text in texts:
        told.append(_waits.sub(put, text, MOST_NEEDS))
    return told


def bracketed(question: str) -> str:
    """A question as it stands in another that waits for it."""
    return f"({question.rstrip(' ?')})"


def rewritten(needs: Sequence[Need], notes: Sequence[Note]) -> tuple[Need, ...]:
    """`needs`, less those abandoned, with the claims of the best notes in place of the questions they answer."""
    claims: dict[int, str] = {}
    for note in ranked(notes):
        if note.confidence >= ENOUGH and 0 < len(note.claim) <= LONGEST:
            claims.setdefault(note.need, note.claim)
    # A question may wait for one that waits itself: the longest brackets are the outermost.
    known = sorted((need for need in needs if need.number in claims), key=lambda need: -len(need.text))
    found: list[Need] = []
    for need in needs:
        text = need.text
        for other in known:
            if other.number != need.number:
                text = text.replace(bracketed(other.text), claims[other.number])
        if need.status != "abandoned":
            found.append(replace(need, text=text))
    return tuple(found)


def planned(needs: Sequence[Need]) -> list[Need]:
    """The steps of the plan; the question itself where the plan has none."""
    return [need for need in needs if need.origin == "planner"] or list(needs[:1])


def unmet(needs: Sequence[Need], notes: Sequence[Note]) -> list[Need]:
    """The steps of the plan that no located evidence was found for.

    Readers that know the whole question often say that a sentence serves it and not one of its steps: evidence for the
    question stands for one step without evidence of its own, one piece for each.
    """
    good = [note for note in ranked(notes) if note.confidence >= ENOUGH]
    met = supported(notes)
    missing = [need for need in planned(needs) if need.number not in met]
    return missing[sum(note.need == 1 for note in good) :]
