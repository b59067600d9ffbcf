"""Whether a question asks about a document itself: its title, its kind, who made it, between whom, and when.

The answer stands where a document begins, mostly in other words than the question's ("by and between …", "By Herman
Melville"), and words alone find it nowhere. English only: other languages name documents in other ways.
"""

from __future__ import annotations

import re

FRONT = 1600
"""Characters at a document's beginning that tell its title, who made it and when."""
_DOCUMENT = (
    r"(?:agreement|contract|document|report|book|novel|paper|article|letter|memo(?:randum)?|deed|lease|treaty|statement"
    r"|filing|file|text|story|essay|thesis|study|minutes|manual|poem|play|chapter|transcript|e-?mail|message|brochure)s?"
)
_THE = r"(?:(?:the|this|that|these|those|our|my|your|said|present|above)\s+)?(?:\w+\s+)?"
_MADE = (
    r"(?:written|wrote|signed|sign|dated|drafted|prepared|made|authored|published|issued|concluded|executed|entered"
    r"|drawn|created|sent|agreed)"
)
_PARTICULAR = r"(?:title|name|date|parties|authors?|writers?|publishers?|type|kind|sort|version|edition|signatories)"

_ITSELF = rf"{_THE}{_DOCUMENT}(?=\W*$|\s*[?,;.)]|\s+(?:and|or|(?:is|are|was)\s+(?:this|that|it|these))\b)"
"""This document, and not "the book named after the island"."""

_asks = re.compile(
    rf"""
      \b{_PARTICULAR}\s+(?:of|to|in|for|on)\s+{_ITSELF}                 # the date of this contract
    | \b{_DOCUMENT}(?:'s|’s)?\s+{_PARTICULAR}\b                        # agreement date, the novel's author
    | \bwho\s+(?:\w+\s+)?{_MADE}\s+(?:into\s+)?{_ITSELF}               # who wrote this novel
    | \b(?:by|between|with|from)\s+whom\s+(?:is|was|are|were)\s+{_THE}{_DOCUMENT}\b
    | \b(?:when|where)\s+(?:is|was|were|did)\s+{_THE}{_DOCUMENT}\s+(?:\w+\s+)?{_MADE}\b   # when was this letter sent
    | \b(?:what|how)\s+(?:is|are|was)\s+{_THE}{_DOCUMENT}\s+(?:called|titled|entitled|named|dated|about)\b
    | \bwhat\s+(?:is|are)\s+(?:the\s+)?(?:name|title)s?\W*$               # what is the title?
    | \bwho\s+(?:is|are|were)\s+the\s+(?:contracting\s+)?(?:parties|authors?|signatories)\W*$  # who are the parties?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def asks_of_the_document(question: str) -> bool:
    """Whether a document's own particulars are asked for."""
    return bool(_asks.search(question))
