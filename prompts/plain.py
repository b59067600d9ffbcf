"""The last form of a reply: plain lines, for models that cannot be brought to write JSON.

A message in prose has none: anything would pass for one, and a refusal would overwrite what is remembered. Nor have
examples and atomic facts, whose parts no line holds: without them things go on as if they had not been asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel

from .exploring import Chosen, Explored, Nodes, Turning
from .replies import Finding, Findings, Kept, Points, Questions, Verdict, Written
from .steering import Handled, Picked, Recalled

_LED = re.compile(r"^\W*(\d+(?:\s*[,;&-]\s*\d+)*)\W+(.*)$")
_ANNOUNCES = re.compile(r"^\d+\s[^:]*:$")
"""As `2 sentences help:` does, which is no finding."""
_MARK = re.compile(r"\[([\d,;\s]+)\]")
_NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_ITEM = re.compile(r"^(?:[-*•]|\d{1,2}[.):])\s+")


@dataclass(frozen=True, slots=True)
class Plain:
    """How a reply is asked for and read in plain lines."""

    ask: str
    read: Callable[[list[str]], BaseModel | None]
    """The reply in lines that hold something; None where it is none."""


def plain_form(shape: type[BaseModel]) -> Plain | None:
    """The plain form of a reply; None where it has none."""
    return _FORMS.get(shape)


def read_plain(form: Plain, text: str) -> BaseModel | None:
    """The reply in `text`; None where it holds none."""
    lines = [line.strip() for line in text.rpartition("</think>")[2].splitlines()]
    return form.read([line for line in lines if line and not line.startswith("```")])


def _findings(lines: list[str]) -> Findings | None:
    found = [match for line in lines if not _ANNOUNCES.match(line) and (match := _LED.match(line))]
    if not found and not any(line.lower().startswith("none") for line in lines):
        return None
    return Findings(findings=[Finding(sentences=_numbers(match[1]), claim=match[2]) for match in found])


def _verdict(lines: list[str]) -> Verdict | None:
    if not lines:
        return None
    if lines[0].lower().startswith("not found"):
        return Verdict(verdict="not_found", missing=[line for line in lines[1:4] if line.endswith("?")])
    text = " ".join(lines)
    numbers = [n for marks in _MARK.findall(text) for n in _numbers(marks)]
    return Verdict(verdict="answered", answer=text, evidence=numbers) if numbers else None


def _points(lines: list[str]) -> Points | None:
    marked = [(line, [n for marks in _MARK.findall(line) for n in _numbers(marks)]) for line in lines]
    points = [Written(text=" ".join(_MARK.sub("", line).split()), numbers=found) for line, found in marked if found]
    return Points(points=points) if points else None


def _questions(lines: list[str]) -> Questions | None:
    """Without the marks of a list, and without what is said around questions, where there are any."""
    texts = [_ITEM.sub("", line) for line in lines]
    asked = [text for text in texts if text.endswith(("?", "？"))] or texts
    return Questions(needs=asked) if asked else None


def _explored(lines: list[str]) -> Explored | None:
    found, actions = _findings(lines), _actions(lines)
    if found is None and not actions:
        return None
    return Explored(findings=found.findings if found else [], actions=actions)


def _handled(lines: list[str]) -> Handled | None:
    found, actions = _findings(lines), _actions(lines)
    return Handled(action=actions[0], findings=found.findings if found else []) if actions else None


def _actions(lines: list[str]) -> list[int]:
    return [number for line in lines if line.lower().startswith("action") for number in _numbers(line)]


def _turning(lines: list[str]) -> Turning | None:
    numbers = _numbers(" ".join(lines))
    return Turning(action=numbers[0]) if numbers else None


def _nodes(lines: list[str]) -> Nodes | None:
    numbers = _numbers(" ".join(lines))
    nodes = [Chosen(number=number, relevance=100 - at) for at, number in enumerate(numbers)]
    return Nodes(nodes=nodes) if nodes else None


def _picked(lines: list[str]) -> Picked | None:
    numbers = _numbers(" ".join(lines))
    return Picked(numbers=numbers) if numbers or lines[:1] and lines[0].lower().startswith("none") else None


def _recalled(lines: list[str]) -> Recalled | None:
    enough = bool(lines) and re.fullmatch(r"enough\W*", lines[0].lower()) is not None
    return Recalled(enough=enough, query="" if enough else lines[0]) if lines else None


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(text)]


_LINES = 'one line for each sentence that helps: its number, a colon, and what it tells, as in "12: ..."'
_FORMS: dict[type[BaseModel], Plain] = {
    Findings: Plain(f"{_LINES}; or the one word: none", _findings),
    Verdict: Plain(
        "the answer alone, with the number of its evidence in brackets, such as [2]; or the words: not found", _verdict
    ),
    Points: Plain("one sentence a line, with the numbers it rests on in brackets, such as [2]", _points),
    Questions: Plain("one question a line, and nothing else", _questions),
    Explored: Plain(f"{_LINES}; last the word action, a colon, and the numbers of the actions", _explored),
    Handled: Plain(f"{_LINES}; last the word action, a colon, and the number of the action", _handled),
    Turning: Plain("the number chosen, and nothing else", _turning),
    Nodes: Plain("the numbers chosen, the most relevant first, and nothing else", _nodes),
    Picked: Plain("the numbers chosen, the most promising first, and nothing else; or the one word: none", _picked),
    Recalled: Plain("the words to look up, and nothing else; or the one word: enough", _recalled),
    Kept: Plain(
        "the numbers worth keeping, and nothing else",
        lambda lines: Kept(keep=_numbers(" ".join(lines))) if _NUMBER.search(" ".join(lines)) else None,
    ),
}
