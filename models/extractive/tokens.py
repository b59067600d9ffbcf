"""A line as tokens, each with what it has to do with a question: what quotes and spans are chosen by."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from ...language.common import COMMON
from ...language.words import LETTER, STOPWORDS, UNSPACED, fold, is_plain, stop_words
from .ask import Ask, akin, relatives
from .text import base_stems

# Of scripts without spaces every character is a token, whose stem is the pair that it begins.
_WORD = f"(?:(?![{UNSPACED}])(?:{LETTER}))+"
_token = re.compile(rf"\d+(?:[.,:]\d+)*%?|[{UNSPACED}]|{_WORD}(?:['’.&-]{_WORD})*|\S")
_unspaced = re.compile(f"[{UNSPACED}]").match
_edge = re.compile(r"[;:—–(){}\[\]!?\"“”«»|]|--|[,.](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a line."""

    start: int
    end: int
    text: str
    stem: str
    """Empty for marks and words of grammar."""
    matched: frozenset[str]
    """The question's stems that it is, or is close to."""
    edge: bool
    """A clause ends here."""
    language: str = "en"

    @property
    def says_something(self) -> bool:
        """Whether it is more than a word of grammar or a very plain one."""
        low = self.text.lower()
        if not is_plain(self.language):
            return self.text[0].isalnum() and fold(low) not in stop_words(self.language)
        plain = low in STOPWORDS or low.endswith("ly") or (low in COMMON and len(low) < 4)
        return self.text[0].isalnum() and not plain


def tokens(line: str, question: Ask) -> list[Token]:
    """The tokens of `line` in order."""
    found = []
    for match in _token.finditer(line):
        stem = _pair(line, match.start()) if _unspaced(match[0]) else _stem(match[0], question.language)
        edge = _edge.match(line, match.start()) is not None
        found.append(Token(match.start(), match.end(), match[0], stem, _met(stem, question), edge, question.language))
    return found


def cover(line: list[Token], question: Ask) -> float:
    """Share of the question's weight that `line` holds."""
    held = {stem for token in line for stem in token.matched}
    return math.fsum(question.weights[stem] for stem in held) / question.total if question.total else 0.0


def _met(stem: str, question: Ask) -> frozenset[str]:
    if not stem:
        return frozenset()
    near = relatives(stem)
    return frozenset(own for own in question.weights if own == stem or own in near or akin(stem, own))


def _pair(line: str, at: int) -> str:
    """The pair of characters that begins at `at`, or the last one of its run."""
    if at + 1 < len(line) and _unspaced(line[at + 1]):
        return fold(line[at : at + 2])
    return fold(line[at - 1 : at + 1]) if at and _unspaced(line[at - 1]) else fold(line[at])


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    found = base_stems(word, language)
    return found[0] if found else ""
