"""Marks in an answer, `[3]`: code sets them, for what is cited. Footnotes of a text and habits of models look alike."""

from __future__ import annotations

import re

MARK = re.compile(r"\[(\d{1,9}(?:\s*[,;]\s*\d{1,9})*)\]")
"""`[3]` or `[3, 5]`."""
_marks = re.compile(rf"(?:\s*{MARK.pattern})+")


def unmarked(text: str) -> str:
    """`text` on one line, without what looks like a mark."""
    return " ".join(_marks.sub("", text).split())
