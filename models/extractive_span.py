"""A few words of a sentence as the answer, only where the sentence's grammar ties them to what is asked for.

Where nothing ties them, there is no span: a sentence that holds the answer serves better than the wrong words of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language.answers import find_answers
from ..language.words import words
from .extractive_ask import Ask
from .extractive_text import base_stems
from .extractive_tokens import Token, cover
from .extractive_who import is_nobody, namesake, of_another

TIED_COVER = 0.5
"""Share of the question's weight that a sentence must hold, for that to be the answer which its grammar ties to it."""
LEAST_COVER = 0.7
"""The same for a date or an amount, which grammar ties to nothing."""
Place = tuple[int, int]

_copula = r"(?:is|was|are|were|am|be|been|'s)"
_of_role = re.compile(
    rf"\b(?:who(?:m|se)?|what|which)\s+{_copula}\s+(?:the\s+name\s+of\s+)?(?P<noun>.+?)\s*(?:['’]s?\s+(?:\w+\s+)?name)?"
    r"\s*(?:\bcalled|\bnamed|\?|$)",
    re.IGNORECASE,
)
_preposition = re.compile(r"\s+(?:of|in|on|at|from|to|for|with|that|who|whom|which|aboard|by|when|during|and)\s|,\s")
_doing = re.compile(
    r"(?:who|(?:what|which)(?:\s+[\w'’-]+){1,2}?)\s+(?:first\s+|also\s+|has\s+|had\s+|have\s+)?"
    r"(?P<verb>[a-z][\w'’-]+)\b",
    re.IGNORECASE,
)
_little = frozenset(
    "the a an his her its their is was are were be became called named titled entitled known as one mr mrs dr "
    "captain sir old young of in , : — – - ( \" “ ' ‘ by name".split()
)
"""Words that may stand between a name and what says whose name it is."""
_owner_before = re.compile(r"\b(?:of|in|at|on|from|to|for|with)\s+(?:the\s+)?$", re.IGNORECASE)
_owner_behind = re.compile(r"['’]s?\s")
_by = frozenset("by the mr mrs dr sir one a an certain then and produced written co-written directed , -".split())
_at = re.compile(r"\b(?:in|at|near|from|of|to)\s+(?:the\s+)?(?:\w+\s+(?:of|in)\s+)?$", re.IGNORECASE)
_origin = re.compile(r"\b(?:native|born|hail\w*|came|comes|come|originally|descended)\b", re.IGNORECASE)
_asks_origin = re.compile(r"\b(?:born|birth|birthplace|from|native)\b", re.IGNORECASE)
_age = re.compile(r"[\s-]years?(?:[\s-]old|\sof\sage)\b", re.IGNORECASE)
_age_before = re.compile(r"\b(?:aged?|at the age of|boy-\w+ of|girl of|boy of|man of|woman of)\s+$", re.IGNORECASE)
_measured = re.compile(
    r"[\s-]*(?:(?:square|cubic|nautical)\s)?(?:feet|foot|inch(?:es)?|yards?|fathoms?|leagues?|miles?|tons?|tonnes?|pounds?|"
    r"ounces?|barrels?|gallons?|lit(?:re|er)s?|kilograms?|kg|grams?|met(?:re|er)s?|kilomet(?:re|er)s?|km|cm|mm|m|knots?|"
    r"degrees?|times|acres?|hectares?)\b",
    re.IGNORECASE,
)
_relative = re.compile(r"[a-z]")


def span(body: str, line: Sequence[Token], question: Ask) -> str | None:
    """The words of `body` that its grammar shows to be the answer; None where it does not show any."""
    held = list(line)
    if namesake(body, question) or not _about(held, question):
        return None
    share = cover(held, question)
    found = list(dict.fromkeys(_tied(body, held, question))) if share >= TIED_COVER else []
    if not found and share >= LEAST_COVER and not _left_open(held, question):
        found = list(_alone(body, question))
    if not found:
        return None
    start, end = found[0]
    return body[start:end].strip(" ,;:") if len(found) == 1 or question.kind == "name" else None


def _about(line: list[Token], question: Ask) -> bool:
    """Whether a sentence that is to name somebody or something holds any of the names that the question is about."""
    named = question.kind in ("person", "place", "name") and question.pinned
    return not named or any(token.matched & question.pinned for token in line)


def _left_open(line: list[Token], question: Ask) -> bool:
    """Whether an informative word of the question, no name, is missing: `father` in `when was his father born`."""
    own = {stem for name in question.names for word in name for stem in base_stems(word)}
    held = {stem for token in line for stem in token.matched}
    return any(w >= 1.0 and stem not in held and stem not in own for stem, w in question.weights.items())


def _tied(body: str, line: list[Token], question: Ask) -> Iterator[Place]:
    match question.kind:
        case "number":
            yield from _numbers(body, line, question)
        case "place":
            yield from _places(body, line, question)
        case "person" | "name":
            yield from _named(body, line, question)


def _alone(body: str, question: Ask) -> Iterator[Place]:
    """The one date or amount of a sentence that leaves nothing of the question open."""
    match question.kind:
        case "money" | "percent" | "duration":
            yield from _only(_new(body, question))
        case "number" if not re.search(r"\bhow\b", question.text, re.IGNORECASE):
            yield from _only(_new(body, question))
        case "date":
            yield from _dates(body, question)


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


