"""Which of two things came first: told by the years that the evidence gives for both, or not told at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.names import names
from ...language.words import words

_order = re.compile(r"\b(?:(?P<early>first|earlier|older|oldest|before)|(?P<late>later|last|younger|youngest|after))\b")
_life = re.compile(r"\bborn\b|\bold(?:er|est)\b|\byoung(?:er|est)\b")
_death = re.compile(r"\b(?:died|die|dead|death)\b")
_year = r"\b(1\d{3}|20\d\d)\b"
_range = re.compile(rf"\([^()]*?{_year}[^()]*?[–—-][^()]*?{_year}")
_born = re.compile(rf"\bborn\b[^.;]*?{_year}|\([^()]*?{_year}[^()]*?[–—-]")
_died = re.compile(rf"\bdied\b[^.;]*?{_year}")


def compared(question: str, sides: Sequence[tuple[str, str]]) -> tuple[int, str] | None:
    """The side that `question` asks for and its name as the evidence prints it; None where the years do not tell.

    Args:
        question: asks which of two is first, older, later and the like.
        sides: for each its need and the text found for it.
    """
    order = _order.search(question)
    years = [_year_of(question, text) for _, text in sides]
    if order is None or years[0] is None or years[1] is None or years[0] == years[1]:
        return None
    first = 0 if years[0] < years[1] else 1
    at = first if order["early"] else 1 - first
    own = set(words(sides[at][0])) - set(words(sides[1 - at][0]))
    # A word before it, so that a name at the start of a sentence counts like any other.
    found = next((name.text for name in names(f"x {sides[at][1]}") if set(words(name.text)) & own), None)
    return (at, found) if found else None


def _year_of(question: str, text: str) -> int | None:
    """The year in `text` that counts: of birth, of death, or the first one."""
    if _death.search(question):
        match = _died.search(text)
        lived = _range.search(text)
        return int(match[1]) if match else int(lived[2]) if lived else None
    if _life.search(question):
        match = _born.search(text)
        return int(match[1] or match[2]) if match else None
    match = re.search(_year, text)
    return int(match[1]) if match else None
