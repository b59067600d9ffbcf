"""Words of a text as they are matched: folded, numbers in one form, scripts without spaces as pairs of characters.

It knows nothing about documents or indexes; the same few functions serve both sides of every comparison.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

WORDS_VERSION = 2
"""Changes when the same text gives other words or stems: indexes made with another version are rebuilt."""

STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can could did do does doing done down during each else ever few for from further get gets got had has have
    having he her here hers herself him himself his how however i if in into is it its itself just let me might more
    most much must my myself no nor not now of off on once one only onto or other our ours ourselves out over own per
    rather same shall she should since so some such than that the their theirs them themselves then there these they
    this those though through thus to too under until up upon very was we were what when where whether which while
    who whom whose why will with within without would yet you your yours yourself yourselves
    """.split()
)
"""English words of grammar, and the words that questions are asked with: they say nothing about where an answer is."""

# Written without spaces: Han, kana, Thai, Lao, Myanmar, Khmer. Pairs of characters stand in for words.
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and South-East Asian scripts are no letters to `re`, but belong to the word they stand in.
_LETTER = "[^\\W_]|[\u0900-\u0963\u0966-\u0eff\u1000-\u109f\u1780-\u17d3]"
_ASCII_WORD = r"fy(?='?\d\d(?:\d\d)?(?![a-z0-9]))|\d+(?:[.,]\d+)+|(?:[a-z]\.){2,}|[a-z0-9]+(?:'[a-z]+)*"
_ANY_WORD = (
    rf"fy(?='?\d\d(?:\d\d)?(?![a-z0-9]))|\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){{2,}}|(?:{_LETTER})+(?:'(?:{_LETTER})+)*"
)
_ascii_words = re.compile(_ASCII_WORD).findall
_any_words = re.compile(_ANY_WORD).findall
_runs = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+").findall
_has_unspaced = re.compile(f"[{_UNSPACED}]").search
# Accents, Hebrew and Arabic vowel points, soft hyphens, and characters without width.
_marks = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff]+"
).sub
_grouped = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?").fullmatch
_QUOTES = {ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07`"}


def fold(text: str) -> str:
    """`text` for matching: lower case, without accents, ligatures and full-width forms, curly quotes as straight ones.

    Lengths change: offsets into the result are not offsets into `text`.
    """
    if text.isascii():
        return text.lower()
    bare = _marks("", unicodedata.normalize("NFKD", text.translate(_QUOTES)))
    return unicodedata.normalize("NFC", bare).casefold()


def words(text: str) -> list[str]:
    """Word tokens of `text` in order, folded.

    `1,577` is `1577` and `3.20` is `3.2`; `Ahab's` is `ahab`, `U.S.` is `us`.
    Runs of Chinese, Japanese, Thai and other scripts without spaces become overlapping pairs of characters.
    """
    folded = fold(text)
    if folded.isascii():
        tokens: list[str] = _ascii_words(folded)
        return [_plain(t) if "." in t or "," in t or "'" in t else t for t in tokens]
    found: list[str] = []
    for token in _any_words(folded):
        if _has_unspaced(token):
            found.extend(_pairs(token))
        else:
            found.append(_plain(token))
    return found


def stems(text: str) -> list[str]:
    """Stemmed words of `text` without stop words, in order: what indexes hold."""
    kept = [word for word in words(text) if word not in STOPWORDS]
    result: list[str] = _stemmer().stemWords(kept)
    return result


def content_words(text: str) -> list[str]:
    """Words of `text` without stop words, in order, not stemmed."""
    return [word for word in words(text) if word not in STOPWORDS]


def number(token: str) -> str:
    """One form for a number however it is printed: `1,577.00` is `1577`, `3.20` is `3.2`, `1.2.0` stays."""
    if _grouped(token):
        token = token.replace(",", "")
    if token.count(".") == 1 and "," not in token:
        token = token.rstrip("0").rstrip(".")
    return token


def _plain(token: str) -> str:
    if token[0].isdigit() and token[-1].isdigit():
        return number(token)
    if "." in token:
        return token.replace(".", "")
    return token[:-2] if token.endswith("'s") else token


def _pairs(token: str) -> list[str]:
    found: list[str] = []
    for run in _runs(token):
        if _has_unspaced(run):
            found.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
        else:
            found.append(_plain(run))
    return found


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
