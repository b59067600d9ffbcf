"""A few words of a sentence as the answer, only where the sentence's grammar ties them to what is asked for.

Where nothing ties them, there is no span: a sentence that holds the answer serves better than the wrong words of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...language.answers import find_answers
from ...language.words import words
from .ask import COMMON_WEIGHT, Ask
from .named import named, places
from .text import base_stems
from .tokens import Token, cover
from .values import Place, dates, numbers, only
from .who import namesake

TIED_COVER = 0.5
"""Share of the question's weight that a sentence must hold, for that to be the answer which its grammar ties to it."""
LEAST_COVER = 0.7
"""The same for a date or an amount, which grammar ties to nothing."""

_back = re.compile(r"\s(?:ago|back|before|since|hence|later|earlier|afterwards?)\b", re.IGNORECASE)
_counts = re.compile(r"\bhow many\b", re.IGNORECASE)


def span(body: str, line: Sequence[Token], question: Ask) -> str | None:
    """The words of `body` that its grammar shows to be the answer; None where it does not show any."""
    held = list(line)
    if namesake(body, question) or not _about(held, question):
        return None
    share, new = cover(held, question), _new(body, question)
    tied = share >= TIED_COVER and not _of_something_else(held, question)
    found = list(dict.fromkeys(_tied(new, body, held, question))) if tied else []
    if not found and share >= LEAST_COVER and not _left_open(held, question):
        found = list(_alone(new, body, question))
    if not found:
        return None
    start, end = found[0]
    return body[start:end].strip(" ,;:") if len(found) == 1 or question.kind == "name" else None


def _about(line: list[Token], question: Ask) -> bool:
    """Whether a sentence that is to name somebody or something holds any of the names that the question is about."""
    named = question.kind in ("person", "place", "name") and question.pinned
    return not named or any(token.matched & question.pinned for token in line)


def _of_something_else(line: list[Token], question: Ask) -> bool:
    """Whether who or where is asked of something without a name, or how many, and a word of it is missing."""
    if question.kind == "number":
        return _counts.search(question.text) is not None and _left_open(line, question)
    return question.kind in ("person", "place") and not question.names and _left_open(line, question, COMMON_WEIGHT)


def _left_open(line: list[Token], question: Ask, least: float = 1.0) -> bool:
    """Whether an informative word of the question, no name, is missing: `father` in `when was his father born`."""
    own = {stem for name in question.names for word in name for stem in base_stems(word)}
    held = {stem for token in line for stem in token.matched}
    return any(w >= least and stem not in held and stem not in own for stem, w in question.weights.items())


def _tied(new: Sequence[Place], body: str, line: Sequence[Token], question: Ask) -> Iterator[Place]:
    match question.kind:
        case "number":
            yield from numbers(new, body, line, question)
        case "place":
            yield from places(new, body, line, question)
        case "person" | "name":
            yield from named(new, body, line, question)


def _alone(new: Sequence[Place], body: str, question: Ask) -> Iterator[Place]:
    """The one date or amount of a sentence that leaves nothing of the question open."""
    match question.kind:
        case "money" | "percent":
            yield from only(new)
        case "duration":
            # What was years ago did not last for years, but has lasted since.
            yield from only([place for place in new if _has_lasted(question) or not _long_ago(body, place[1])])
        case "number" if not re.search(r"\bhow\b", question.text, re.IGNORECASE):
            yield from only(new)
        case "date":
            yield from dates(new, body, question)


def _long_ago(body: str, end: int) -> bool:
    """Whether the stretch of time that ends at `end` tells how long ago something was, not how long it lasted."""
    return body[:end].endswith("ago") or _back.match(body, end) is not None


def _has_lasted(question: Ask) -> bool:
    return re.search(r"\bhow long (?:has|have|had|ago)\b", question.text, re.IGNORECASE) is not None


def _new(body: str, question: Ask) -> list[Place]:
    """Possible answers that the question does not hold: of a name it must hold no word."""
    asked = set(words(question.text))
    named = question.kind in ("person", "place", "name")
    found = []
    for start, end in find_answers(question.kind, body):
        own = set(words(body[start:end]))
        if own and not (own & asked if named else own <= asked):
            found.append((start, end))
    return found