def _only(found: list[Place]) -> list[Place]:
    return found if len(found) == 1 else []


def _dates(body: str, question: Ask) -> Iterator[Place]:
    """The one date that is a date by itself; of the two dates of a life the one that is asked for."""
    found = [place for place in _new(body, question) if not _relative.match(body, place[0])]
    life = [
        place
        for place in found
        if re.search(r"\([^()]*$", body[: place[0]]) and re.match(r"[^()]*\)", body[place[1] :])
    ]
    if question.weights.keys() & {"die", "death", "dead"}:
        said = [place for place in found if re.search(r"\bdied\b[^.;]{0,30}$", body[: place[0]])]
        yield from _only(said) or (life[1:2] if len(life) == 2 else [])
    elif question.weights.keys() & {"bear", "birth", "birthday", "birthdat"}:
        said = [place for place in found if re.search(r"\bborn\b[^.;]{0,30}$", body[: place[0]])]
        yield from _only(said) or life[:1]
    else:
        yield from _only(found)


def _numbers(body: str, line: list[Token], question: Ask) -> Iterator[Place]:
    """A number with what is counted behind it, an age for `how old`, a measure for `how tall`."""
    text = question.text.lower()
    counted = re.search(r"\bhow (?:many|much)\s+([\w'’-]+(?:\s+[\w'’-]+)?)", text)
    for start, end in _new(body, question):
        if re.search(r"\bhow old\b|\bage\b", text):
            unit = _age.match(body, end)
            if unit or _age_before.search(body[:start]):
                yield start, unit.end() if unit else end
        elif counted:
            wanted = set(base_stems(counted[1]))
            near = [token for token in line if token.start >= end][:2]
            hit = next((token for token in near if token.stem in wanted), None)
            if hit and not any(token.edge for token in near[: near.index(hit)]):
                yield start, hit.end
        elif re.search(
            r"\bhow (?:tall|high|deep|wide|far|heavy|long|large|big)\b|\b(?:length|height|weight|depth)\b", text
        ):
            unit = _measured.match(body, end)
            if unit:
                yield start, unit.end()


def _places(body: str, line: list[Token], question: Ask) -> Iterator[Place]:
    """A name behind `in`, `at` or `from`, shortly behind a word of the question or one that tells an origin."""
    own = {stem for name in question.names for word in name for stem in base_stems(word)}
    for start, end in _new(body, question):
        at = _at.search(body[:start])
        if not at:
            continue
        before = [token for token in line if token.end <= at.start()][-3:]
        while any(token.edge for token in before[:-1]):
            before = before[1:]
        verb = any(token.matched - own for token in before if not token.edge)
        origin = _asks_origin.search(question.text) and any(_origin.fullmatch(token.text) for token in before)
        if verb or origin:
            yield start, end


def _named(body: str, line: list[Token], question: Ask) -> Iterator[Place]:
    """A name beside the word that says what is asked for: `Starbuck, the mate`, `the mate was Starbuck`."""
    role, verb = _asked_for(question)
    for start, end in _new(body, question):
        if is_nobody(body, start, end, question) or of_another(body, start, end, question):
            continue
        behind = [token for token in line if token.start >= end]
        before = [token for token in reversed(line) if token.end <= start]
        owner = _owner_before.search(body[:start]) or _owner_behind.match(body, end)
        bears = role and not owner and (_reaches(behind, role) or _reaches(before, role))
        if bears or (verb and (_next_is(behind, verb) or _made_by(before, verb))):
            yield start, end


def role_of(question: Ask) -> frozenset[str]:
    """The stems of the role whose bearer is asked for; none where the doer of a deed is."""
    return _asked_for(question)[0]


def _asked_for(question: Ask) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the role whose bearer is asked for, and those of the deed whose doer is."""
    text = re.sub(r"\([^()]*\)", " ", question.text)
    role = _of_role.search(text)
    if role:
        phrase = _preposition.split(f" {role['noun']} ", maxsplit=1)[0]
        stems = base_stems(phrase.split("’s ")[-1].split("'s ")[-1])
        return frozenset(stems), frozenset()
    doing = _doing.search(text)
    if doing:
        return frozenset(), frozenset(base_stems(doing["verb"]))
    return frozenset(), frozenset()


def _reaches(side: list[Token], role: frozenset[str]) -> bool:
    """Whether all words of the role follow on `side`, with nothing but little words between."""
    left = set(role)
    for token in side[:9]:
        if token.matched & left:
            left -= token.matched
            if not left:
                return True
        elif token.text.lower() not in _little and not token.matched:
            return False
    return False


def _next_is(behind: list[Token], verb: frozenset[str]) -> bool:
    """Whether the deed follows at once: `Ada named …`, `Ada, who named …`."""
    for token in behind[:4]:
        if token.matched & verb:
            return True
        if token.text.lower() not in (",", "who", "also", "first", "had", "has", "then"):
            return False
    return False


def _made_by(before: list[Token], verb: frozenset[str]) -> bool:
    """Whether the deed stands before, with `by`: `directed and produced by Ada`."""
    if not before or before[0].text.lower() != "by":
        return False
    for token in before[:6]:
        if token.matched & verb:
            return True
        if token.text.lower() not in _by:
            return False
    return False
