"""Whether a quote is about something else than an English question: another's wife, another sense of a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.names import names
from ...language.words import words
from .ask import Ask
from .named import role_of
from .page import Page
from .support import held
from .text import base_stems, derived

LEAST_HELD, LEAST_MEANT = 0.5, 0.25
"""Share of a question's weight, under which a quote says little of it; where a pronoun may stand for some of it."""
_refers = re.compile(r"\b(?:he|him|his|she|her|hers|it|its|they|them|their)\b", re.IGNORECASE)
_deed = re.compile(
    r"\b(?:when|how long)\s(?:did|does|do|will|shall|must|can|was|were|is|are)\s"
    r"(?:the|an?|this|that|his|her|its|our|their)\s(?:[\w'’-]+\s){1,2}[\w'’-]+\W*$",
    re.IGNORECASE,
)
"""A question of few words, whose last says what is done: no pronoun stands for that."""
_other_sense = re.compile(r"\b\w+-(?:free|in-law)\b|\bnon-?\w+", re.IGNORECASE)
_kin = re.compile(
    r"\b(?:(?:grand|step)?(?:father|mother|son|daughter|child|parent)|brother|sister|sibling|wife|husband|spouse|uncle"
    r"|aunt|nephew|niece|cousin|fianc[eé]e?)(?:-in-law)?\b",
    re.IGNORECASE,
)
_of_one = re.compile(
    r"\b[\w-]+\s(?:of|to|for|at|aboard)\s(?:(?:the\s)?(?:said|aforesaid)|an?|another)\s", re.IGNORECASE
)
"""A role, and whose: `mate of said vessel`, `captain of a whaler`."""
_owned = re.compile(r"\b(?P<who>[\w.-]+)['’]s?\s+(?:(?:first|last|full|own|new|old)\s+)?(?P<what>[\w-]+)")


def is_elsewhere(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether `units` of a page, quoted together, are about something else than what is asked."""
    there = frozenset().union(*(held(page, asked, at) for at in units))
    shown = [page.units[at].said for at in units]
    there |= {stem for stem, way in asked.said.items() if any(map(way.search, shown))}
    refers = any(map(_refers.search, shown))
    return (
        _leaves_out(asked, there, refers)
        or _leaves_out_kin(asked, there)
        or _says_little(asked, there, refers)
        or any(_in_another_sense(asked, text) or _of_another_owner(asked, text) for text in shown)
        or all(_in_a_longer_name(asked, text) for text in shown)
        or all(_bears_it_for_another(asked, text) for text in shown)
        or all(_does_it_in_name_alone(asked, text) for text in shown)
    )


def _leaves_out(asked: Ask, there: frozenset[str], refers: bool) -> bool:
    """Whether who, where or when is asked of something without a name, as of the company, and a word is missing."""
    if asked.kind not in ("person", "place", "date", "duration") or asked.names:
        return False
    if asked.kind in ("date", "duration") and _deed.search(asked.text) and list(asked.weights)[-1] not in there:
        return True
    return asked.kind != "duration" and not refers and not asked.weights.keys() <= there


def _leaves_out_kin(asked: Ask, there: frozenset[str]) -> bool:
    """Whether a question is of somebody's father, or goes by way of him, and nothing tells of one."""
    kin = {stem for word in _kin.findall(asked.text) for stem in base_stems(word)} & asked.weights.keys()
    return bool(kin - there - asked.named)


def _says_little(asked: Ask, there: frozenset[str], refers: bool) -> bool:
    """Whether less than half of what a question says is there; names may be missing where a pronoun stands for them."""
    worth = {stem: min(1.0, weight) for stem, weight in asked.weights.items()}

    def share(of: frozenset[str]) -> float:
        total = sum(worth[stem] for stem in of)
        return sum(worth[stem] for stem in there & of) / total if total else 1.0

    whole, point = frozenset(worth), frozenset(worth) - asked.named
    if share(whole) < (LEAST_MEANT if refers else LEAST_HELD):
        return True
    return refers and point != whole and share(point) < LEAST_HELD


def _in_another_sense(asked: Ask, text: str) -> bool:
    """Whether `text` has a word of the question only in one of another sense: `royalty-free`, `sister-in-law`."""
    rest = _other_sense.sub(" ", text)
    if rest == text or _other_sense.search(asked.text):
        return False
    return bool((set(base_stems(text)) - set(base_stems(rest))) & asked.weights.keys())


def _in_a_longer_name(asked: Ask, text: str) -> bool:
    """Whether `text` has what is asked of somebody only in a name with his: `founded` in `the Ada Bo Foundation`."""
    rest, point = text, asked.weights.keys() - asked.named
    for name in reversed(names(text)):
        own = set(base_stems(name.text))
        if own & asked.named and any(stem.startswith(tuple(point)) for stem in own - asked.named):
            rest = f"{rest[: name.start]} {rest[name.end :]}"
    return rest != text and not any(stem.startswith(tuple(point)) for stem in base_stems(rest))


def _does_it_in_name_alone(asked: Ask, text: str) -> bool:
    """Whether a deed is asked for, as who insures, and `text` has it but in names, `the Bo Insurance Agency`."""
    deeds = derived(text) & asked.weights.keys() - asked.derived - asked.named
    rest = text
    for name in reversed(names(text) if deeds else []):
        rest = f"{rest[: name.start]} {rest[name.end :]}" if len(name.words) > 1 else rest
    return bool(deeds - set(base_stems(rest)))


def _bears_it_for_another(asked: Ask, text: str) -> bool:
    """Whether the mate is asked for, and `text` has but the mate of some ship: `mate of said vessel`."""
    role = role_of(asked) if asked.kind == "person" else frozenset()
    if not role or asked.names or _of_one.search(asked.text):
        return False
    return role <= set(base_stems(text)) and not role <= set(base_stems(_of_one.sub(" ", text)))


def _of_another_owner(asked: Ask, text: str) -> bool:
    """Whether `Ada's wife` is asked for, and only the wife of somebody else is there, `the man's wife`."""
    wanted = _owned.search(asked.text)
    stems = base_stems(wanted["what"]) if wanted else []
    if not wanted or not stems:
        return False
    owners = {found["who"].lower() for found in _owned.finditer(text) if base_stems(found["what"]) == stems}
    total = sum(base_stems(word) == stems for word in words(text))
    return bool(owners) and len(owners) == total and wanted["who"].lower() not in owners
