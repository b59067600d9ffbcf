"""What is printed of a sentence: all of it, or of a very long one whole clauses, with `…` where something is left out.

A bracket or a quotation mark is never opened without being closed.
"""

from __future__ import annotations

import re

from ...language.answers import find_answers
from ...language.blocks import looks_like_row
from .ask import Ask
from .tokens import cover, tokens

WHOLE = 60
"""Words of a sentence that is printed whole."""
LONGEST = 45
"""Words that are printed of a longer one."""
PROSE = 12
"""Words from which on a line without an end mark is taken for a sentence that goes on elsewhere."""
LEFT_OUT = "…"
_strong = re.compile(r"[;:.!?][”\"’')]*\s+|\s?—\s?|\s–\s|\s(?=\((?:[a-z]{1,4}|\d{1,2})\)\s)")
_weak = re.compile(rf"{_strong.pattern}|,\s+")
_bullet = re.compile(r"^[-*+•●▪◦‣■]\s+")
_item = re.compile(r"^(?:[-*+•●▪◦‣■]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])\s")
_ended = re.compile(r"[.!?…。！？।։۔][\W\d]*$")
_linked = re.compile(r"(?:[\s,;]+(?:and|or|but|and/or|\((?:[a-z]{1,4}|\d{1,2})\)))+$", re.IGNORECASE)
_hyphened = re.compile(r"(?<=[a-z])-\s(?!(?:and|or|to)\b)(?=[a-z])")
_lone_item = re.compile(r"(?<![\w(])(?:[a-z]{1,4}|\d{1,2})\)")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}
"""Sign that opens -> what may close it: „German“ and »German« too."""
_CLOSING = frozenset("".join(_PAIRS.values()))


def size(text: str) -> int:
    """Words of `text`, signs not counted."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def shortened(body: str, question: Ask) -> str:
    """The neighbouring clauses of a long sentence that hold most of `question`; all of it where none can be told."""
    for border in (_strong, _weak):
        best = _stretch(body, question, border)
        if best:
            start, end = best
            part = _linked.sub("", body[start:end].strip(" ,;:—–"))
            return f"{LEFT_OUT} " * (start > 0) + part + f" {LEFT_OUT}" * (end < len(body))
    return body


def _stretch(body: str, question: Ask, border: re.Pattern[str]) -> tuple[int, int] | None:
    """Where the clauses stand that are divided by `border` and hold most of `question`, within `LONGEST` words."""
    line = tokens(body, question)
    new = [start for start, _ in find_answers(question.kind, body, question.language)]
    places = [0, *(match.end() for match in border.finditer(body) if match.end() < len(body)), len(body)]
    best: tuple[float, int, int] | None = None
    for at, start in enumerate(places[:-1]):
        for end in places[at + 1 :]:
            words = size(body[start:end])
            if words > LONGEST:
                break
            told = cover([token for token in line if start <= token.start < end], question)
            # Of equal ones the longer: what stands around the matched words is often the answer.
            score = told + 0.002 * words + (0.15 if any(start <= n < end for n in new) else 0.0)
            if told and closed(body[start:end]) and (best is None or score > best[0] + 1e-9):
                best = (score, start, end)
    return best[1:] if best else None


def closed(text: str) -> bool:
    """Whether every bracket and quotation mark of `text` has its other half there."""
    return not _halves(_lone_item.sub("", text))


def _halves(text: str) -> list[int]:
    """Where brackets and quotation marks stand that have no other half."""
    opened: list[int] = []
    alone: list[int] = []
    for at, sign in enumerate(text):
        if opened and sign in _PAIRS[text[opened[-1]]]:
            opened.pop()
        elif sign in _PAIRS:
            opened.append(at)
        elif sign in _CLOSING:
            alone.append(at)
    straight = [at for at, sign in enumerate(text) if sign == '"']
    return sorted([*alone, *opened, *(straight[-1:] if len(straight) % 2 else [])])


def finished(text: str, *, spoken: bool = False) -> str:
    """`text` as it is printed: halves of pairs at its ends dropped, and `…` where its sentence does not begin or end.

    Args:
        spoken: whether it is a turn of a conversation, which begins and ends as it likes.
    """
    bare = _hyphened.sub("-", _bullet.sub("", text.strip()))
    for at in _halves(bare):
        if at in (0, len(bare) - 1):
            bare = bare[:at] + " " + bare[at + 1 :]
    bare = bare.strip()
    if not bare or spoken or looks_like_row(bare):
        return bare
    item = _item.match(text.strip()) is not None
    whole = _linked.sub("", bare.rstrip(" ,;")) or bare
    open_end = whole != bare or bare.endswith(":") or (size(bare) >= PROSE and bare[-1].isalnum())
    before = f"{LEFT_OUT} " if bare[0].islower() and not item else ""
    behind = f" {LEFT_OUT}" if open_end and not item and not _ended.search(bare) else ""
    return before + whole + behind
