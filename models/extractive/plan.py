"""What must be known to answer a question, told by its grammar: its joined parts, or the sides it compares."""

from __future__ import annotations

import re

from ...language.common import COMMON
from ...language.names import names
from ...language.words import words
from ...prompts import MOST_NEEDS

_ASKING = r"(?:who(?:m|se)?|what|which|when|where|why|how)"
_joint = re.compile(
    rf"\s*[,;]\s*(?:and|or|but)\s+(?=(?:(?:in|of|by|at|for|on|to|from|with)\s+)?{_ASKING}\b)"
    rf"|\s+and\s+(?=(?:(?:in|of|by|at|for|on|to|from|with)\s+)?(?:what|when|where|why|how|who)\b)"
    rf"|\s*[,;]\s*(?=(?:of|in|at|by|for|from)\s+(?:what|which|whom)\b)"
    rf"|(?<=[.?!])\s+(?=(?:and\s+)?{_ASKING}\b)",
    re.IGNORECASE,
)
_sides = re.compile(
    r"^(?P<asked>(?:which|who|what|whose)\b[^?]*?),\s*(?:the\s+)?(?P<one>[^,?]+?),?\s+or\s+(?P<other>[^,?]+?)\s*\?*$"
    r"|^(?P<verb>is|are|was|were|did|do|does)\s+(?:both\s+)?(?P<one2>[A-Z][^,?]*?)\s+(?:or|and)\s+(?P<other2>[A-Z][^,?]*?),?"
    r"\s+(?P<rest>(?:both\s+)?(?:[a-z][^?]*))\?*$",
)
_refers = re.compile(r"\b(?:he|she|it|they|him|her|his|its|their|them|that|this|those|these|there|then|each)\b", re.I)


def needs_of(question: str) -> list[str]:
    """One to four needs, each with the question's own words; a plain question needs only itself."""
    whole = " ".join(question.split())
    compared = _compared(whole)
    if compared:
        return compared
    parts = [part.strip(" ,;") for part in _joint.split(whole) if part.strip(" ,;?")]
    if not 2 <= len(parts) <= MOST_NEEDS or any(len(words(part)) < 3 for part in parts):
        return [whole]
    return [_standing_alone(part, at, parts) for at, part in enumerate(parts)]


def _compared(whole: str) -> list[str]:
    """A need for either side of `which ..., A or B?` and of `are A and B ...?`; empty where nothing is compared."""
    match = _sides.match(whole[:1].lower() + whole[1:])
    if not match:
        return []
    if match["asked"]:
        asked, sides = match["asked"], (match["one"], match["other"])
        return [f"{asked[:1].upper()}{asked[1:]}: {side.strip()}?" for side in sides]
    sides = (match["one2"], match["other2"])
    if not all(names(f"x {side}") for side in sides):
        return []
    return [f"{match['verb'].capitalize()} {side.strip()} {match['rest'].strip()}?" for side in sides]


def _standing_alone(part: str, at: int, parts: list[str]) -> str:
    """`part` as a question; where it refers to another part or says little by itself, with that part in parentheses."""
    asked = part.rstrip("?")
    telling = [word for word in words(part) if word not in COMMON]
    if at and (_refers.search(part) or not telling):
        asked += f" ({parts[0].rstrip('?')})"
    return asked[:1].upper() + asked[1:] + "?"
