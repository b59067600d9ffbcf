"""Lines that say what they hold: `Author: Ada`, `RE: The roof`, `Version 3.1`, and the names under a letter."""

from __future__ import annotations

import re

from ...language.frontmatter import Particular

_DONE = r"(?:written|edited|prepared|compiled|published|translated|drafted|issued|taken|kept|recorded|presented)"
_LABELS: dict[Particular, str] = {
    "title": r"title",
    "subject": r"subject|re|topic|concerning|title",
    "maker": rf"from|authors?|editors?|publisher|sender|organi[sz]ation|(?:\w+\s)?{_DONE}\s+by|by",
    "addressee": r"to|attention|attn|addressee|recipients?",
    "date": rf"date|dated|(?:effective|issue|publication)\s+date|date\s+of\s+\w+"
    rf"|(?:last\s+)?(?:updated|modified|{_DONE})",
    "version": r"version|revision|edition|release",
    "parties": r"(?:the\s+)?(?:parties|between)",
}
_labelled = {what: re.compile(rf"^[\W_]*(?:{said})\s*:(?:\s*\S|$)", re.IGNORECASE) for what, said in _LABELS.items()}
_bare = {what: re.compile(rf"^[\W_]*(?:{said})\s*:$", re.IGNORECASE) for what, said in _LABELS.items()}
_version = re.compile(
    r"^\W*(?:version|revision|edition|release|v)\.?\s*\d[\w.]*$"
    r"|\b(?:first|second|third|revised|\d+(?:st|nd|rd|th))\s+edition\b",
    re.IGNORECASE,
)
_closing = re.compile(
    r"^\W*(?:yours\s+(?:sincerely|faithfully|truly|\w+)|sincerely(?:\s+yours)?|respectfully(?:\s+yours)?"
    r"|(?:with\s+)?(?:kind|best|warm)\s+(?:regards|wishes)|regards),?\s+[A-Z]",
    re.IGNORECASE,
)
_dear = re.compile(r"^\W*dear\s+[A-Z]", re.IGNORECASE)


def field(line: str, above: str, what: Particular) -> bool:
    """Whether `line` is labelled as what is asked for, by itself or by a label alone on the line above."""
    if what == "version" and _version.search(line):
        return True
    if what == "addressee" and is_salutation(line):
        return True
    return bool(_labelled[what].match(line) and not _bare[what].match(line)) or bool(_bare[what].match(above))


def is_labelled(line: str) -> bool:
    """Whether `line` begins with any label."""
    return any(label.match(line) for label in _labelled.values())


def is_salutation(line: str) -> bool:
    """Whether a letter begins there: `Dear Ada,`."""
    return _dear.match(line) is not None


def is_signature(text: str) -> bool:
    """Whether a letter ends there, with a name."""
    return _closing.match(text) is not None
