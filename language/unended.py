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


def goes_on(text: str, end: int, border: int | None = None) -> bool:
    """Whether the sentence that ends at `end` goes on behind: it has no end mark, and lower case follows.

    Args:
        border: where the next page begins; short lines on either side of it may stand between, and page numbers anyhow.
    """
    line = line_at(text, max(0, end - 1))
    if line.barred or line.kind == "row" or not text[:end].strip() or _ended.search(text[max(0, end - 40) : end]):
        return False
    reach = REACH + (border or end)
    for line_behind in [words for words in text[end:reach].split("\n") if words.strip()][: RUNNING + 1]:
        words = line_behind.strip()
        if words[0].islower():
            return True
        if not any(map(str.isalpha, words)):
            continue
        if border is None or border - end > RUNNING * LONGEST or len(words) > LONGEST:
            return False
    return False
