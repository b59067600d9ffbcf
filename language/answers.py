"""What kind of answer a question asks for, and where a text holds something of that kind.

Rules of English; other languages have fewer (`asked`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from .asked import find_kind, kind_of
from .colours import colours
from .dates import MONTHS, dates
from .names import names
from .numerals import numerals
from .times import times

AnswerType = Literal[
    "person",
    "place",
    "date",
    "duration",
    "money",
    "percent",
    "number",
    "colour",
    "reason",
    "manner",
    "choice",
    "yes_no",
    "quote",
    "name",
    "clause",
    "definition",
    "list",
    "any",
]
Place = tuple[int, int]
"""Start and end of an answer within a text."""

_COUNTED = r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries|century|fortnights?|nights?)"
_COINS = (
    r"(?:dollars?|cents?|euros?|pounds?|shillings?|pence|crowns?|francs?|guineas?|ducats?|yen|yuan|rupees?|rou?bles?)"
)
_NOUNS: dict[AnswerType, str] = {
    "percent": r"percent(?:age)?|per cent|proportion|(?:tax|interest|growth) rate",
    "money": r"price|cost|fee|fees|salary|wage|revenue|income|profit|earnings|dividends?|debt|turnover|net sales|amount"
    r"|expenditures?|expenses?|net worth",
    "date": r"date|day|year|month|century|decade|season|birthday",
    "duration": r"duration|length of time",
    "number": r"number|quantity|population|age|height|length|weight|size|distance|ratio|score|capacity|depth|width",
    "person": r"person|man|woman|boy|girl|author|director|president|king|queen|captain|actor|actress|singer|player|"
    r"wife|husband|father|mother|son|daughter|brother|sister|founder|owner|surgeon|spouse|child|inventor|writer|composer|"
    r"leader|ceo|grandfather|grandmother|performer|artist|musician|politician|surname|(?:first|given|last) name",
    "place": r"city|country|state|place|town|village|county|island|river|location|region|port|street|continent|"
    r"nationality|province|district|birthplace|hometown|hotel|inn|stadium|university|college|school",
    "reason": r"reason|cause|purpose|motive",
    "quote": r"words|motto|slogan|phrase|inscription|saying",
    "name": r"name|title|book|novel|film|movie|song|album|ship|band|company|team|series|show|episode|brand|newspaper|"
    r"magazine|medal|award|party|organi[sz]ation|league|station|opera|play|poem|language|religion",
    "clause": r"text|clause|part|provision|section|passage",
}  # fmt: skip
_NAMED: list[tuple[AnswerType, re.Pattern[str]]] = [
    (
        kind,
        re.compile(
            rf"(?:what|which)(?:\s+(?:is|was|are|were))?(?:\s+(?:[\w'’.-]+)){{0,3}}?\s+(?:{nouns})\b(?!\s+of\s+(?:the\s+)?name)"
            r"(?!['’]s)(?!(?:\s+(?!of\b|in\b|on\b|at\b|for\b|from\b|to\b|is\b|was\b|did\b|does\b|do\b)[\w.-]+){1,3}['’]s?\s)"
        ),
    )
    for kind, nouns in _NOUNS.items()
]
_WORDED: tuple[tuple[AnswerType, str], ...] = (
    ("any", r"what (?:is|was|are|were) .*\bmade\b(?! by)"),
    ("colour", r"(?:what|which) (?:(?:is|was|are|were) the )?(?:\w+ )?colou?rs?\b"),
    (
        "definition",
        r"what (?:does|do|did) .*\b(?:mean|stand for)\b"
        r"|what (?:is|are|was|were) (?:meant by|the (?:definition|meaning) of)\b"
        r"|how (?:is|are|was|were|does|do) .*\bdefined?\b",
    ),
    ("definition", r"who (?:is|was|are|were) (?!the\b|an?\b|his\b|her\b|their\b)[\w.-]+(?: [\w.-]+){0,2}\?*$"),
    ("person", r"who(?:m|se)?\b"),
    ("place", r"where\b|whence\b"),
    ("date", r"when\b|how long ago\b"),
    ("duration", rf"how long\b|how much time\b|how many (?:\w+ )?{_COUNTED}\b"),
    ("money", rf"how much (?:money\b|.*\b(?:pay|paid|cost|spend|spent|earn|worth)\b)|how many {_COINS}\b"),
    ("percent", r"how (?:many|much) per ?cent"),
    ("number", r"how (?:many|much|old|tall|high|deep|wide|far|heavy|large|big|fast|often)\b"),
    ("reason", r"why\b|what (?:caused|made|led|motivated|inspired|drove)\b|how come\b"),
    ("manner", r"how\b"),
    ("name", r"what (?:is|was|are|were|did) .*\b(?:called|named|titled|entitled)\b"),
)
_RULES = [(kind, re.compile(rule)) for kind, rule in _WORDED]
_sum = re.compile(rf"\b(?:{_NOUNS['money']})\b")
_role = re.compile(rf"(?:{_NOUNS['person']}|chairman|officer|chief|executive|secretary|treasurer|manager|partner)s?")
_fiscal = re.compile(r"\bfy\s?'?\d{2}(?:\d{2})?\b|\b(?:19|20)\d\d\b")
_definition = re.compile(r"what (?:is|are|was|were) (?:an? |the )?[\"“]?[\w'’ -]{1,40}[\"”]?\?*$")
_interrogative = re.compile(r"\b(?:who(?:m|se)?|what|which|when|where|whence|why|how)\b")
_opening = re.compile(r"(?:[a-z]+ ){0,2}?(?=(?:who(?:m|se)?|what|which|when|where|whence|why|how)\b)")
_auxiliary = re.compile(r"(?:is|are|was|were|am|did|does|do|has|have|had|can|could|will|would|should|may|must)\b")
_compared = re.compile(
    r"\b(?:first|earlier|later|last|older|oldest|younger|youngest|more|larger|bigger|longer|higher)\b"
)
_lead_in = re.compile(r"(?:according to|in|on|at|by|from|for|after|before|during|to|of|with|besides)\b[^?]*?,\s*")
_money = re.compile(
    r"(?:US\s?)?[$€£¥]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|bn|mn|m|k)\b)?"
    rf"|\b(?:USD|EUR|GBP|CHF)\s?\d[\d,.]*|\b(?:\d[\d,.]{{0,40}}|[\w-]{{1,40}})\s(?:{_COINS}|USD|EUR|GBP)\b",
    re.IGNORECASE,
)  # fmt: skip
_duration = re.compile(
    r"(?P<about>(?:about|nearly|over|almost|around|at least|up to|within)\s)?"
    rf"\b(?:\d[\d,.]{{0,40}}|half an?|[a-z-]{{1,40}}(?:\s\(\d+\))?)\s(?:\w+\s)?{_COUNTED}(?:\sago)?\b",
    re.IGNORECASE,
)
_counts = re.compile(r"\d|\b(?:an?|half|few|several|many|some|couple|dozens?|hundreds?)\b", re.IGNORECASE)
_some = re.compile(r"half|few|several|many|some\b", re.IGNORECASE)
_reason = re.compile(
    r"\b(?:because(?: of)?|since|as|so that|in order to|due to|owing to|on account of|for fear|fearful|caused by|"
    r"thanks to|therefore|for the sake of|lest|result of|reason|so as to|so)\b",
    re.IGNORECASE,
)
_spoken = re.compile(r"[\"“«「]([^\"”»」]{3,})[\"”»」]|[‘]([^’]{3,}(?:’\w[^’]*)*)’|(?<!\w)'(?=\w)([^'\n]{3,}?)'(?!\w)")


def answer_type(question: str, language: str = "en") -> AnswerType:
    """The kind of answer that `question` asks for; `any` where its words do not tell."""
    if language != "en":
        return kind_of(question, language)
    asked = _asked(question)
    if " or " in asked and (_compared.search(asked) or re.match(r"(?:which|who)\b[^?]*,[^?]* or ", asked)):
        return "choice"
    if _auxiliary.match(asked):
        return "yes_no"
    tail = asked[_where_asked(asked) :]
    for kind, rule in _RULES:
        if rule.match(tail):
            return kind
    if _fiscal.search(asked) and not _interrogative.search(asked) and _sum.search(asked):
        return "money"
    named = [(match.end(), kind) for kind, rule in _NAMED if (match := rule.match(tail))]
    if named:
        return min(named)[1]
    return "definition" if _definition.match(tail) else "any"


def _asked(question: str) -> str:
    """The sentence of `question` that asks, lower case, without what leads in to it."""
    whole = " ".join(question.lower().split())
    sentences = [s for s in re.split(r"(?<=[.?!])\s+", whole) if "?" in s] or [whole]
    asked = sentences[0].strip()
    lead = _lead_in.match(asked)
    if lead and _interrogative.search(lead[0]):
        return asked
    rest = asked[lead.end() :] if lead else ""
    return rest if _opening.match(rest) else asked


def _where_asked(asked: str) -> int:
    """Where the word stands that asks: at the start, behind a colon or comma, or else the last `what` or `which`."""
    opening = _opening.match(asked)
    if opening:
        return opening.end()
    after = re.search(
        r"[:,;]\s+(?:and\s+)?(?:in |of |by |on )?(?=(?:what|which|how|who|when|where|why)\b[^,]*\?)", asked
    )
    if after:
        return after.end()
    found = list(_interrogative.finditer(asked))
    telling = [m for m in found if m[0] in ("what", "which", "whom")] or found
    return telling[-1].start() if telling else 0


def is_role(word: str) -> bool:
    """Whether `word`, in lower case, says what somebody is and not who: `director`, `mother`."""
    return _role.fullmatch(word) is not None


def amounts_in(question: str) -> list[str]:
    """The words of `question` that name a sum: `revenue`, `fees`."""
    return _sum.findall(question.lower())


def find_answers(kind: AnswerType, text: str, language: str = "en") -> list[Place]:
    """The places of `text` that could be an answer of `kind`, in order; none for kinds without a form of their own."""
    if language != "en":
        return sorted(set(find_kind(kind, text, language)))
    finder = _FINDERS.get(kind)
    return sorted(set(finder(text))) if finder else []


def has_form(kind: AnswerType) -> bool:
    """Whether answers of `kind` can be told by their form."""
    return kind in _FINDERS


def _find_numbers(text: str) -> list[Place]:
    dated = [(m.start, m.end) for m in dates(text)]
    return [
        (n.start, n.end)
        for n in numerals(text)
        if not any(s < n.end and n.start < e for s, e in dated) and not (n.in_words and n.ordinal and n.value < 3)
    ]


def _find_percent(text: str) -> list[Place]:
    return [(n.start, n.end) for n in numerals(text) if n.unit == "%"]


def _find_durations(text: str) -> list[Place]:
    return [(_where_counted(m), m.end()) for m in _duration.finditer(text) if _counts.search(m[0]) or numerals(m[0])]


def _where_counted(found: re.Match[str]) -> int:
    """Where a duration begins: a word before its number is no part of it, as in `home two days`."""
    number = next(iter(numerals(found[0])), None)
    if number is None or found["about"] or _some.match(found[0]):
        return found.start()
    return found.start() + number.start


def _find_money(text: str) -> list[Place]:
    return [
        (m.start(), m.end())
        for m in _money.finditer(text)
        if re.search(r"\d", m[0]) or numerals(m[0]) or re.match(r"an?\s", m[0], re.IGNORECASE)
    ]


def _find_names(text: str) -> list[Place]:
    months = {m.title() for m in MONTHS}
    return [(n.start, n.end) for n in names(text) if n.text not in months]


def _find_spoken(text: str) -> list[Place]:
    return [(m.start(m.lastindex or 0), m.end(m.lastindex or 0)) for m in _spoken.finditer(text)]


def _find_titles(text: str) -> list[Place]:
    return _find_names(text) + _find_spoken(text)


def _find_reasons(text: str) -> list[Place]:
    return [(m.start(), m.end()) for m in _reason.finditer(text)]


_FINDERS: dict[AnswerType, Callable[[str], list[Place]]] = {
    "date": times,
    "duration": _find_durations,
    "money": _find_money,
    "percent": _find_percent,
    "colour": colours,
    "number": _find_numbers,
    "person": _find_names,
    "place": _find_names,
    "name": _find_titles,
    "quote": _find_spoken,
    "reason": _find_reasons,
}
