"""What a line at a document's beginning is worth as its title, its maker, its date or its parties: 0 to 1."""

from __future__ import annotations

import re

from ...language.dates import dates
from ...language.names import names
from .fields import is_salutation

LINE = 14
"""Words of a title, or of a line that names a maker, at most."""
PREAMBLE = 0.95
"""For a sentence that says by whom this text is made, and when."""
PROSE = 8
"""Words of a sentence, from which it is no title."""
TOLD = 0.9
"""For what says what it is."""
LIKELY = 0.6
"""For what may well be it, and is called the nearest."""
FAINT = 0.3
"""For what only the lines around it tell."""
_KIND_OF_TEXT = (
    r"\b(?:agreement|contract|lease|deed|report|policy|treaty|memorandum|letter|minutes|statement|manual|act|form)\b"
)
_between = re.compile(r"\b(?:between|among|amongst)\b.+\band\b", re.IGNORECASE | re.DOTALL)
_each_a_party = re.compile(r"\b(?:each|collectively|together)\b.{0,30}[\"“'](?:party|parties)\b", re.IGNORECASE)
_signed = re.compile(r"^\W*(?:by|signed(?: by)?):?\s*/s/|^\W*signed(?: by)?:?\s+[A-Z]", re.IGNORECASE)
_made = re.compile(
    r"\b(?:made|entered|dated?|effective|as of|executed|signed|published|issued|written|revised|updated|filed|held)\b",
    re.IGNORECASE,
)
_dated = re.compile(r"\b(?:as of|dated|effective|on)\b[^.;]{0,30}\bdate\b", re.IGNORECASE)
_by = re.compile(
    r"^\W*(?i:(?:(?:\w+ )?(?:written|edited|prepared|compiled|published|translated|taken|kept) )?by)\s+(?P<who>[A-Z].*)"
)
_company = re.compile(
    r"\b(?:Inc|Corp|Corporation|Company|Co|LLC|Ltd|Limited|PLC|plc|N\.?V|S\.?A|AG|GmbH|LP)\b\.?\W*$", re.IGNORECASE
)
_registrant = re.compile(r"exact name of (?:the )?registrant", re.IGNORECASE)
_this = re.compile(r"^.{0,100}?\b(?:This|THIS) (?:[A-Z][\w&-]*,? (?:(?:and|of|for|AND|OF|FOR) )?){1,6}\(?", re.DOTALL)
_kind_of_text = re.compile(_KIND_OF_TEXT, re.IGNORECASE)
_address = re.compile(r"^\d+\s+[A-Z]|[^\W\d]\s\d{1,5}[a-z]?$|\b\d{5}\b|@|://|www\.|[,:]$")
_little = re.compile(r"\b(?:and|or|of|the|de|van|von|with)\b|&", re.IGNORECASE)


def of_parties(text: str) -> float:
    if _between.search(text) and _is_preamble(text):
        return PREAMBLE
    if _between.search(text) and _each_a_party.search(text):
        return 0.92
    if _signed.search(text):
        return LIKELY
    return 0.85 if _between.search(text) and _made.search(text) else LIKELY if _each_a_party.search(text) else 0.0


def of_a_date(text: str) -> float:
    found = dates(text)
    if not found:
        return LIKELY if _is_preamble(text) and _dated.search(text) else 0.0
    if _is_preamble(text):
        return PREAMBLE
    if _made.search(text) and (_between.search(text) or not is_prose(text)):
        return TOLD
    if len(text.split()) > LINE:
        return 0.0
    rest = text[: found[0].start] + text[found[0].end :]
    return 0.75 if not text.endswith(".") and _has_capitals(rest) else LIKELY


def _is_preamble(text: str) -> bool:
    """Whether a sentence says of this agreement, or the like, that it is made."""
    this = _this.match(text)
    return bool(this and _kind_of_text.search(this[0]) and _made.search(text, this.end(), this.end() + 120))


def of_a_maker(line: str, above: str, under: str) -> float:
    """A line with `by`, or above what says whose name it is; with less worth names alone under a title, a company."""
    if is_by(line):
        return TOLD
    if len(line.split()) > LINE:
        return 0.0
    if _registrant.search(under):
        return TOLD
    if _company.search(line) and _has_capitals(line):
        return LIKELY
    return (LIKELY if is_like_a_title(above) else FAINT) if _only_names(line) else 0.0


def of_a_title(line: str, above: str, under: str) -> float:
    """A line that says what kind of text it is, is marked as the first heading, or has its maker's name under it."""
    if above == "#":
        return TOLD
    if is_like_a_title(line):
        if is_by(under) or _kind_of_text.search(line):
            return TOLD
        return 0.55 if _is_loud(line) or len(line.split()) > 1 else FAINT
    return 0.8 if _this.search(line) and _kind_of_text.search(line) else 0.0


def is_by(line: str) -> bool:
    """Whether a line names a maker with `by`."""
    by = _by.match(line)
    return by is not None and len(line.split()) <= LINE and _has_capitals(by["who"])


def goes_on(line: str, above: str) -> bool:
    """Whether a title that stands above a maker's name goes on from the line above."""
    return is_like_a_title(above) and _is_loud(above) == _is_loud(line)


def is_prose(line: str) -> bool:
    """Whether a line begins what a document says, behind what it is called."""
    return is_salutation(line) or (len(line.split()) >= PROSE and line[-1] in '.!?”"' and not _has_capitals(line))


def is_like_a_title(line: str) -> bool:
    """A short line whose words have capitals, all but the small ones; no address."""
    short = len(re.findall(r"[^\W\d_]{2,}", line)) <= LINE and not re.search(r"\bby\b", line, re.IGNORECASE)
    return short and _has_capitals(line, least=1) and (_is_loud(line) or not _address.search(line))


def _has_capitals(text: str, least: int = 0) -> bool:
    """Whether all words of `text` but small ones have capitals."""
    long = [word for word in re.findall(r"[^\W\d_]{2,}", text) if len(word) > 3]
    return len(long) >= least and all(word[0].isupper() for word in long)


def _only_names(line: str) -> bool:
    """Whether a line holds nothing but names of two words or more."""
    found = names(f"x {line}")
    rest = line
    for name in found:
        rest = rest.replace(name.text, " ")
    return bool(found) and all(len(name.words) > 1 for name in found) and not re.search(r"\w", _little.sub(" ", rest))


def _is_loud(text: str) -> bool:
    """Whether most of its letters are capitals."""
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)
