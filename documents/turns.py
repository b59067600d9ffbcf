"""Speakers of transcripts: `[12] The Chair:`, `ANN LEE:` at the beginning of a line, where turns are long.

A heading begins a passage, so the short turns of a chat make none: it would fall into crumbs.
"""

from __future__ import annotations

import re
from collections import Counter

SPARSE = 600
"""Characters of a turn, on average, from which on speakers are headings."""
CRUMB = 100
"""Characters; at most one turn in five is shorter."""
FEWEST = 8
"""Turns."""

_TURN = re.compile(r"^(?P<mark>\[[^\]\n]{1,24}\][ \t]*)?(?P<name>[A-Z][^:\n]{1,80}):(?=[ \t]|$)", re.MULTILINE)
_NO_SPEAKER = frozenset(
    "note notes example source sources warning caution table figure subject date from to re".split()
)


def find_turns(text: str) -> list[tuple[int, int]]:
    """Spans of the speakers' names with mark and colon, in order; empty where `text` is no transcript of long turns."""
    turns = [match for match in _TURN.finditer(text) if _is_speaker(match)]
    spoken = Counter(match["name"] for match in turns)
    turns = [match for match in turns if spoken[match["name"]] > 1]
    if len(turns) < FEWEST or len(spoken) < 2 or turns[0].start() > len(text) // 5:
        return []
    starts = [match.start() for match in turns]
    lengths = [end - start for start, end in zip(starts, [*starts, len(text)][1:], strict=True)]
    crumbs = sum(length < CRUMB for length in lengths)
    if sum(lengths) < SPARSE * len(lengths) or 5 * crumbs > len(lengths):
        return []
    return [(match.start(), match.end()) for match in turns]


def _is_speaker(match: re.Match[str]) -> bool:
    """Whether what stands before the colon is written like a person's name, or comes behind a mark."""
    words = match["name"].split()
    if words[0].lower() in _NO_SPEAKER:
        return False
    capital = all(not word[0].islower() for word in words)
    return bool(match["mark"]) or (capital and len(words) <= 6 and (len(words) > 1 or words[0].isupper()))
