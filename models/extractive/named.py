"""Which name of a sentence its grammar ties to what is asked for: a place, the bearer of a role, the doer of a deed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .ask import Ask, relatives
from .text import base_stems
from .tokens import Token
from .values import Place
from .who import is_attribute, is_nobody, of_another

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
_at = re.compile(r"\b(?P<which>in|at|near|from|of|to)\s+(?:the\s+)?(?:\w+\s+(?:of|in)\s+)?$", re.IGNORECASE)
_origin = re.compile(r"\b(?:native|born|hail\w*|came|comes|come|originally|descended)\b", re.IGNORECASE)
_asks_origin = re.compile(r"\b(?:born|birth|birthplace|from|native)\b", re.IGNORECASE)


def places(new: Sequence[Place], body: str, line: Sequence[Token], question: Ask) -> Iterator[Place]:
    """A name behind `in`, `at` or `from`, shortly behind a word of the question or one that tells an origin."""
    own = {stem for name in question.names for word in name for stem in base_stems(word)}
    for start, end in new:
        at = _at.search(body[:start])
        if not at:
            continue
        before = [token for token in line if token.end <= at.start()][-3:]
        while any(token.edge for token in before[:-1]):
            before = before[1:]
        verb = any(token.matched - own for token in before if not token.edge)
        origin = _asks_origin.search(question.text) and any(_origin.fullmatch(token.text) for token in before)
        # The battle of Bo was fought elsewhere: that is what it is called.
        names_it = at["which"].lower() == "of" and bool(before) and before[-1].matched
        if origin or (verb and not names_it):
            yield start, end


def named(new: Sequence[Place], body: str, line: Sequence[Token], question: Ask) -> Iterator[Place]:
    """A name beside the word that says what is asked for: `Starbuck, the mate`, `the mate was Starbuck`."""
    role, verb = _wanted(question)
    for start, end in new:
        if is_nobody(body, start, end, question) or of_another(body, start, end, question):
            continue
        behind = [token for token in line if token.start >= end]
        before = [token for token in reversed(line) if token.end <= start]
        owner = _owner_before.search(body[:start]) or _owner_behind.match(body, end)
        bears = (
            role
            and not owner
            and not is_attribute(body, start, end, role)
            and (_reaches(behind, role) or _reaches(before, role))
        )
        if bears or (verb and (_next_is(behind, verb) or _made_by(before, verb))):
            yield start, end


def role_of(question: Ask) -> frozenset[str]:
    """The stems of the role whose bearer is asked for; none where the doer of a deed is."""
    return _wanted(question)[0]


def _wanted(question: Ask) -> tuple[frozenset[str], frozenset[str]]:
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
        # `married` is close to `wife`, `narration` to `narrator`, and neither bears a role.
        bears = not token.text.lower().endswith(("ed", "ing", "ion", "ive", "ment"))
        same = {own for own in left if bears and (own == token.stem or own in relatives(token.stem))}
        if same:
            left -= same
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
