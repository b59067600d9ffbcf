"""What a question puts in quotation marks, and whether a text says it in these words."""

from __future__ import annotations

import re
from functools import lru_cache

_quoted = re.compile(
    r"[\"“”„«»「『](?P<double>[^\"“”„«»」』\n]{2,200})[\"“”«»」』]|‘(?P<curly>[^‘\n]{2,200}?)’(?!\w)"
    r"|(?<!\w)'(?=\S)(?P<single>[^\n]{2,200}?)(?<=\S)'(?!\w)"
)
UNMARKED = 0.7
"""What a phrase counts that a text says without quotation marks."""
_edge = " \t.,;:!?…"
_apostrophes = str.maketrans("’‘‛`", "''''")


def quoted(question: str) -> list[str]:
    """The phrases in quotation marks, each without the marks and without what ends its sentence."""
    found = (match["double"] or match["curly"] or match["single"] for match in _quoted.finditer(question))
    return [phrase for part in found if (phrase := part.strip(_edge))]


def verbatim(text: str, phrase: str) -> float:
    """How far `text` says `phrase` in these words: 1 in quotation marks, as where a term is defined, less without.

    One word without marks is no quotation.
    """
    text = text.translate(_apostrophes)
    said = _said(phrase)
    if not said.search(text):
        return 0.0
    return 1.0 if _marked(phrase).search(text) else UNMARKED * (" " in phrase)


@lru_cache(maxsize=256)
def _said(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_words(phrase)}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _marked(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"[\"“„«']{_words(phrase)}[,.]?[\"”“»']", re.IGNORECASE)


def _words(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.translate(_apostrophes).split()))
