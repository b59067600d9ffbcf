"""What the extractive model sees of a text: sentences as stems with their places, who speaks, and where words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..language.answers import AnswerType, find_answers
from ..language.forms import BASE
from ..language.tongues import language_of, main_language
from ..language.words import content_words, fold, is_plain, stems, words
from ..prompts import Excerpts

LEAST_TURNS = 3
"""Lines that name a speaker, under which a text is no conversation."""
SAMPLED = 4_000
"""Characters of a page by which its language is told."""
LONGEST_TURN = 8
"""Sentences of a turn that are taken together."""
# Chat and transcript lines: `[D1:3] Name: ...`, `[12] Name: ...`, `Name: ...`.
_speaker = re.compile(r"\s*(?:\[[^\]\n]{1,20}\]\s*)?(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):\s")
_leans_back = re.compile(
    r"\W*(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|such|both|there|here|then)\b", re.IGNORECASE
)
_LEANING = {
    "de": "er sie es ihn ihm ihr ihre sein seine dies diese dieser dieses dort dabei dafur",
    "nl": "hij zij ze hij het dit deze dat die daar zijn haar",
    "fr": "il elle ils elles ce cela celui celle cette ces son sa ses leur leurs",
    "es": "el ella ellos ellas este esta esto estos ese esa eso su sus fue fueron era eran lo",
    "pt": "ele ela eles elas este esta isto esse essa isso seu sua foi foram era eram",
    "it": "egli ella esso essa essi lui lei questo questa suo sua fu furono era erano lo",
    "ca": "ell ella ells elles aquest aquesta aixo fou era",
    "ro": "el ea ei ele acesta aceasta acestea",
    "sv": "den det han hon de detta denna dessa dar hans hennes dess",
    "da": "den det han hun de dette denne disse der hans hendes dens",
    "no": "den det han hun de dette denne disse der hans hennes dens",
    "fi": "se ne han he tama nama siella siina sen hanen",
    "hu": "o ok ez az ezt azt ott itt",
    "tr": "o bu bunlar onlar bunu onu burada orada",
    "pl": "on ona ono oni ten ta to tam jego jej",
    "cs": "on ona ono oni ten ta to tam jeho jeji",
    "ru": "он она оно они это этот эта там его ее их",
    "el": "αυτοσ αυτη αυτο αυτοι αυτα εκει",
    "ar": "هو هي هم هذا هذه ذلك",
    "he": "הוא היא הם הן זה זו שם",
    "hi": "यह वह ये वे इसे उसे इसका उसका",
}
"""Language -> first words, folded, of sentences that refer to what was said before; also verbs without a subject."""
_first_word = re.compile(r"[^\W\d_]+")
_asks = re.compile(r"\b(?:who|whom|whose|what|which|where|whence|when|why|how)\b[^.!?]*\?[\s\"'”’)\]]*$", re.IGNORECASE)
_asks_at_all = re.compile(r"[?？؟;\u037e][\s\"'”’»)\]」』]*$")
_sentence_end = re.compile(r"(?<=[.?!])\s+")
_leader = re.compile(r"(?:[.…·_]\s?){5,}\s*[\divxlc]{1,6}\s*$", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()
_first_person = frozenset(("i", "my", "me", "mine", "we", "our", "us", "myself", "i'm", "i've", "i'd", "i'll", "we're"))
_second_person = frozenset(("you", "your", "yours", "you're", "you've", "you'd", "you'll"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the model matches it."""

    text: str
    stems: tuple[str, ...]
    speaker: str | None
    """The name that a chat line begins with, lower case."""
    leans_back: bool
    """It begins with a word that refers to what was said before."""
    asks: bool
    """It is itself a question for who, what, where and the like."""
    addresses: bool
    """It says `you` and not `I`: in a conversation it is about whom it is said to."""
    initials: str
    """First letters of all its words, lower case: what an acronym in a question is looked up in."""


def tongue(question: str, texts: Sequence[str]) -> str:
    """The language that `texts` and a question about them are both stemmed as: the question's, else the texts'."""
    size, texts_seen = 0, list[str]()
    for text in texts:
        if size > SAMPLED:
            break
        texts_seen.append(text)
        size += len(text)
    return language_of(question, main_language("\n".join(texts_seen)), margin=0)


def spells(sentence: str) -> bool:
    """Whether `sentence` is made of words: no rule of dashes, no line of a table of contents with its dots."""
    signs = [sign for sign in sentence if not sign.isspace()]
    return 3 * sum(map(str.isalnum, signs)) > len(signs) and not _leader.search(sentence)


def base_stems(text: str, language: str = "en") -> list[str]:
    """Stems of the content words of `text` in order; of English ones irregular forms are brought to their base."""
    if not is_plain(language):
        return stems(text, language)
    return stems(" ".join(BASE.get(word, word) for word in content_words(text)))


