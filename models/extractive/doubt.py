"""Whether a quote is beside the point, told by what it lacks: the form of an answer, who is asked about, the point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.frontmatter import asked_of_itself
from ...language.tongues import language_of
from .ask import Ask
from .cut import LEFT_OUT
from .figures import doubtful
from .lacking import lacks
from .match import repeats
from .named import role_of
from .page import SAMPLED, Page
from .quote import quote
from .support import held
from .text import base_stems
from .tokens import cover, tokens

LEAST_QUOTED = 0.5
"""Share of a question's weight that clauses hold, quoted of longer sentences, which may answer it."""
TELLING = 200
"""Characters of a text by which its language can be told."""
_of_words = re.compile(
    r"\b(?:say|says|said|saying|words?|phrases?|sentences?|quotes?|quoted|written|written|reads?)\b", re.I
)
_refers = re.compile(
    r"\b(?:he|him|his|she|her|hers|they|them|their|theirs|who|whose|i|my|me|we|our|us|you|your"
    r"|the (?:company|group|firm|corporation|registrant))\b",
    re.IGNORECASE,
)
"""Words for somebody who was named before, who speaks, or whose document it is."""
_the = re.compile(r"\b(?:the|this|that)\s(\w+(?:\s\w+)?)", re.IGNORECASE)


def doubted(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether `units` of a page, quoted together, are as likely beside what is asked."""
    shown = "\n".join(page.units[at].text for at in units)
    above = "\n".join(page.sources[at].partition(", ")[2] for at in units)
    if is_of_itself(asked) or _is_foreign(page) or doubtful(asked, shown, above):
        return True
    if any(repeats(page, at, asked) for at in units):
        return False
    return (
        _misquotes(asked)
        or lacks(page, asked, units)
        or _nobody(page, asked, units)
        or _only_named(page, asked, units)
        or _of_somebody_else(page, asked, units)
        or _is_cut_off(page, asked, units)
    )


def _is_foreign(page: Page) -> bool:
    """Whether the text is clearly in another language than the question: the words they share prove nothing."""
    text = "\n".join(unit.text for unit in page.units)[:SAMPLED]
    return len(text) >= TELLING and language_of(text, page.language) != page.language


def is_of_itself(asked: Ask) -> bool:
    """Whether the document itself is asked about: what its beginning does not tell, no sentence tells for certain."""
    itself = asked_of_itself(asked.text) if asked.language == "en" else None
    return itself is not None and itself.certain


def _misquotes(asked: Ask) -> bool:
    """Whether a question is about the very words that it quotes; asked of what does not repeat them."""
    return bool(_of_words.search(asked.text)) and any(" " in phrase for phrase in asked.phrases)


def _nobody(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether the bearer of a role is asked for, and no unit says the role, in words or by its first letters."""
    role = role_of(asked) if asked.kind == "person" else frozenset()
    return bool(role) and not any(
        role & held(page, asked, at) or any(word in page.units[at].initials for word in role & asked.acronyms)
        for at in units
    )


def _only_named(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether units hold names of a question and nothing else of it, though it says more: what it asks is not there."""
    point = asked.weights.keys() - asked.named
    return bool(point) and not any(
        point & held(page, asked, at) or any(way.search(page.units[at].text) for way in asked.said.values())
        for at in units
    )


def _is_cut_off(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether clauses of long units are quoted that hold less than half of a question: the rest stands far off."""
    if page.is_chat or asked.kind == "clause":
        return False
    quotes = [quote(page.units[at].said, asked) for at in units]
    if not any(LEFT_OUT in said for said in quotes):
        return False
    return cover(tokens("\n".join(quotes), asked), asked) < LEAST_QUOTED


def _of_somebody_else(page: Page, asked: Ask, units: Sequence[int]) -> bool:
    """Whether units neither name anybody whom a question names nor refer to what it asks of: turns of a chat all do."""
    own = asked.named
    if not own or page.is_chat or asked.language != "en":
        return False
    return not any(own & held(page, asked, at) or _refers_back(page.units[at].text, asked) for at in units)


def _refers_back(text: str, asked: Ask) -> bool:
    """Whether `text` speaks of somebody by a pronoun, or of `the treaty` where a question asks of a treaty."""
    spoken = (stem for match in _the.finditer(text) for stem in base_stems(match[1]))
    return _refers.search(text) is not None or any(stem in asked.weights for stem in spoken)
