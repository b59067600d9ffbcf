"""Which language a text is in: by its script, and where several languages share one, by their words of grammar.

Running text holds a word of grammar every few words, so that a few lines are enough; less than that is taken to be in
the language of what it stands in. No model, no data but the lists of `grammar`; the same text gives the same language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from .grammar import GRAMMAR
from .words import LETTER, STOPWORDS, fold, stop_words

LOOKED_AT = 1_200
"""Characters of a text that are looked at."""
SLICES = 16
"""Places of a long text that are looked at, evenly spread."""
MARGIN = 2
"""Words by which another language must lead that of the surroundings."""
LEAST_SHARE = 0.06
"""Of the words, how many must be words of grammar; Finnish and Turkish have few."""
FEW = 60
"""Words, up to which a text in plain letters that no list knows (a table, a title) is taken for English."""

_SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "cyrillic": "\u0400-\u052f",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "devanagari": "\u0900-\u097f",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "ja": "\u3040-\u30ff",
    "zh": "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "other": "\u0700-\u074f\u0780-\u08ff\u0980-\u0b7f\u0c00-\u0dff\u0e80-\u10ff\u1200-\u1dff\ua000-\uabff",
}
_SHARED = {"cyrillic": ("ru", "uk", "bg", "sr"), "arabic": ("ar", "fa", "ur"), "devanagari": ("hi", "ne")}
"""Scripts that several of our languages are written in; the first is taken where words do not tell."""
_LATIN = ("en", *(code for code, listed in GRAMMAR.items() if re.search("[a-z]", listed)))
_letters = {script: re.compile(f"[{characters}]") for script, characters in _SCRIPTS.items()}
_latin = re.compile("[A-Za-z\u00c0-\u024f]")
_beyond_latin = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u3005\u3040-\ud7af\uf900-\ufdff\ufe70-\ufefe\U00020000-\U0003ffff]"
)
_word = re.compile(rf"(?:(?!\d)(?:{LETTER}))+")
# Letters that one language of those with its script has, as good as a word.
_TELLING = {
    **{"\u00df": "de", "\u00bf": "es", "\u00a1": "es", "\u00f1": "es", "\u00e3": "pt", "\u00f5": "pt", "\u0153": "fr"},
    **{"\u0171": "hu", "\u0151": "hu", "\u011f": "tr", "\u0131": "tr", "\u0142": "pl", "\u0119": "pl", "\u0105": "pl"},
    **{"\u0159": "cs", "\u011b": "cs", "\u016f": "cs", "\u0103": "ro", "\u021b": "ro", "\u0219": "ro"},
    **{"\u0456": "uk", "\u0457": "uk", "\u0454": "uk", "\u044b": "ru", "\u044d": "ru", "\u045a": "sr", "\u0452": "sr"},
    **{"\u067e": "fa", "\u0686": "fa", "\u06af": "fa", "\u06d2": "ur", "\u0679": "ur", "\u06c1": "ur", "\u06ba": "ur"},
    **{"\u0629": "ar", "\u0117": "lt", "\u0173": "lt", "\u011d": "eo", "\u016d": "eo"},
}  # fmt: skip
_telling = re.compile(f"[{''.join(_TELLING)}]")


def language_of(text: str, prior: str = "", margin: int = MARGIN) -> str:
    """The language of `text`, as ISO 639-1 code; empty where it cannot be told.

    Args:
        prior: the language of what `text` stands in: its own, unless it shows clearly that it is not.
        margin: the lead, in words, by which it shows that.
    """
    looked_at = text[:LOOKED_AT]
    if prior == "en" and _surely_english(looked_at):
        return prior
    script = _script(looked_at)
    candidates = _SHARED.get(script, _LATIN if script == "latin" else ())
    if not candidates:
        return prior if not script else "" if script == "other" else script
    scores, size = _scores(looked_at, script)
    own = prior if prior in candidates else ""
    ranked = sorted(((scores[code], code == own, code) for code in candidates), reverse=True)
    (first, _, best), (second, _, _) = ranked[:2]
    if own and (best == own or first <= scores[own] + margin):
        return own
    if first > second and first >= LEAST_SHARE * size:
        return best
    return own or ("" if script == "latin" else candidates[0])


def _surely_english(text: str) -> bool:
    """Whether every fourth word is an English word of grammar: of other languages one in ten looks like one."""
    found = text.lower().split()
    return 4 * sum(map(STOPWORDS.__contains__, found)) > len(found)


def main_language(text: str) -> str:
    """The language most of a long `text` is in, from samples of it; empty where it cannot be told."""
    size = LOOKED_AT // SLICES
    step = max(size, len(text) // SLICES)
    sample = "\n".join(text[at : at + 4 * size] for at in range(0, len(text), step)) if len(text) > LOOKED_AT else text
    votes: Counter[str] = Counter()
    for at in range(0, len(sample), LOOKED_AT):
        piece = sample[at : at + LOOKED_AT]
        votes[language_of(piece)] += len(piece)
    found = max(votes, key=lambda code: (code != "", votes[code])) if votes else ""
    return found or ("en" if text.isascii() and len(_word.findall(sample)) <= FEW else "")


def _script(text: str) -> str:
    """The script of most of `text`, by the language that has it alone; `latin`, or empty where there are no letters."""
    if text.isascii() or not _beyond_latin.search(text):
        return "latin" if _latin.search(text) else ""
    counts: dict[str, float] = {script: len(letters.findall(text)) for script, letters in _letters.items()}
    counts["latin"] = len(_latin.findall(text)) / 3
    if counts["ja"] and 8 * counts["ja"] > counts["zh"]:
        counts["ja"] += counts.pop("zh")
    return max(counts, key=lambda script: counts[script]) if any(counts.values()) else ""


def _scores(text: str, script: str) -> tuple[Counter[str], int]:
    """How many words of grammar of each language `text` holds, and how many words in all."""
    found = _word.findall(fold(text))
    known = _known(script)
    scores: Counter[str] = Counter()
    for word in found:
        for code in known.get(word, ()):
            scores[code] += 1
    if not text.isascii():
        scores.update(_TELLING[letter] for letter in _telling.findall(text.lower()))
    return scores, len(found)


@cache
def _known(script: str) -> dict[str, tuple[str, ...]]:
    """Word of grammar -> the languages of `script` that have it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in _SHARED.get(script, _LATIN):
        for word in stop_words(code):
            if script != "latin" or len(word) > 1:  # `s` is also what stands behind an apostrophe
                found[word].append(code)
    return {word: tuple(codes) for word, codes in found.items()}
