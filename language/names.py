"""Proper names in running text: runs of capitalised words, told by their letters alone.

Scripts without capitals have none to find, so there are none in Chinese or Arabic text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .common import COMMON
from .words import STOPWORDS

_OPENERS = frozenset(
    "besides aye ay nay alas ha hark lo behold hist avast whereupon hence thence hither thither whither thou thy thine "
    "ye yea amid amidst among amongst beneath beside beyond concerning despite excepting forthwith ah eh hm hmm hurrah "
    "hooray whoa yay yep nope bravo bah pooh tut hush presently anon erelong ere methinks congrats thx lol omg".split()
)
"""Words that often begin a sentence, beside the everyday ones: no name begins with them there."""
HONORIFICS = frozenset(("mr", "mrs", "ms", "dr", "prof", "sir", "madam", "madame", "st", "messrs", "mister", "miss"))
_PARTICLE_WORDS = "de da di do du del della der den des la le les van von zu bin ibn al el ap af av ter ten y e"
_WITHIN = frozenset((*_PARTICLE_WORDS.split(), "of"))
"""Small words within names."""
_token = re.compile(r"(?:[^\W\d_]\.)+(?!\w)|[^\W_]+(?:['’&\-][^\W_]+)*\.?")
_possessive = re.compile(r"['’]s?$|(?<=s)['’]$", re.IGNORECASE)
_contraction = re.compile(r"['’](?:s|ll|re|ve|d|m|t)$", re.IGNORECASE)
_sentence_end = re.compile(r"(?:^|[.!?…:;。！？\n•|])[\s\"'“”‘’«»()\[\]*_#>\-–—]*$")
_initial = re.compile(r"[^\W\d_]\.")
_gap = re.compile(r"[ \t]*\n?[ \t]*|[ \t]&[ \t]")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words as it stands in a text."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    """Its capitalised words, without possessive endings and honorifics."""
    initial: bool
    """It begins a sentence, where any word has a capital."""


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    text: str
    capital: bool
    initial: bool


def names(text: str) -> list[Name]:
    """The names of `text` in order. An ordinary word at the beginning of a sentence is none, nor a part of one."""
    found: list[Name] = []
    run: list[_Word] = []
    for word in _read(text):
        if run and not _continues(text, run[-1], word):
            _close(run, found)
            run = []
        if word.capital or (run and word.text.lower() in _WITHIN):
            run.append(word)
        elif run:
            _close(run, found)
            run = []
    _close(run, found)
    return found


def _read(text: str) -> list[_Word]:
    """The words of `text`; a full stop is part of a word only where it marks an initial or an honorific."""
    found: list[_Word] = []
    for match in _token.finditer(text):
        word, end = match[0], match.end()
        if word.endswith(".") and not re.fullmatch(r"(?:[^\W\d_]\.)+", word) and word[:-1].lower() not in HONORIFICS:
            word, end = word[:-1], end - 1
        capital = word[0].isupper() or (word[0].islower() and not word.islower())
        initial = (capital or word in _WITHIN) and _begins(text, match.start(), word, found[-1] if found else None)
        found.append(_Word(match.start(), end, word, capital, initial))
    return found


def _begins(text: str, start: int, word: str, last: _Word | None) -> bool:
    """Whether `word` at `start` begins a sentence; `last` is the word before it."""
    if not _sentence_end.search(text[max(0, start - 12) : start]):
        return False
    if last is None or not last.text.endswith(".") or text[last.end : start].strip():
        return True
    # `Appendix A. During`: no name goes on behind an initial with a word of grammar.
    return _initial.fullmatch(last.text) is not None and word.lower() in STOPWORDS


def _continues(text: str, last: _Word, word: _Word) -> bool:
    return not word.initial and _gap.fullmatch(text, last.end, word.start) is not None


def _close(run: list[_Word], found: list[Name]) -> None:
    """Adds the name that `run` holds, if it holds one, to `found`."""
    kept = list(run)
    while kept and not kept[-1].capital:
        kept.pop()
    initial = bool(kept) and kept[0].initial
    # Only an ordinary word that the sentence made a capital of is dropped; `The Hague` within a sentence stays whole.
    while kept and (not kept[0].capital or (kept[0].initial and ordinary(kept[0].text))):
        kept = kept[1:]
    while kept and _is_i(kept[0].text):
        kept = kept[1:]
    words = tuple(bare(w.text) for w in kept if w.capital and w.text.lower().rstrip(".") not in HONORIFICS)
    words = tuple(w for w in words if w)
    if words and not all(_is_i(w) for w in words):
        last = kept[-1]
        stem = bare(last.text)
        end = last.start + len(stem) if last.text.startswith(stem) else last.end
        start = kept[0].start
        printed = " ".join([*(w.text for w in kept[:-1]), stem])
        found.append(Name(start, end, printed, words, initial and kept[0].initial))


def bare(word: str) -> str:
    """`word` without a possessive ending: `Ahab's`, `the owners'`."""
    return _possessive.sub("", word)


def ordinary(word: str) -> bool:
    """Whether `word` is an everyday word, so that its capital at the start of a sentence says nothing."""
    low = _contraction.sub("", word.lower())
    return low in COMMON or low in _OPENERS or word.lower() in COMMON or (low.endswith(("ly", "ing")) and len(low) > 5)


def _is_i(word: str) -> bool:
    return word == "I" or word.startswith(("I'", "I’"))
