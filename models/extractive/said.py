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


_THING = r"[\"“]?[\w'’-]+(?: [\w'’-]+){0,2}[\"”]?"
_defined = re.compile(
    rf"(?:who|what) (?:is|are|was|were) (?:an? |the )?(?P<thing>{_THING}) ?\?*$"
    rf"|what (?:does|do) (?:an? |the )?(?:(?:term|word|expression) )?(?P<word>{_THING}) (?:mean|stand for)\b"
    r"|(?:meant by|(?:definition|meaning) of|how (?:is|are)) (?:an? |the )?(?:(?:term|word|expression) )?"
    rf"(?P<term>{_THING})(?= defined|\W*$| in )",
    re.IGNORECASE,
)


def definition(question: str) -> re.Pattern[str] | None:
    """How a text says what a thing is, where no more is asked for: `Ada, the …`, `"Fee" means …`, `(the "Fee")`."""
    found = _defined.search(question)
    if not found:
        return None
    named = found["thing"] or found["word"] or found["term"]
    thing = r"\s+".join(map(re.escape, named.strip("\"“”'‘’").split()))
    marked = rf"[\"“‘']{thing}s?[,.]?[\"”’']"
    return re.compile(
        rf"\b{thing}s?(?:\s\([^()]*\))?(?:,|,? (?:is|was|are|were|meant|means)) (?:the|an?|one|our|his|her) "
        rf"|\b(?:named|called|known as) {thing}\b|^\W*{thing}\W{{1,3}}(?:noun|n|verb|v|adj)\b"
        rf"|{marked}(?:,? (?:shall |will )?(?:means?|refers? to|includes?|has the meaning|is|are)\b)"
        rf"|{marked}[^()]{{0,20}}\)",
        re.IGNORECASE,
    )


def said(question: str) -> dict[str, re.Pattern[str]]:
    """Stems of `question` that its text will hardly repeat -> how what they ask is said."""
    return {stem: said for asked, stems, said in _RULES if asked.search(question) for stem in stems}
