"""Words of a text as they are matched: folded, numbers in one form, scripts without spaces as pairs of characters.

Stems are those of one language, by its ISO 639-1 code (`tongues` tells it): what was stemmed as one language is matched
by what was stemmed as the same. It knows nothing about documents or indexes; the same few functions serve both sides of
every comparison.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from .grammar import GRAMMAR, STEMMERS

WORDS_VERSION = 3
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

# Written without spaces: Han, kana, Thai, Lao, Myanmar, Khmer; and Hangul, whose words carry their particles. Pairs of
# characters stand in for words.
UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ece\u0edc-\u0eff\u1000-\u103f\u104a-\u109f\u1780-\u17df\u3005\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and South-East Asian scripts are no letters to `re`, but belong to the word they stand in.
LETTER = "[^\\W_]|[\u0900-\u0963\u0966-\u0eff\u1000-\u109f\u1780-\u17d3]"
_ASCII_WORD = r"fy(?='?\d\d(?:\d\d)?(?![a-z0-9]))|\d+(?:[.,]\d+)+|(?:[a-z]\.){2,}|[a-z0-9]+(?:'[a-z]+)*"
_ANY_WORD = rf"fy(?='?\d\d(?:\d\d)?(?![a-z0-9]))|\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){{2,}}|(?:{LETTER})+(?:'(?:{LETTER})+)*"
_ascii_words = re.compile(_ASCII_WORD).findall
_any_words = re.compile(_ANY_WORD).findall
_initials = re.compile(r"(?:[^\W\d_]\.)+").fullmatch
_runs = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+").findall
_has_unspaced = re.compile(f"[{UNSPACED}]").search
# Accents, Hebrew and Arabic vowel points, soft hyphens, and characters without width.
_marks = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200d\u2060\ufeff]+"
).sub
_grouped = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?").fullmatch
_ZEROS = (
    *(0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20),
    *(0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xFF10),
)
DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)} | {0x66B: ".", 0x66C: ",", 0x66A: "%"}
"""For `str.translate`: the digits of other scripts, character by character, as those that are counted with here."""
_PLAIN = {ord(c): "'" for c in "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07`"} | DIGITS
_TURKISH = {ord("I"): "\u0131", ord("\u0130"): "i"}
_HEBREW = frozenset("\u05d5\u05d4\u05d1\u05dc\u05de\u05e9\u05db")
"""Letters that stand before a Hebrew word and mean `and`, `the`, `in`, `to`, `from`, `that`, `like`."""
DECIMAL_COMMA = frozenset("de nl da no sv fr es pt it ca ro fi hu tr pl cs id et lt eu eo ru uk bg sr el hy".split())
_swapped = str.maketrans(".,", ",.")


def plain_digits(text: str) -> str:
    """`text` with the digits of every script as those that are counted with here; as long as it was."""
    return text if text.isascii() else text.translate(DIGITS)


def fold(text: str) -> str:
    """`text` for matching: lower case, without accents, ligatures and full-width forms, curly quotes as straight ones.

    Lengths change: offsets into the result are not offsets into `text`.
    """
    if text.isascii():
        return text.lower()
    bare = _marks("", unicodedata.normalize("NFKD", text.translate(_PLAIN)))
    return unicodedata.normalize("NFC", bare).casefold()


def words(text: str) -> list[str]:
    """Word tokens of `text` in order, folded.

    `1,577` is `1577` and `3.20` is `3.2`; `Ahab's` is `ahab`, `U.S.` is `us`.
    Runs of Chinese, Japanese, Korean, Thai and other scripts without spaces become overlapping pairs of characters.
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


def stop_words(language: str) -> frozenset[str]:
    """The words of grammar of `language`, folded. Scripts without spaces have those of English."""
    return _stop_words(language) if language in GRAMMAR else STOPWORDS if is_plain(language) else frozenset()


def is_plain(language: str) -> bool:
    """Whether words are stemmed as English: in English, and between the characters of scripts without spaces."""
    return language in ("en", "zh", "ja", "ko", "th")


def stems(text: str, language: str = "en") -> list[str]:
    """Stems of the words of `text` as words of `language`, without stop words, in order; folded.

    Where there is no stemmer for `language`, or it is empty, they are the words themselves.
    """
    if is_plain(language):
        kept = [word for word in words(text) if word not in STOPWORDS]
        result: list[str] = _stemmer("english").stemWords(kept)
        return result
    return [stem for word in _stemmed(list(_accented(text, language)), language) if (stem := fold(word))]


def content_words(text: str, language: str = "en") -> list[str]:
    """Words of `text` without stop words, in order, not stemmed; other than English ones keep their accents."""
    if is_plain(language):
        return [word for word in words(text) if word not in STOPWORDS]
    return list(_accented(text, language))


def marked(found: Iterable[str], language: str) -> list[str]:
    """Stems as an index of several languages holds them: with their language, unless English or a number."""
    if is_plain(language):
        return list(found)
    return [stem if stem[0].isdigit() or _has_unspaced(stem) else f"{language}:{stem}" for stem in found]


def languages_of(terms: Iterable[str]) -> tuple[str, ...]:
    """The languages that `marked` terms are in, English first, which is always among them."""
    return ("en", *sorted({term.partition(":")[0] for term in terms if ":" in term}))


def _accented(text: str, language: str) -> Iterator[str]:
    """The words of `text` without the stop words of `language`, lower case, with the accents that stemmers go by.

    What stands before or behind an apostrophe is a word of its own: `l'homme`, `Ankara'da`.
    """
    stops = stop_words(language)
    lower = text.translate(_TURKISH) if language == "tr" else text
    lower = _marks("", unicodedata.normalize("NFKC", lower.translate(_PLAIN)).casefold())
    for token in _any_words(lower):
        if token[0].isdigit() and token[-1].isdigit():
            yield number(token.translate(_swapped) if language in DECIMAL_COMMA else token)
        elif _has_unspaced(token):
            yield from _pairs(token)
        else:
            yield from (part for part in token.replace(".", "").split("'") if part and fold(part) not in stops)


def _stemmed(kept: list[str], language: str) -> list[str]:
    if language in STEMMERS:
        result: list[str] = _stemmer(STEMMERS[language]).stemWords(kept)
        return result
    return [_hebrew(word) for word in kept] if language == "he" else kept


def _hebrew(word: str) -> str:
    """`word` without one letter that is prefixed and the commonest endings: a light stem."""
    bare = word[1:] if len(word) > 3 and word[0] in _HEBREW else word
    return bare[:-2] if len(bare) > 4 and bare.endswith(("\u05d9\u05dd", "\u05d5\u05ea")) else bare


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
    for run in _runs(token.replace(".", "") if _initials(token) else token):
        if _has_unspaced(run):
            found.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
        else:
            found.append(_plain(run))
    return found


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in GRAMMAR[language].split())


@cache
def _stemmer(name: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(name)
