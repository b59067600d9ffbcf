"""Who is not meant: somebody else of that name, and what is written like a name and names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...language.answers import is_role
from ...language.common import COMMON
from ...language.names import names
from ...language.words import words
from .ask import Ask
from .text import base_stems


def namesake(body: str, question: Ask) -> bool:
    """Whether `body` names another who shares a name with one that is asked about: `Ada Hall` for `Bo Hall`."""
    asked = [_own(name) for name in question.names if len(name) > 1]
    named = [_own(name.words) for name in names(body)]
    return any(
        own & other and own - other and other - own and not any(own <= one for one in named)
        for own in asked
        for other in named
    )


def _own(name: Iterable[str]) -> set[str]:
    return {word.lower() for word in name if not is_role(word.lower())}


_who = re.compile(r"\W*who\b", re.IGNORECASE)
_behind = re.compile(r"\s([a-z]+)\b")
_HERS = re.compile(r",?\s+(?:his|her|its|their)\s")


def of_another(body: str, start: int, end: int, question: Ask) -> bool:
    """Whether who stands there bears the role for somebody else: `Mayhew, her captain`, and no ship named before."""
    told = set(words(body[:start]))
    return bool(question.names and _HERS.match(body, end)) and not any(told.issuperset(name) for name in question.names)


def is_common_noun(body: str, question: Ask) -> bool:
    """Whether somebody is asked about whose name `body` has but as a word of its own: `musk` for `Mr. Musk`."""
    if question.language != "en" or not _who.match(question.text) or not question.names:
        return False
    own = [word for name in question.names for word in name if word not in COMMON and not is_role(word)]
    there = [found[0] for word in own for found in re.finditer(rf"\b{re.escape(word)}\b", body, re.IGNORECASE)]
    return bool(there) and all(map(str.islower, there))


def is_attribute(body: str, start: int, end: int, role: frozenset[str]) -> bool:
    """Whether one word that begins a sentence says what kind of a bearer is meant, and not who: `Internal auditors`."""
    behind = _behind.match(body, end)
    single = " " not in body[start:end] and not re.search(r"\w", body[:start])
    return single and behind is not None and bool(role.intersection(base_stems(behind[1])))


def is_nobody(body: str, start: int, end: int, question: Ask) -> bool:
    """What stands behind `in` or `at` is no person; nor `Danish` before a noun, a `Director`, what is `of` somebody."""
    if question.kind == "person" and re.match(r"\s+of\b", body[end:]):
        return True
    if question.kind == "person" and all(word in COMMON or is_role(word) for word in words(body[start:end])):
        return True
    if question.kind == "person" and re.search(r"\b(?:in|at|near|on)\s+(?:the\s+)?$", body[:start], re.IGNORECASE):
        return True
    people = re.fullmatch(r"[A-Z][a-z]+(?:an|ish|ese)(?: [A-Z][a-z]+(?:an|ish|ese))?", body[start:end])
    return people is not None and re.match(r"[ -][a-z]{3,}", body[end:]) is not None
