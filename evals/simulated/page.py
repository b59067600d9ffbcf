"""Which facts stand in what is printed: by their words, white space left out of account."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...language.words import fold, stems
from ...prompts import Excerpts


def bare(text: str) -> str:
    """`text` without white space: printed and original text are then the same, however lines were broken."""
    return "".join(text.split())


class Sighting(NamedTuple):
    """Where a text stands on a page."""

    lines: tuple[int, ...]
    """Numbers of the lines that hold it."""
    x: float
    """How far down it begins, 0 to 1."""


class Page:
    """Printed, numbered lines."""

    def __init__(self, text: Excerpts) -> None:
        self.lines = text.lines
        self._starts: list[int] = []
        parts, at = [], 0
        for part in text.parts:
            for line in part.lines:
                self._starts.append(at)
                parts.append(bare(line.text))
                at += len(parts[-1])
            # What runs on from one excerpt into the next is not a sentence.
            parts.append("\n")
            at += 1
        self._text = "".join(parts)

    def find(self, text: str) -> Sighting | None:
        """The first place where all of `text` stands; None where it does not, or only in part."""
        wanted = bare(text)
        start = self._text.find(wanted) if wanted else -1
        if start < 0:
            return None
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, start + len(wanted) - 1) - 1
        numbers = tuple(line.number for line in self.lines[first : last + 1])
        return Sighting(numbers, start / len(self._text))

    def text(self, numbers: Iterable[int]) -> str:
        """The lines with these numbers as one line."""
        wanted = set(numbers)
        return " ".join(" ".join(line.text.split()) for line in self.lines if line.number in wanted)


def holds(text: str, wanted: str) -> bool:
    """Whether all of `wanted` stands in `text`."""
    return bare(wanted) in bare(text)


def known(answer: str, texts: Iterable[str]) -> bool:
    """Whether the words of `answer` stand in any of `texts`, as whole words."""
    wanted = f" {_words(answer)} "
    return wanted.strip() != "" and any(wanted in f" {_words(text)} " for text in texts)


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def likest(question: str, texts: Sequence[str]) -> int | None:
    """The place of the first text that shares most words with `question`; None where there is no text."""
    shared = [likeness(question, text) for text in texts]
    return shared.index(max(shared)) if shared else None


def likeness(question: str, text: str) -> int:
    """How many telling words of a question stand in a text, in any form."""
    return len(set(stems(question)) & set(stems(text)))
