"""Questions about a document itself, answered by rules from what it begins with: title, subject, date, maker, parties.

Their words seldom stand in the answer: `by and between`, `By Herman Melville`, a line in capitals. English only. What
a document begins with is read line by line, for its lines are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ...language.dates import dates
from ...language.frontmatter import Itself, Particular, asked_of_itself
from .fields import field, is_labelled, is_signature
from .front_lines import (
    FAINT,
    LIKELY,
    TOLD,
    goes_on,
    is_by,
    is_like_a_title,
    is_prose,
    of_a_date,
    of_a_maker,
    of_a_title,
    of_parties,
)
from .page import Page

LEAST = 0.55
"""Worth under which a line tells nothing of its document."""
FURTHER_ON = 0.6
"""What parties and a date are worth that stand further on: a preamble may follow a table of contents."""
LABELLED = 0.95
"""What a line is worth that says what it tells."""
MOST_LINES = 3
"""Of a title."""
SIGNED = 0.85
"""What the name under a letter is worth."""
LONG = 45
"""Words of a sentence that is quoted whole for its date."""
_LETTERS = re.compile(r"letter|e-?mail|message|memo(?:randum)?")
_letter_begins = re.compile(r"^\W*(?:dear|from|to|subject)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit of a page tells of its document."""

    at: int
    """Index in the page."""
    worth: float
    """0 to 1."""
    said: str
    """The line of it that tells."""
    leans: bool = False
    """The line above belongs to it."""


def front(page: Page, question: str, confidence: Mapping[int, float] | None = None) -> list[Told]:
    """The units that tell what `question` asks of the document itself, best first; none for any other question.

    Args:
        confidence: the readers' by printed number, where they read the document: what they did not take for its
            beginning is none.
    """
    asked = asked_of_itself(question)
    if asked is None or not (asked.certain or confidence or _is_meant(page, asked)):
        return []
    told = [one for at in range(len(page)) if (one := _told(page, at, asked))]
    if asked.what == "maker" and "publish" in question.lower():
        # Who wrote it need not have published it.
        told = [one if "publish" in one.said.lower() else replace(one, worth=min(one.worth, LIKELY)) for one in told]
    if confidence:
        sure = {at: confidence.get(numbers[0], 0.0) for at, numbers in enumerate(page.numbers)}
        told = [one for one in told if sure[one.at] >= LEAST]
        told = [replace(one, worth=max(one.worth, sure[one.at])) if page.begins[one.at] else one for one in told]
    return sorted((one for one in told if one.worth >= LEAST), key=lambda one: (-one.worth, one.at))


def _is_meant(page: Page, asked: Itself) -> bool:
    """Whether the document is what the question calls it: its beginning says so, or looks like a letter's."""
    begun = [line for at in range(len(page)) if page.begins[at] for line in page.lines[at]]
    letter = _LETTERS.fullmatch(asked.noun) and any(_letter_begins.match(line) for line in begun)
    said = re.compile(rf"\b{asked.noun}", re.IGNORECASE)
    return bool(letter) or any(is_like_a_title(line) and said.search(line) for line in begun)


def _told(page: Page, at: int, asked: Itself) -> Told | None:
    """The best line of the unit at `at`, or all of it; None where nothing of it tells anything."""
    found = list(_of_unit(page, at, asked))
    if page.begins[at] and not page.is_chat:
        found += _of_title(page, at) if asked.what in ("title", "subject") else ()
        found += _of_lines(page, at, asked.what)
    if asked.what == "subject":
        found = [replace(one, worth=min(one.worth, LIKELY)) if one.worth < LABELLED else one for one in found]
    return max(found, key=lambda one: one.worth, default=None)


def _of_unit(page: Page, at: int, asked: Itself) -> Iterator[Told]:
    """What a unit tells that is one sentence, here or further on."""
    text = page.units[at].text
    share = 1.0 if page.begins[at] else FURTHER_ON
    if asked.what == "parties" and (worth := of_parties(text)):
        yield Told(at, worth * share, text)
    elif asked.what == "date" and (worth := of_a_date(text)):
        yield Told(at, worth * share, _until_its_date(text))
    elif asked.what == "maker" and _LETTERS.fullmatch(asked.noun) and is_signature(text):
        yield Told(at, SIGNED, text)


def _of_title(page: Page, at: int) -> Iterator[Told]:
    """The lines of a unit that may be a title, and all of them where they are one; behind prose only what says so."""
    prose = any(is_prose(line) for other in range(at) if page.same_part(at, other) for line in page.lines[other])
    own, found = page.lines[at], list(_around(page, at))
    if 1 < len(own) <= MOST_LINES and all(goes_on(line, above) for above, line in pairwise(own)):
        found.insert(0, (found[0][0], page.units[at].text, found[-1][2]))
    for above, line, under in found:
        worth = 0.0 if is_labelled(line) else of_a_title(line, above, under)
        if worth >= (TOLD if prose else FAINT):
            yield Told(at, worth, line, line == own[0] and is_by(under) and goes_on(line, above))


def _of_lines(page: Page, at: int, what: Particular) -> Iterator[Told]:
    """What the lines of a unit tell besides: labelled ones, and who or when."""
    for above, line, under in _around(page, at):
        if field(line, above, what):
            yield Told(at, LABELLED, line)
        elif not is_labelled(line) and (worth := _worth(what, line, above, under)):
            yield Told(at, worth, line)


def _worth(what: Particular, line: str, above: str, under: str) -> float:
    if what == "maker":
        return of_a_maker(line, above, under)
    return of_a_date(line) if what == "date" else 0.0


def _around(page: Page, at: int) -> list[tuple[str, str, str]]:
    """The lines of a unit, each between the one above and the one under it; empty where there is none."""
    before = page.lines[at - 1][-1:] if page.same_part(at, at - 1) else []
    behind = page.lines[at + 1][:1] if page.same_part(at, at + 1) else []
    lines = [*(before or [""]), *page.lines[at], *(behind or [""])]
    return list(zip(lines, lines[1:], lines[2:], strict=False))


def _until_its_date(text: str) -> str:
    """`text`, a long one no further than its first date."""
    found = dates(text)
    long = len(text.split()) > LONG and found and len(text[: found[0].end].split()) <= LONG
    return f"{text[: found[0].end]} …" if long else text
