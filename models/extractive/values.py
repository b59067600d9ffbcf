"""Which date or amount of a sentence its grammar ties to what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .ask import Ask
from .measures import AGE, AGE_BEFORE, MEASURED, is_of_another, is_of_then
from .text import base_stems
from .tokens import Token

Place = tuple[int, int]
"""Start and end within a sentence."""

_relative = re.compile(r"[a-z]|\d[\d.,]*\s(?:days?|weeks?|months?|years?|hours?)\b")


def only(found: Sequence[Place]) -> Sequence[Place]:
    """What was found, where it is one."""
    return found if len(found) == 1 else []


def dates(new: Sequence[Place], body: str, question: Ask) -> Iterator[Place]:
    """The one date that is a date by itself; of the two dates of a life the one that is asked for."""
    found = [place for place in new if not _relative.match(body, place[0])]
    life = [
        place
        for place in found
        if re.search(r"\([^()]*$", body[: place[0]]) and re.match(r"[^()]*\)", body[place[1] :])
    ]
    if question.weights.keys() & {"die", "death", "dead"}:
        said = [place for place in found if re.search(r"\bdied\b[^.;]{0,30}$", body[: place[0]])]
        yield from only(said) or (life[1:2] if len(life) == 2 else [])
    elif question.weights.keys() & {"bear", "birth", "birthday", "birthdat"}:
        said = [place for place in found if re.search(r"\bborn\b[^.;]{0,30}$", body[: place[0]])]
        yield from only(said) or life[:1]
    else:
        yield from only(found)


def numbers(new: Sequence[Place], body: str, line: Sequence[Token], question: Ask) -> Iterator[Place]:
    """A number with what is counted behind it, an age for `how old`, a measure for `how tall`."""
    text = question.text.lower()
    counted = re.search(r"\bhow (?:many|much)\s+([\w'’-]+(?:\s+[\w'’-]+)?)", text)
    names = frozenset(word for name in question.names for word in name)
    for start, end in new:
        if re.search(r"\bhow old\b|\bage\b", text):
            unit = AGE.match(body, end)
            own = not is_of_then(body, start, text) and not is_of_another(body, start, names)
            if own and (unit or AGE_BEFORE.search(body[:start])):
                yield start, unit.end() if unit else end
        elif counted:
            wanted = set(base_stems(counted[1]))
            near = [token for token in line if token.start >= end][:2]
            hit = next((token for token in near if token.stem in wanted), None)
            if hit and not any(token.edge for token in near[: near.index(hit)]):
                yield start - (body[start - 1 : start] in tuple("$€£¥")), hit.end
        elif re.search(
            r"\bhow (?:tall|high|deep|wide|far|heavy|long|large|big)\b|\b(?:length|height|weight|depth)\b", text
        ):
            unit = MEASURED.match(body, end)
            if unit:
                yield start, unit.end()
