"""Questions about a document itself, answered by rules from what it begins with: title, kind, date, maker, parties.

Their words seldom stand in the answer: `by and between`, `By Herman Melville`, a line in capitals. English only.
"""

from __future__ import annotations

import re

from ..language.dates import dates
from ..language.frontmatter import asks_of_the_document
from .extractive_hit import Hit
from .extractive_page import Page

LEAST = 0.55
"""Worth under which a unit tells nothing of its document."""
ELSEWHERE = {"parties": 0.6, "date": 0.6}
"""What a unit is worth that does not stand where a document begins: a preamble may follow a table of contents."""
LINE = 14
"""Words of a title, or of a line that names a maker, at most."""
_KINDS = {
    "parties": r"\bparties\b|\bsignator|\bbetween whom\b|\bwho\b.*\b(?:sign|signed|concluded|executed|entered)\b",
    "date": r"\bwhen\b|\bdated?\b",
    "maker": r"\bwho\b|\bwhom\b|\bauthors?\b|\bwriters?\b|\bpublishers?\b",
}
_between = re.compile(r"\b(?:between|among|amongst)\b.+\band\b", re.IGNORECASE | re.DOTALL)
_each_a_party = re.compile(r"\b(?:each|collectively|together)\b.{0,30}[\"“'](?:party|parties)\b", re.IGNORECASE)
_signed = re.compile(r"^\W*(?:by|signed(?: by)?):?\s*/s/|^\W*signed(?: by)?:?\s+[A-Z]", re.IGNORECASE)
_made = re.compile(
    r"\b(?:made|entered|dated?|effective|as of|executed|signed|published|issued|written|revised|updated)\b",
    re.IGNORECASE,
)
_by = re.compile(
    r"^\W*(?i:(?:(?:written|edited|prepared|compiled|published|translated) )?(?:by|from|author)\b):?\s+[A-Z]"
)
_labelled = re.compile(r"^\W*(?:title|subject|re)\s*:\s*\S", re.IGNORECASE)
_this = re.compile(r"\bThis (?:[A-Z][\w&-]*,? (?:and |of |for )?){1,6}\(?")
_kind_of_text = re.compile(
    r"\b(?:agreement|contract|lease|deed|report|policy|treaty|memorandum|letter|minutes|statement|manual|act|form)\b",
    re.IGNORECASE,
)


def front(page: Page, question: str) -> list[Hit]:
    """The units that tell what `question` asks of the document itself, best first; none for any other question."""
    if not asks_of_the_document(question):
        return []
    what = next((kind for kind, asked in _KINDS.items() if re.search(asked, question, re.IGNORECASE)), "title")
    hits = [
        Hit(at, worth * (1.0 if page.begins[at] else ELSEWHERE.get(what, 0.0)), leans)
        for at in range(len(page))
        for worth, leans in [_worth(page, at, what)]
    ]
    return sorted((hit for hit in hits if hit.score >= LEAST), key=lambda hit: (-hit.score, hit.at))


def _worth(page: Page, at: int, what: str) -> tuple[float, bool]:
    """What a unit is worth, and whether the line above belongs to it."""
    text = page.units[at].text
    match what:
        case "parties":
            return _of_parties(text), False
        case "date":
            return _of_a_date(text), False
        case "maker":
            return 0.9 if _by.search(text) and len(text.split()) <= LINE else 0.0, False
    return _of_a_title(text, *(page.units[near].text if page.same_part(at, near) else "" for near in (at - 1, at + 1)))


def _of_parties(text: str) -> float:
    if _between.search(text) and _each_a_party.search(text):
        return 0.95
    if _signed.search(text):
        return 0.6
    return 0.85 if _between.search(text) and _made.search(text) else 0.6 if _each_a_party.search(text) else 0.0


def _of_a_date(text: str) -> float:
    if not dates(text):
        return 0.0
    return 0.9 if _made.search(text) else 0.6 if len(text.split()) <= LINE else 0.0


def _of_a_title(text: str, above: str, under: str) -> tuple[float, bool]:
    """A labelled title; a line like one that says what kind of text it is, or has its maker's name under it."""
    if _labelled.search(text):
        return 0.95, False
    if _like_a_title(text):
        if _by.search(under):
            return 0.9, _like_a_title(above) and _is_loud(above) == _is_loud(text)
        return 0.9 if _kind_of_text.search(text) else 0.55, False
    return 0.8 if _this.search(text) and _kind_of_text.search(text) else 0.0, False


def _is_loud(text: str) -> bool:
    """Whether most of its letters are capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _like_a_title(text: str) -> bool:
    """A short line whose words have capitals, all but the small ones."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    long = [word for word in words if len(word) > 3]
    capitals = bool(long) and all(word[0].isupper() for word in long)
    return capitals and len(words) <= LINE and not re.search(r"\bby\b", text, re.IGNORECASE)
