"""Typed pieces of a prompt and how each is printed. Models without a language model read the fields, others the print.

Document text is fenced and labelled; a fence inside the text is defused. What is printed is for reading: quotes are
always taken from the document itself, by number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..core.types import Need


def one_line(text: str) -> str:
    """`text` on one line, unable to close the fence around it."""
    return " ".join(text.split()).replace("<text", "< text").replace("</text", "< /text")


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered sentence of a document."""

    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.number} {one_line(self.text)}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive sentences of one document."""

    source: str
    """Where they stand, for people: name, page, heading."""
    lines: tuple[Line, ...]
    headings: tuple[str, ...] = ()
    """Those above, outermost first; `source` prints them."""
    begins: bool = False
    """Whether it stands where a document begins."""

    def __str__(self) -> str:
        return "\n".join([f'<text source="{_label(self)}">', *map(str, self.lines), "</text>"])


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Stretches of text whose sentences are numbered through."""

    parts: tuple[Excerpt, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    def __str__(self) -> str:
        return "\n".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A line of memory: what an earlier reader noted, and the words it noted it from."""

    number: int
    claim: str
    text: str
    need: int
    confidence: float

    def __str__(self) -> str:
        text, claim = one_line(self.text), one_line(self.claim)
        return f"{self.number} {text}" if claim in ("", text) else f"{self.number} {claim}: {text}"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered so far."""

    items: tuple[Remembered, ...] = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "(nothing yet)"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A numbered piece of evidence: original sentences, and where they stand."""

    number: int
    source: str
    text: str
    need: int
    confidence: float
    begins: bool = False
    """Whether it stands where a document begins."""
    before: str = ""
    after: str = ""
    """What stands around it, where that is shown."""

    def __str__(self) -> str:
        lines = [f'[{self.number}] <text source="{_label(self)}">{one_line(self.text)}</text>']
        lines += [f"    before it: <text>{one_line(self.before)}</text>"] if self.before else []
        lines += [f"    after it: <text>{one_line(self.after)}</text>"] if self.after else []
        return "\n".join(lines)

    @property
    def shown(self) -> str:
        """All that is printed of the text."""
        return " ".join(filter(None, (self.before, self.text, self.after)))


def _label(printed: Excerpt | Exhibit) -> str:
    """The source of a piece of text as an attribute."""
    return one_line(printed.source).replace('"', "'") + (", beginning" if printed.begins else "")


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The evidence an answer may rest on."""

    items: tuple[Exhibit, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "(none)"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A question about the same text, sentences of it, and the numbers of those that answer."""

    question: str
    lines: tuple[Line, ...]
    answer: tuple[int, ...]
    claim: str

    def __str__(self) -> str:
        finding = {"sentences": list(self.answer), "claim": one_line(self.claim), "need": 1, "confidence": 0.9}
        return self._answered("Finding", finding)

    def judged(self) -> str:
        """As it stands before one who answers, where `str` is for one who reads."""
        marks = "".join(f"[{number}]" for number in self.answer)
        answer = f"{one_line(self.claim)} {marks}"
        return self._answered("Reply", {"verdict": "answered", "answer": answer, "evidence": list(self.answer)})

    def _answered(self, what: str, value: dict[str, Any]) -> str:
        shown = json.dumps(value, ensure_ascii=False)
        return f"Example: {one_line(self.question)}\n{Excerpt('example', self.lines)}\n{what}: {shown}"


@dataclass(frozen=True, slots=True)
class Demonstrations:
    """Examples of how others were answered, whose sentences are no part of what is read; nothing without any."""

    items: tuple[Demonstration, ...] = ()
    judged: bool = False
    """Whether they are for one who answers."""

    def __str__(self) -> str:
        shown = [item.judged() if self.judged else str(item) for item in self.items]
        return "\n".join(["", *shown, ""]) if shown else ""


@dataclass(frozen=True, slots=True)
class Needs:
    """What must still be known, numbered."""

    items: tuple[Need, ...]

    def __str__(self) -> str:
        return "\n".join(f"{need.number}. {_asked(need)}" for need in self.items)


def _asked(need: Need) -> str:
    """A need in words; the question itself is printed elsewhere, and not paid for twice."""
    return "the question itself" if need.origin == "question" else one_line(need.text)
