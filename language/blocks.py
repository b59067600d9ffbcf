"""Where a text's layout ends a sentence: blank lines, table rows, list items, turns of a chat, lines that stop short.

Knows lines only; what is a sentence within a block is for `sentences`. Lines of a hard-wrapped paragraph stay together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FULL = 0.75
"""A line is taken to be wrapped when it and the next word would reach this share of the paragraph's width."""
WIDEST = 240
"""Characters; text with longer lines is not hard-wrapped, so each of its lines is a paragraph."""
CODE_SIGNS = 0.025
"""Share of signs that prose hardly uses, from which on every line of a paragraph stands for itself."""

_MARK = r"(?:[-*+•●▪◦‣■□☐☑✓]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+\.?|§+|#{1,6})"
_ITEM = re.compile(_MARK + r"\s")
_LONE_MARK = re.compile(_MARK + r"$")
_TURN = re.compile(
    r"\[[^\]\n]{1,24}\]\s*\S"  # [D1:2] Ann: ...
    r"|[A-Z][\w.'’-]{0,24}(?: [A-Z(][\w.'’()-]{0,24}){0,3}:(?:\s|$)"  # Ann Lee (Chair): ...
    r"|\[?\d{1,2}:\d\d|\d{4}-\d\d-\d\d"  # a time, a date
)
_GAPS = re.compile(r"\S {3,}\S[^ ]*(?: [^ ]+)* {3,}\S")
_FIGURE = re.compile(r"[$€£¥(+~<>≈-]*\d[\d.,:/]*(?:%|\)|x|bn|m|k|bps)*%?$|[-–—$€£¥%)*]+$|N/?[AM]$")
_ENDED = tuple('.:;!?…"”’»)]。！？')
_CODE = re.compile(r"[{}=;<>\\]")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    start: int
    """Offset of its first character; it runs to the start of the next block."""
    whole: bool
    """A table row: not to be split at full stops."""


@dataclass(slots=True)
class _Line:
    start: int
    body: str
    """Without surrounding white space."""

    @property
    def row(self) -> bool:
        return looks_like_row(self.body)

    @property
    def starter(self) -> bool:
        return bool(_ITEM.match(self.body) or _TURN.match(self.body))


def blocks(text: str) -> list[Block]:
    """The blocks of `text`, in order, each beginning at a line that is not blank (white space at the top excepted)."""
    found: list[Block] = []
    paragraph: list[_Line] = []
    offset = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            paragraph.append(_Line(offset, body))
        elif paragraph:
            found += _divide(paragraph)
            paragraph = []
        offset += len(line) + 1
    if paragraph:
        found += _divide(paragraph)
    if text:
        found[:1] = [Block(0, found[0].whole)] if found else [Block(0, False)]
    return found


def looks_like_row(body: str) -> bool:
    """Whether a line is a row of a table: cells divided by tabs, pipes or wide gaps, or mostly figures."""
    if len(body) > WIDEST * 2:
        return False
    if "\t" in body or body[0] == "|" or body.count(" | ") > 0:
        return True
    if "   " in body and _GAPS.search(body):
        return True
    if body.endswith((".", ";", ",", ":")):
        return False
    words = body.split()
    figures = sum(1 for word in words if _FIGURE.match(word))
    return figures >= 2 and figures >= 0.4 * len(words)


def _divide(lines: list[_Line]) -> list[Block]:
    """The blocks of one paragraph: a run of lines that are not blank."""
    rows = [line.row for line in lines]
    found = [Block(lines[0].start, rows[0])]
    if len(lines) == 1:
        return found
    width = _width(lines, rows)
    alone = width > WIDEST or _is_code(lines)
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        if not any(map(str.isalnum, line.body)):
            continue  # a rule under a heading or a table's head
        if alone or _apart(before, line, rows[at - 1], rows[at], width):
            found.append(Block(line.start, rows[at]))
        elif rows[at]:
            found[-1] = Block(found[-1].start, True)
    return found


def _width(lines: list[_Line], rows: list[bool]) -> int:
    """Characters of a full line: nearly the longest, so that one odd line does not count; table rows aside."""
    lengths = sorted(len(line.body) for line, row in zip(lines, rows, strict=True) if not row)
    return lengths[len(lengths) - 1 - len(lengths) // 10] if lengths else 0


def _is_code(lines: list[_Line]) -> bool:
    signs = sum(len(_CODE.findall(line.body)) for line in lines)
    return signs > CODE_SIGNS * sum(len(line.body) for line in lines)


def _apart(before: _Line, line: _Line, row_before: bool, row: bool, width: int) -> bool:
    """Whether `line` begins a block, standing under `before` without a blank line."""
    if _LONE_MARK.match(before.body):
        return False
    ended = before.body.endswith(_ENDED)
    lower = line.body[0].islower()
    if row or row_before:
        # A label broken over two lines goes on in lower case, or with nothing but its figures.
        return not (row and not row_before and not ended and (lower or not any(map(str.isalpha, line.body))))
    full = len(before.body) + 1 + len(line.body.split(None, 1)[0]) >= FULL * width
    if line.starter and (ended or not full or before.starter):
        return True
    return not full and (ended or not lower)
