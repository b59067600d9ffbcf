"""Whether a quote tells of another event than the one asked about: who did it, to whom, when, or whether at all.

Nothing is parsed: what counts is which words stand shortly behind or before the word of the deed. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.words import words
from .ask import Ask
from .text import base_stems
from .tokens import Token, tokens

REACH = 8
"""Words behind a deed within which it is said to whom it is done."""
_whom = re.compile(r"\bwho(?:m)?\s+(?:did|does|do|will|would|has|have|had)\s", re.IGNORECASE)
_whose_deed = re.compile(r"\bwho\s+(?:(?:first|also|has|had|have)\s+)?(?P<verb>[a-z][\w'’-]+)\s", re.IGNORECASE)
_HIM = frozenset("him her them it me us you himself herself themselves itself each this that these those".split())
_PRONOUNS = frozenset("i we he she they it".split())
_HELPING = frozenset(
    "have has had do does did shall will would can could may might must also then not never once first".split()
)
_somebody = re.compile(r"\b(?:he|she|they|we|i|him|her|them|us|me)\b", re.IGNORECASE)
_clause = re.compile(
    r"[.,;:!?—–()“”\"]+|--|\b(?:that|which|who|whom|whose|when|while|where|because|if|though|although|but|than)\b",
    re.IGNORECASE,
)
_past = re.compile(r"\b(?:did|was|were|had)\b|\bwho(?:m)?\s+\w+ed\b", re.IGNORECASE)
_now = re.compile(r"\b(?:who|what|which)\s(?:\w+\s)?(?:is|are)\b", re.IGNORECASE)
_over = re.compile(
    r"\b(?:former(?:ly)?|previous(?:ly)?|ex-[a-z]+)\b|\b(?:19|20)\d\d\s?[-–—]\s?(?:(?:19|20)\d\d)\b", re.IGNORECASE
)
_asks_if = re.compile(r"\b(?:if|unless|would|could|should|might|may|can|must|shall|suppose|supposed)\b", re.IGNORECASE)
_supposed = re.compile(
    r"\b(?:if|unless|were (?:i|he|she|they|we|you)|had (?:i|he|she|they|we|you))\b.*?"
    r"(?:\b(?:would|should|could|might)\b|[’']d\b|\bwouldn[’']t\b)",
    re.IGNORECASE | re.DOTALL,
)
_RULES = "(?:agreements?|leases?|provisions?|clauses?|contracts?|terms?|laws?|statutes?|rules?|policy|policies)"
_provided = re.compile(
    r"(?:\b(?:any|no|every|each|all|some)\s|(?:^|[.:;,(]\s)(?!(?:an?|the|this|that|these|said|our|its|their)\s))"
    rf"(?:[\w-]+\s){{0,2}}{_RULES}\s(?:which|that)\s(?:would\s|may\s)?"
    r"(?:specif|provid|requir|stat|purport|designat|stipulat|prohibit)\w*\s",
    re.IGNORECASE,
)
"""What provisions of some kind would say, none of which is this one: `any provision which specifies that …`."""
_when = re.compile(
    r"\b(?:when|whenever|while|until|till|after|before|during|upon|once|since"
    r"|at the (?:very )?(?:instant|moment|time|hour|end|beginning))\s+(?=\w)(?P<what>[^.,;:!?—–]*)"
    r"|\b(?:immediately|promptly)\b",
    re.IGNORECASE,
)
"""What says when something is without a figure, and by what else."""


def of_another_event(asked: Ask, shown: Sequence[str]) -> bool:
    """Whether all of `shown`, sentences quoted for an English question, tell of something else than it asks about."""
    return (
        all(_is_supposed(asked, text) for text in shown)
        or all(_is_done_to_another(asked, text) for text in shown)
        or all(_is_only_provided(asked, text) for text in shown)
        or all(_is_apart(asked, text) for text in shown)
        or all(_is_over(asked, text) for text in shown)
    )


def tells_when(asked: Ask, text: str) -> bool:
    """Whether `text` says when by something else than the event asked about: `as he died, he slept` does not."""
    point = asked.weights.keys() - asked.named
    return any(said["what"] is None or not point & set(base_stems(said["what"])) for said in _when.finditer(text))


def _is_supposed(asked: Ask, text: str) -> bool:
    """Whether what happened is asked for, and only what would have happened is told."""
    happened = _past.search(asked.text) is not None and not _asks_if.search(asked.text)
    return happened and _supposed.search(text) is not None


def _is_only_provided(asked: Ask, text: str) -> bool:
    """Whether `text` has something of what is asked but in what it says of provisions: `contracts that require …`."""
    found = None if _provided.search(asked.text) else _provided.search(text)
    if found is None:
        return False
    return bool(asked.weights.keys() & set(base_stems(text[found.end() :])) - set(base_stems(text[: found.start()])))


def _is_over(asked: Ask, text: str) -> bool:
    """Whether it is asked who or what is, and `text` tells who was: `President, 2012-2018`, `the former president`."""
    return _now.search(asked.text) is not None and not _over.search(asked.text) and _over.search(text) is not None


def _is_done_to_another(asked: Ask, text: str) -> bool:
    """Whether it is asked who did something to somebody named, and `text` tells what he himself did."""
    doing = _whose_deed.search(asked.text)
    verb = set(base_stems(doing["verb"])) if doing else set()
    behind = asked.text[doing.end() :] if doing else ""
    named = {stem for name in asked.names if name[0] in words(behind) for word in name for stem in base_stems(word)}
    line = [token for token in tokens(text, asked) if token.text != ","]
    deeds = [at for at, token in enumerate(line) if token.stem in verb]
    return bool(verb and named and deeds) and not any(_reaches(line, at, named) for at in deeds)


def done_by_unnamed(asked: Ask, text: str) -> bool:
    """Whether it is asked who does something, and in `text` all who do it are a pronoun: `We have audited …`."""
    doing = _whose_deed.search(asked.text)
    verb = set(base_stems(doing["verb"])) if doing else set()
    line = tokens(text, asked)
    deeds = [at for at, token in enumerate(line) if token.stem in verb]
    return bool(deeds) and all(_subject(line[:at]) in _PRONOUNS for at in deeds)


def _subject(before: Sequence[Token]) -> str:
    """The word before a deed, in lower case, with its helping verbs and adverbs left out."""
    behind = (token.text.lower() for token in reversed(before))
    return next((word for word in behind if word not in _HELPING and not word.endswith("ly")), "")


def _reaches(line: Sequence[Token], at: int, named: set[str]) -> bool:
    """Whether the deed at `at` is done to one of `named`, or to who may be, behind it; or it is told by whom."""
    behind = line[at + 1 : at + 1 + REACH]
    by = any(token.text.lower() == "by" for token in behind[:4])
    return by or any(token.matched & named or token.text.lower() in _HIM for token in behind)


def _is_apart(asked: Ask, text: str) -> bool:
    """Whether it is asked to whom somebody named did something, and no clause tells a deed of hers, or of `she`."""
    asks = _whom.search(asked.text)
    point = asked.weights.keys() - asked.named
    if not asks or not asked.named or not point:
        return False
    clauses = [(set(base_stems(clause)), _somebody.search(clause)) for clause in _clause.split(text)]
    return not any(own & point and (own & asked.named or refers) for own, refers in clauses)
