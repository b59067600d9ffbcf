"""Whether a question asks about a document itself: its title, its subject, who made it, for whom, when, between whom.

The answer stands where a document begins, mostly in other words than the question's ("by and between …", "By Herman
Melville"), and words alone find it nowhere. English only: other languages name documents in other ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FRONT = 3000
"""Characters at a document's beginning that tell its title, who made it and when."""
Particular = Literal["title", "subject", "date", "version", "maker", "addressee", "parties"]

_WHOLE = r"agreement|contract|document|book|novel|paper|article|lease|deed|treaty|filing|file|text|story|thesis"
_PART = (
    r"report|letter|memo(?:randum)?|statement|essay|study|minutes|manual|poem|play|chapter|transcript|e-?mail|message"
    r"|brochure|policy|notice|invoice|guide|handbook|proposal|meeting|conversation"
)
"""What may be a document, or be spoken of in another."""
_DOCUMENT = rf"(?:{_WHOLE}|{_PART})"
_MADE = (
    r"(?:written|wrote|signed|sign|dated|drafted|prepared|made|authored|published|issued|concluded|executed|entered"
    r"|drawn|created|sent|agreed|filed|released|compiled|edited|produced|held|took|approved)"
)
_KIND = r"(?:(?!who|what|which|when|first|second|third|last|next|other|previous)\w+\s+)"
_ITSELF = (
    rf"(?:(?P<this>this|that|these|those|our|my|your|said|present|above)\s+|the\s+)?{_KIND}?"
    rf"(?P<noun>{_DOCUMENT})(?=\W*$|\s*[?,;.)]|\s+(?:and|or|(?:is|are|was)\s+(?:this|that|it|these))\b)"
)
"""This document, and not "the book named after the island"."""
_ONE = rf"(?:(?P<this>this|that|our|my|your)\s+|the\s+)?{_KIND}?(?P<noun>{_DOCUMENT})"
_WORDS: dict[Particular, str] = {
    "addressee": r"addressees?|recipients?",
    "parties": r"part(?:y|ies)|signatories|contracting parties",
    "date": r"(?:effective |execution )?date",
    "version": r"version|edition|revision",
    "subject": r"subject|topic|theme|plot|gist|message|moral",
    "maker": r"authors?|writers?|publishers?|editors?|sender",
    "title": r"title|name|type|kind|sort",
}
_WORDED: dict[Particular, tuple[str, ...]] = {
    "addressee": (
        rf"\bwhom?\s+(?:is|was)\s+{_ONE}\s+(?:addressed|sent|directed|meant|for)\b",
        rf"\b(?:to|for)\s+whom\s+(?:is|was)\s+{_ONE}\b",
        rf"\bwho\s+(?:received|got)\s+{_ITSELF}",
    ),
    "parties": (
        r"\bwho\s+(?:is|are|were)\s+the\s+(?:contracting\s+)?(?:parties|signatories)(?:\s+(?:involved|here))?\W*$",
        rf"\b(?:between|with)\s+(?:whom|(?:which|what)\s+\w+)\s+(?:is|was|are|were)\s+{_ONE}\b",
        rf"\bwhom?\s+(?:is|was|are|were)\s+{_ONE}\s+between\b",
        rf"\b(?:who|(?:which|what)\s+\w+)\s+(?:\w+\s+)?(?:signed|sign|concluded|executed|entered\s+into)\s+{_ITSELF}",
        r"^\W*who\s+(?:signed|executed)\s+this\W*$",
    ),
    "date": (
        rf"\b(?:when|where|(?:on|in)\s+(?:what|which)\s+(?:date|day|month|year))\s+(?:is|was|were|did)\s+{_ONE}\s+(?:\w+\s+)?{_MADE}\b",
        rf"^\W*when\s+was\s+(?:this|it)\s+{_MADE}\W*$",
        rf"\bhow\s+(?:is|was)\s+{_ONE}\s+dated\b",
    ),
    "version": (rf"\b(?:which|what)\s+(?:version|edition|revision)\s+(?:of\s+the\s+{_DOCUMENT}\s+)?is\s+this\b",),
    "subject": (
        rf"\bwhat\s+(?:is|are|was)\s+{_ONE}\s+(?:all\s+)?about\b",
        r"^\W*what\s+is\s+(?:this|that|it)\s+(?:all\s+)?about\W*$",
        rf"\bwhat\s+does\s+{_ONE}\s+(?:deal\s+with|treat\s+of|talk\s+about)\W*$",
    ),
    "maker": (
        rf"\bwho\s+(?:\w+\s+)?{_MADE}\s+(?:into\s+)?{_ITSELF}",
        rf"^\W*who\s+{_MADE}\s+this\W*$",
        rf"\b(?:by|from)\s+whom\s+(?:is|was|are|were)\s+{_ONE}\b",
        rf"\bwho\s+(?:is|was)\s+{_ONE}\s+(?:from|by)\b",
        rf"\b(?:which|what)\s+(?:company|firm|bank|organi[sz]ation|agency)\s+{_MADE}\s+{_ITSELF}",
        rf"\b(?:which|what)\s+(?:company|firm|bank|organi[sz]ation|agency)\s+is\s+{_ONE}\s+(?:about|from|of|by)\b",
        rf"\bwhose\s+{_DOCUMENT}\s+is\s+this\b",
    ),
    "title": (
        rf"\bwhat\s+(?:is|are|was)\s+{_ONE}\s+(?:called|titled|entitled|named)\b",
        rf"\b(?:what|which)\s+{_DOCUMENT}\s+is\s+this\W*$",
        rf"^\W*what\s+is\s+this(?:\s+{_DOCUMENT})?\W*$",
    ),
}
_ASKED = (
    r"(?:^\W*|[:;(]\s*|\b(?:what|who|which|name|state|give|list|find)\s+(?:(?:is|are|was|were)\s+)?)"
    r"(?:the\s+)?(?:\w+\s+)?"
)
"""Before what is asked for: `the duties of the parties to this contract` are no parties."""
_short = re.compile(r"\b(what|who|when|where)['’]s\b", re.IGNORECASE)


def _patterns(what: Particular) -> list[re.Pattern[str]]:
    word = f"(?:{_WORDS[what]})"
    told = (
        rf"{_ASKED}{word}\s+(?:of|to|in|for|on)\s+{_ITSELF}",
        rf"\b(?P<noun>{_DOCUMENT})(?:'s|’s)?\s+{word}\b",
        rf"\b(?:what|who)\s+(?:is|are|were|was)\s+the\s+{word}s?\W*$",
    )
    return [re.compile(one, re.IGNORECASE) for one in (*_WORDED[what], *told)]


_PATTERNS = [(what, pattern) for what in _WORDS for pattern in _patterns(what)]


@dataclass(frozen=True, slots=True)
class Itself:
    """What a question asks of a document itself."""

    what: Particular
    noun: str
    """What it calls the document, lower case; empty where it does not say."""
    certain: bool
    """It speaks of this document; `the letter` may be one that a document tells of."""


def asked_of_itself(question: str) -> Itself | None:
    """What `question` asks of a document itself; None for any other question."""
    spoken = _short.sub(r"\1 is", question)
    for what, pattern in _PATTERNS:
        match = pattern.search(spoken)
        if match:
            told = match.groupdict()
            noun = (told.get("noun") or "").lower()
            certain = bool(told.get("this")) or not re.fullmatch(_PART, noun)
            return Itself(what, noun, certain)
    return None


def asks_of_the_document(question: str) -> bool:
    """Whether a document's own particulars are asked for."""
    return asked_of_itself(question) is not None
