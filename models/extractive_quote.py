"""The shortest quote of a sentence that answers a question: by the kind of answer, or what is new in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..language.answers import AnswerType, find_answers, has_form
from ..language.common import COMMON
from ..language.sentences import sentence_starts
from ..language.words import STOPWORDS, words
from .extractive_ask import Ask, akin
from .extractive_text import base_stems

_token = re.compile(r"\d+(?:[.,:]\d+)*%?|[^\W_]+(?:['’.&-][^\W_]+)*|\S")
_edge = re.compile(r"[;:—–(){}\[\]!?\"“”«»|]|--|[,.](?=\s|$)")
_label = re.compile(r"^\s*(?:\[[^\]\n]{1,20}\]\s*)?(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:\s+)?")
_shared = re.compile(r"\s*\[shares [^\]]*\]\s*$")
_unit = re.compile(
    r"[\s-]*(?:(?:square|cubic|nautical)\s)?(?:years? old|years?|months?|weeks?|days?|hours?|minutes?|seconds?|"
    r"miles?|feet|foot|inches|inch|yards?|fathoms?|leagues?|tons?|tonnes?|pounds?|ounces?|barrels?|gallons?|litres?|liters?|kilograms?|kg|"
    r"grams?|met(?:re|er)s?|kilomet(?:re|er)s?|km|cm|mm|m|knots?|degrees?|percent|cents?|dollars?|times|acres?|hectares?)\b",
    re.IGNORECASE,
)
_place_before = re.compile(
    r"\b(?:in|at|near|from|of|to|on|off|into|outside|around|between)\s+(?:the\s+)?$", re.IGNORECASE
)
_people = re.compile(r"[A-Z][a-z]+(?:an|ish|ese|ch|ic)(?:[- ][A-Z][a-z]+(?:an|ish|ese|ch|ic))?")
_noun_after = re.compile(r"[ -][a-z]{3,}")
_by_before = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    ("in", "at", "on", "by", "with", "from", "for", "to", "behind", "inside", "under", "over", "near", "about", "after")
)
LONGEST = 40
"""Words of a quote where nothing tells what part of the sentence is the answer."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    matched: bool
    """It is, or is close to, a word of the question."""
    edge: bool
    """A clause ends here."""


def quote(text: str, question: Ask) -> str:
    """Words that stand together in `text` and answer `question` as briefly as can be told."""
    line = " ".join(_shared.sub("", " ".join(text.split())).split())
    label = _label.match(line)
    body = _telling(line[label.end() :] if label else line, question)
    tokens = _tokens(body, question)
    found = None
    if question.kind == "reason":
        found = _reason(body)
    elif has_form(question.kind):
        found = _typed(body, tokens, question)
    if found is None and question.kind not in ("clause", "yes_no", "choice", "reason", "date", "list"):
        found = _new_run(body, tokens)
    return found or _whole(body, tokens)


def _telling(body: str, question: Ask) -> str:
    """The sentence of `body` that matches best; names count little, since a conversation's turns all hold them."""
    starts = sentence_starts(body)
    if len(starts) < 2:
        return body
    names = {stem for name in question.names for word in name for stem in base_stems(word)}
    sentences = [body[start:end].strip() for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]

    def worth(sentence: str) -> float:
        stems = set(base_stems(sentence))
        matched = sum(w * (0.2 if s in names else 1.0) for s, w in question.weights.items() if s in stems)
        return matched + (0.5 if find_answers(question.kind, sentence) else 0.0) - (0.5 if "?" in sentence else 0.0)

    return max(sentences, key=worth)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    found = base_stems(word)
    return found[0] if found else ""


def _tokens(body: str, question: Ask) -> list[_Token]:
    found = []
    for match in _token.finditer(body):
        stem = _stem(match[0])
        matched = bool(stem) and (stem in question.weights or any(akin(stem, own) for own in question.weights))
        edge = _edge.match(body, match.start()) is not None
        found.append(_Token(match.start(), match.end(), match[0], matched, edge))
    return found


def _typed(body: str, tokens: list[_Token], question: Ask) -> str | None:
    """The answer of the asked kind that stands closest to the words of the question."""
    asked = " ".join(words(question.text))
    best: tuple[float, int, int] | None = None
    for start, end in find_answers(question.kind, body):
        plain = words(body[start:end])
        if not plain or " ".join(plain) in asked or all(word in asked.split() for word in plain):
            continue
        if not _of_origin(question) and _people.fullmatch(body, start, end) and _noun_after.match(body, end):
            continue
        score = _closeness(tokens, start, end) + _fit(body, start, end, question.kind) + _lived(body, start, question)
        if best is None or score > best[0] + 1e-9:
            best = (score, start, end)
    if best is None:
        return None
    _, start, end = best
    if question.kind == "number":
        unit = _unit.match(body, end)
        end = unit.end() if unit else end
    return body[start:end].strip(" ,;:")


