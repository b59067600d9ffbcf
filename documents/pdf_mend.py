"""Words of a PDF that a hyphen divides at a line's end, mended; characters that print nothing removed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_BREAK = re.compile(r"(\w*)[\x02\ufffe\xad]\n?(\w*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_WORD = re.compile(r"\w+(?:-\w+)*")


def mended(texts: Sequence[str]) -> list[str]:
    """The sheets with divided words mended.

    pdfium marks such a hyphen and drops the line end, and cannot tell `informa-tion` from `long-term`. The document
    itself can: the form that it writes elsewhere wins; else two parts that are both words keep their hyphen. So the
    word is found by search either way.
    """
    if not any(_BREAK.search(text) for text in texts):
        return [_CONTROL.sub("", text) for text in texts]
    words = Counter(word.casefold() for text in texts for word in _WORD.findall(text))

    def mend(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        joined, hyphened = words[(first + second).casefold()], words[f"{first}-{second}".casefold()]
        parts = words[first.casefold()] > 1 and words[second.casefold()] > 1
        return first + second if joined > hyphened or not (hyphened or parts) else f"{first}-{second}"

    return [_CONTROL.sub("", _BREAK.sub(mend, text)) for text in texts]
