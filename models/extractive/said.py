"""How texts say what some questions ask: `Where does he come from?` is answered by `a native of Cod Bay`."""

from __future__ import annotations

import re

from ...language.colours import COLOURS

_MATERIALS = (
    "wooden|ivory|golden|leather|stone|iron|bone|brass|bronze|steel|silver|glass|silk|wool|woollen|cotton|linen|oaken|"
    "oak|marble|concrete|brick|clay|paper|plastic|copper|tin|leaden|pewter|velvet|straw|canvas"
)
_LENGTHS = r"(?:feet|foot|inch(?:es)?|yards?|fathoms?|miles?|met(?:re|er)s?|km|cm|mm)"
_SAID: tuple[tuple[str, str, str], ...] = (
    # asked, the stems that this stands for, how it is said
    (
        r"\b(?:come|comes|came|hail|hails|hailed|originate|originates|originated)\s+from\b",
        "come hail origin",
        r"\bnative of\b|\bborn (?:in|at|near)\b"
        r"|\b(?:[Cc]ame|[Cc]omes|[Hh]ail(?:s|ed|ing)|[Oo]riginally) from (?:the )?[A-Z]",
    ),
    (
        r"\bwhat\b.*\bmade\b|\bmade\s+(?:out\s+)?(?:of|from)\b|\bwhat material\b",
        "make materi",
        r"\b(?:made|fashioned|built|carved|wrought|composed|constructed|framed|hewn|shaped|cast|woven)\b(?:\W+\w+){0,2}?\W+"
        rf"(?:of|from)\b|\b(?:{_MATERIALS})\b",
    ),
    (r"\b(?:what|which)\b.*\bcolou?rs?\b", "color colour", rf"(?i:{COLOURS})"),
    (
        r"\bhow old\b|\bwhat age\b",
        "old age",
        r"\byears?[\s-](?:old|of age)\b|\byears?-old\b|\baged\b|\bage of\b|\bturned \d\d\b|\bborn\b",
    ),
    (
        r"\bhow (?:tall|deep|wide|broad)\b",
        "tall deep wide broad",
        rf"\b{_LENGTHS}\b",
    ),
    (
        r"\bhow (?:high|low|large|big)\b",
        "high low larg big",
        rf"\b{_LENGTHS}\b|\d\s?%|\bper\s?cent\b|[$€£¥]\s?\d|\b(?:USD|EUR|GBP|CHF)\b"
        r"|\d (?:dollars|euros|pounds|francs)\b",
    ),
    (
        r"\bhow long (?:is|was|are|were)\b",
        "long",
        rf"\b(?:{_LENGTHS}|(?:second|minute|hour|day|week|month|year|decade)s?)\b",
    ),
    (
        r"\b(?:turned|made|converted|changed|transformed)\s+into\b",
        "turn make convert chang transform",
        r"\b(?:turn|convert|chang|transform|mak|mad)\w*\b(?:\W+\w+){0,5}?\W+into\b|\bbec[oa]m\w+ an?\b",
    ),
)
_RULES = [
    (re.compile(asked, re.IGNORECASE), frozenset(stems.split()), re.compile(said)) for asked, stems, said in _SAID
]


def said(question: str) -> dict[str, re.Pattern[str]]:
    """Stems of `question` that its text will hardly repeat -> how what they ask is said."""
    return {stem: said for asked, stems, said in _RULES if asked.search(question) for stem in stems}
