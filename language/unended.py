"""Whether a sentence is cut off where its stretch of text ends: at the foot of a page, by a heading or a picture."""

from __future__ import annotations

import re

from .rowlines import line_at

REACH = 400
"""Characters behind a border of pages in which the sentence may go on."""
RUNNING = 6
"""Lines that may stand between: feet, numbers and heads of pages."""
LONGEST = 120
"""Characters of such a line."""
_ended = re.compile(r"[.!?…。！？।։۔:;][\W\d]*$")
_end = re.compile(r"[.!?…。！？।։۔;:]+[\"”’)\]]*(?=\s|$)|\n\s*\n")


def goes_on(text: str, end: int, border: int | None = None) -> int | None:
    """Where the sentence that ends at `end` goes on: it has no end mark, and lower case follows. None where it is over.

    Args:
        border: where the next page begins; short lines on either side of it may stand between, and page numbers anyhow.
    """
    line = line_at(text, max(0, end - 1))
    if line.barred or line.kind == "row" or not text[:end].strip() or _ended.search(text[max(0, end - 40) : end]):
        return None
    lines = [found for found in re.finditer(r"[^\n]*\S[^\n]*", text[end : REACH + (border or end)])]
    for found in lines[: RUNNING + 1]:
        words = found[0].strip()
        if words[0].islower():
            return end + found.start() + found[0].index(words)
        if not any(map(str.isalpha, words)):
            continue
        if border is None or border - end > RUNNING * LONGEST or len(words) > LONGEST:
            return None
    return None


def rest(text: str, start: int) -> str:
    """What is left of the sentence that goes on at `start`, on one line, up to `REACH` characters."""
    ahead = text[start : start + REACH]
    found = _end.search(ahead)
    if found is None and start + REACH < len(text):
        return " ".join(ahead.rpartition(" ")[0].split()) + "…"
    return " ".join(ahead[: found.end() if found else None].split())