def _of_origin(question: Ask) -> bool:
    """The question asks for a country or people, so that `Danish` may answer it."""
    return bool(question.weights.keys() & {"nation", "countri", "citizenship", "languag"})


def _closeness(tokens: list[_Token], start: int, end: int) -> float:
    """The nearer the matched words, the more; a clause's end between counts as a few words more."""
    total = 0.0
    for token in tokens:
        if token.matched and not start <= token.start < end:
            between = [t for t in tokens if min(end, token.end) <= t.start < max(start, token.start)]
            total += 1 / (2 + len(between) + 3 * sum(t.edge for t in between))
    return total


def _fit(body: str, start: int, end: int, kind: AnswerType) -> float:
    """What the words around an answer say for its being of the kind."""
    before = body[max(0, start - 24) : start]
    if kind == "number" and body[start:end].lower() in ("one", "two", "a thousand", "a hundred", "thousand"):
        return -0.3
    if kind == "number" and re.match(r"[\s-]years?[\s-]old\b", body[end:]):
        return 0.2
    if kind == "place" and _place_before.search(before):
        return 0.4
    if kind == "person" and _by_before.search(before):
        return 0.15
    if kind == "name" and re.search(r"\b(?:called|named|titled|entitled|name is|name of)\W{1,3}$", before):
        return 0.5
    return 0.0


def _lived(body: str, start: int, question: Ask) -> float:
    """Of the two dates of a life (`March 9, 1917 – November 25, 2000`), the one that is asked for."""
    if question.kind != "date":
        return 0.0
    second = re.search(r"\d{4}[^()]{0,30}[–—-]\s*$", body[:start]) is not None
    if question.weights.keys() & {"die", "death"}:
        return 0.6 if second else 0.0
    return 0.6 if question.weights.keys() & {"bear", "birth"} and "(" in body[:start] and not second else 0.0


def _reason(body: str) -> str | None:
    """From the word that gives a reason to the end of its clause."""
    strong = re.compile(
        r"\b(?:because|due to|owing to|on account of|in order to|so that|for fear|lest|thanks to|so as to|since)\b",
        re.IGNORECASE,
    )
    match = strong.search(body)
    if not match:
        return None
    end = re.compile(r"[;:.!?](?=\s|$)|—").search(body, match.end())
    return _cut(body[match.start() : end.start() if end else len(body)])


def _new_run(body: str, tokens: list[_Token]) -> str | None:
    """The run of words that the question lacks, next to words that it has: what is left is what was asked for."""
    best: tuple[float, int, int] | None = None
    for first, last in _runs(tokens):
        while first < last and not _content(tokens[first]) and tokens[first].text.lower() not in _PREPOSITIONS:
            first += 1
        while first < last and not _content(tokens[last - 1]):
            last -= 1
        said = sum(_content(token) for token in tokens[first:last])
        plain = all(token.text.lower() in COMMON for token in tokens[first:last])
        if not said or (plain and said < 3) or not any(t.matched for t in tokens):
            continue
        behind = first > 0 and any(t.matched for t in tokens[max(0, first - 4) : first])
        near = _closeness(tokens, tokens[first].start, tokens[last - 1].end)
        score = near * min(said, 4) ** 0.5 * (1.5 if behind else 1.0)
        if best is None or score > best[0] + 1e-9:
            best = (score, tokens[first].start, tokens[last - 1].end)
    return _cut(body[best[1] : best[2]]) if best else None


def _runs(tokens: list[_Token]) -> list[tuple[int, int]]:
    """Stretches of tokens without a matched word or the end of a clause."""
    found = []
    start = 0
    for at, token in enumerate([*tokens, None]):
        if token is None or token.matched or token.edge:
            if at > start:
                found.append((start, at))
            start = at + 1
    return found


def _content(token: _Token) -> bool:
    low = token.text.lower()
    plain = low in STOPWORDS or low.endswith("ly") or (low in COMMON and len(low) < 4)
    return token.text[0].isalnum() and not plain


def _whole(body: str, tokens: list[_Token]) -> str:
    """The sentence, or of a long one the clauses from the first matched word on."""
    if len(tokens) <= LONGEST:
        return body.strip()
    matched = [at for at, token in enumerate(tokens) if token.matched]
    first = matched[0] if matched else 0
    while first > 0 and not tokens[first - 1].edge:
        first -= 1
    return _cut(body[tokens[first].start :])


def _cut(text: str) -> str:
    """At most `LONGEST` words of `text`, cut behind a clause where one ends late enough."""
    tokens = list(_token.finditer(text))
    if len(tokens) <= LONGEST:
        return text.strip(" ,;:")
    ends = [
        m.start() for m in _edge.finditer(text) if tokens[LONGEST // 2].end() <= m.start() <= tokens[LONGEST].start()
    ]
    return text[: ends[-1] if ends else tokens[LONGEST].start()].strip(" ,;:")
