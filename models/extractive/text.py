"""What the extractive model sees of a sentence: its stems, who says it, and whether it asks or refers back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...language.forms import BASE
from ...language.leaning import leans_back
from ...language.words import content_words, is_plain, stems, words

# Chat and transcript lines: `[D1:3] Name: ...`, `[12] Name: ...`, `Name: ...`.
speaker_of = re.compile(r"\s*(?P<turn>\[[^\]\n]{1,20}\]\s*)?(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):\s")
_shared = re.compile(r"\s*\[shares [^\]]*\]\s*$")
_asks = re.compile(r"\b(?:who|whom|whose|what|which|where|whence|when|why|how)\b[^.!?]*\?[\s\"'”’)\]]*$", re.IGNORECASE)
_asks_at_all = re.compile(r"[?？؟;\u037e][\s\"'”’»)\]」』]*$")
_leader = re.compile(r"(?:[.…·_]\s?){5,}\s*[\divxlc]{1,6}\s*$", re.IGNORECASE)
_made = re.compile(r"[a-z]{3}(?:ments?|[st]ions?|[ae]nces?|ness(?:es)?|it(?:y|ies))$")
legal_form = re.compile(
    r"\b(?:(?:un)?limited[\s-]+liability[\s-]+(?:limited[\s-]+)?|limited[\s-]+(?=partnership)"
    r"|(?:public|private)[\s-]+limited[\s-]+)(?:company|companies|partnerships?|corporations?)\b",
    re.IGNORECASE,
)
"""What somebody is whose liability and limits are not spoken of."""
_first_person = frozenset(("i", "my", "me", "mine", "we", "our", "us", "myself", "i'm", "i've", "i'd", "i'll", "we're"))
_second_person = frozenset(("you", "your", "yours", "you're", "you've", "you'd", "you'll"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the model matches it."""

    text: str
    said: str
    """`text` without the label of who says it, and without a note on what was shared."""
    stems: tuple[str, ...]
    speaker: str | None
    """The name that the line of a conversation begins with, lower case."""
    leans_back: bool
    """It begins with a word that refers to what was said before."""
    asks: bool
    """It is itself a question for who, what, where and the like."""
    addresses: bool
    """It says `you` and not `I`: in a conversation it is about whom it is said to."""
    derived: frozenset[str]
    """Stems of which it has but a noun made from a verb: `government` of `govern`."""
    initials: str
    """First letters of all its words, lower case: what an acronym in a question is looked up in."""


def spells(sentence: str) -> bool:
    """Whether `sentence` is made of words: no rule of dashes, no line of a table of contents with its dots."""
    signs = [sign for sign in sentence if not sign.isspace()]
    return 3 * sum(map(str.isalnum, signs)) > len(signs) and not _leader.search(sentence)


def base_stems(text: str, language: str = "en") -> list[str]:
    """Stems of the content words of `text` in order; of English ones irregular forms are brought to their base."""
    if not is_plain(language):
        return stems(text, language)
    return stems(" ".join(BASE.get(word, word) for word in content_words(text)))


def derived(text: str, language: str = "en") -> frozenset[str]:
    """Stems of which `text` has but a noun made from a verb; English only."""
    if language != "en":
        return frozenset()
    made = [(_made.search(word) is not None, stem) for word in content_words(text) for stem in base_stems(word)]
    return frozenset(stem for noun, stem in made if noun) - {stem for noun, stem in made if not noun}


@lru_cache(maxsize=20_000)
def sentence(text: str, language: str = "en", *, spoken: bool = False) -> Sentence:
    """`text` as a sentence; kept, because a document's sentences are read for many questions.

    Args:
        spoken: it stands in a conversation, so that a name and a colon say who speaks; elsewhere they are a heading.
    """
    label = speaker_of.match(text)
    if label and not (spoken or label["turn"]):
        label = None
    said = _shared.sub("", text[label.end() :] if label else text)
    heard = words(said)
    to_whom = frozenset(heard)
    return Sentence(
        text,
        " ".join(said.split()),
        tuple(base_stems(text, language)),
        label["name"].lower() if label else None,
        leans_back(text, language),
        (_asks if language == "en" else _asks_at_all).search(text) is not None,
        bool(to_whom & _second_person) and not to_whom & _first_person,
        derived(said, language),
        "".join(word[0] for word in heard),
    )
