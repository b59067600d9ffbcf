"""What the extractive model sees of a text: its sentences, or the turns of a conversation, and where words stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from ...language.answers import AnswerType, find_answers
from ...language.frontmatter import FRONT
from ...language.tongues import language_of, main_language
from ...prompts import Answer, Excerpt, Excerpts, Merge
from .text import base_stems, sentence
from .turns import addressed, converses, turns

SAMPLED = 4_000
"""Characters of a page by which its language is told."""


def tongue(question: str, texts: Sequence[str]) -> str:
    """The language that `texts` and a question about them are both stemmed as: the question's, else the texts'."""
    size, texts_seen = 0, list[str]()
    for text in texts:
        if size > SAMPLED:
            break
        texts_seen.append(text)
        size += len(text)
    return language_of(question, main_language("\n".join(texts_seen)), margin=0)


class Page:
    """The units of one prompt, with an index of their stems.

    A unit is a sentence; in a conversation it is a turn, because its sentences are said by one person in one breath.

    Args:
        numbers: the printed number of every sentence.
        texts: the sentences.
        sources: for every sentence, where it stands: its words count a little for every sentence under it.
        parts: sentences of different parts are no neighbours.
        language: that it is stemmed as.
        begins: for every sentence, whether it stands where a document begins.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        texts: Sequence[str],
        sources: Sequence[str],
        parts: Sequence[int],
        language: str = "en",
        begins: Sequence[bool] = (),
    ) -> None:
        self.language = language
        lines = [" ".join(text.split()) for text in texts]
        self.is_chat = converses(lines)
        groups = turns(lines, parts) if self.is_chat else [[at] for at in range(len(lines))]
        self.numbers = [tuple(numbers[at] for at in group) for group in groups]
        """For every unit, the printed numbers of its sentences."""
        self.units = [sentence(" ".join(lines[at] for at in group), language, spoken=self.is_chat) for group in groups]
        self.lines = [
            [" ".join(line.split()) for at in group for line in texts[at].splitlines() if line.strip()]
            for group in groups
        ]
        """For every unit, the lines that it is printed on."""
        self.sources = [sources[group[0]] for group in groups]
        self.begins = [bool(begins) and begins[group[0]] for group in groups]
        self.addressed = [addressed([lines[at] for at in group]) if self.is_chat else frozenset() for group in groups]
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


def page(excerpts: Excerpts, question: str) -> Page:
    """The page that `excerpts` prints, for being asked `question`."""
    return _page(excerpts, tongue(question, [line.text for line in excerpts.lines]))


@lru_cache(maxsize=64)
def _page(excerpts: Excerpts, language: str) -> Page:
    lines = excerpts.lines
    sources = [part.source for part in excerpts.parts for _ in part.lines]
    parts = [at for at, part in enumerate(excerpts.parts) for _ in part.lines]
    begins = [begun for part in excerpts.parts for begun in _begins(part)]
    return Page([line.number for line in lines], [line.text for line in lines], sources, parts, language, begins)


def _begins(part: Excerpt) -> list[bool]:
    """For every line of an excerpt, whether it stands within what a document begins with."""
    ends = accumulate(len(line.text) + 1 for line in part.lines)
    return [part.begins and end - len(line.text) <= FRONT for end, line in zip(ends, part.lines, strict=True)]


def exhibited(prompt: Answer | Merge) -> Page:
    """The exhibits of a manager's prompt as a page: each is one unit."""
    items = prompt.evidence.items
    numbers = [item.number for item in items]
    texts, begins = [item.text for item in items], [item.begins for item in items]
    language = tongue(prompt.question, texts)
    return Page(numbers, texts, [item.source for item in items], numbers, language, begins)