@lru_cache(maxsize=20_000)
def sentence(text: str, language: str = "en") -> Sentence:
    """`text` as a sentence; kept, because a document's sentences are read for many questions."""
    label = _speaker.match(text)
    spoken = words(text[label.end() :] if label else text)
    said = frozenset(spoken)
    return Sentence(
        text,
        tuple(base_stems(text, language)),
        label["name"].lower() if label else None,
        _leans(text, language),
        (_asks if language == "en" else _asks_at_all).search(text) is not None,
        bool(said & _second_person) and not said & _first_person,
        "".join(word[0] for word in spoken),
    )


def _leans(text: str, language: str) -> bool:
    if language == "en":
        return _leans_back.match(text) is not None
    first = _first_word.search(text)
    return first is not None and fold(first[0]) in _LEANING.get(language, "").split()


class Page:
    """The units of one prompt, with an index of their stems.

    A unit is a sentence; in a conversation it is a turn, because its sentences are said by one person in one breath.

    Args:
        numbers: the printed number of every sentence.
        texts: the sentences.
        sources: for every sentence, where it stands: its words count a little for every sentence under it.
        parts: sentences of different parts are no neighbours.
        language: that it is stemmed as.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        texts: Sequence[str],
        sources: Sequence[str],
        parts: Sequence[int],
        language: str = "en",
    ) -> None:
        self.language = language
        lines = [" ".join(text.split()) for text in texts]
        labels = [_speaker.match(line) is not None for line in lines]
        self.is_chat = sum(labels) >= LEAST_TURNS and 4 * sum(labels) >= len(lines)
        groups = _turns(lines, labels, parts) if self.is_chat else [[at] for at in range(len(lines))]
        self.numbers = [tuple(numbers[at] for at in group) for group in groups]
        """For every unit, the printed numbers of its sentences."""
        self.units = [sentence(" ".join(lines[at] for at in group), language) for group in groups]
        self.sources = [sources[group[0]] for group in groups]
        self.addressed = [_addressed([lines[at] for at in group]) if self.is_chat else _NONE for group in groups]
        """For every turn, the stems that it says about whom it is said to."""
        self._parts = [parts[group[0]] for group in groups]
        self.headings = {source: frozenset(base_stems(source, language)) for source in set(sources)}
        self.speakers = frozenset(one.speaker for one in self.units if one.speaker) if self.is_chat else frozenset()
        """Who speaks, where the text is a conversation; else empty."""
        self.places: dict[str, list[int]] = {}
        """Stem -> indexes of the units that hold it, each once, in order."""
        for at, one in enumerate(self.units):
            for stem in dict.fromkeys(one.stems):
                self.places.setdefault(stem, []).append(at)
        self._by_prefix: dict[str, list[str]] = {}
        for stem in self.places:
            self._by_prefix.setdefault(stem[:4], []).append(stem)
        self._answers: dict[tuple[int, AnswerType], list[tuple[int, int]]] = {}

    def __len__(self) -> int:
        return len(self.units)

    def vocabulary(self, prefix: str) -> list[str]:
        """Stems of the page whose first four letters are `prefix`."""
        return self._by_prefix.get(prefix, [])

    def same_part(self, at: int, other: int) -> bool:
        """Whether `other` is a unit of the page in the same part as `at`."""
        return 0 <= other < len(self.units) and self._parts[at] == self._parts[other]

    def text_of(self, number: int) -> str:
        """The unit that holds the sentence printed with `number`."""
        return next(unit.text for unit, held in zip(self.units, self.numbers, strict=True) if number in held)

    def answers(self, at: int, kind: AnswerType) -> list[tuple[int, int]]:
        """Where the unit at `at` holds something of `kind`."""
        key = (at, kind)
        if key not in self._answers:
            self._answers[key] = find_answers(kind, self.units[at].text, self.language)
        return self._answers[key]


def _addressed(lines: Sequence[str]) -> frozenset[str]:
    spoken = [sentence(part) for line in lines for part in _sentence_end.split(line) if part]
    own = {stem for one in spoken if not one.addresses for stem in one.stems}
    return frozenset(stem for one in spoken if one.addresses for stem in one.stems if stem not in own)


def _turns(lines: Sequence[str], labels: Sequence[bool], parts: Sequence[int]) -> list[list[int]]:
    """The sentences of every turn: from the line that names a speaker to the next one, or to a heading."""
    groups: list[list[int]] = []
    for at, labelled in enumerate(labels):
        new = at == 0 or labelled or parts[at] != parts[at - 1] or lines[at].startswith("#")
        if new or lines[at - 1].startswith("#") or len(groups[-1]) >= LONGEST_TURN:
            groups.append([])
        groups[-1].append(at)
    return groups


def page(excerpts: Excerpts, question: str) -> Page:
    """The page that `excerpts` prints, for being asked `question`."""
    return _page(excerpts, tongue(question, [line.text for line in excerpts.lines]))


@lru_cache(maxsize=64)
def _page(excerpts: Excerpts, language: str) -> Page:
    lines = excerpts.lines
    sources = [part.source for part in excerpts.parts for _ in part.lines]
    parts = [at for at, part in enumerate(excerpts.parts) for _ in part.lines]
    return Page([line.number for line in lines], [line.text for line in lines], sources, parts, language)
