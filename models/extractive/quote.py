"""What of a unit is quoted: the few words that are certainly the answer, else whole sentences."""

from __future__ import annotations

import re

from ...language.answers import find_answers
from ...language.sentences import sentence_starts
from .ask import Ask
from .cut import WHOLE, finished, shortened, size
from .span import span
from .text import base_stems
from .tokens import Token, cover, tokens

_part = re.compile(r"^\W*(?:chapter|part|book|volume|act|scene)\s+[\dIVXLC]+\s*(?:[.:—–-]|$)", re.IGNORECASE)
_lead = re.compile(
    r"^(?:#+\s|(?:section|article|item|note|exhibit|schedule)\s+)?(?:(?:\d+[A-Z]?|[IVXLC]+)(?:\.\d+)*[.):\s—–-]+)?",
    re.IGNORECASE,
)
_columns = re.compile(r"(?:[A-Z][^.!?]*?)?(?:\s*\b(?:19|20)\d\d\b){2,}\W*")
"""What stands above a table: its name, and years."""
_sheet = re.compile(r"(?<=[^\W\d])\s+\d{1,3}$")
"""The page of a heading, as a table of contents names it."""
_aside = re.compile(r"\s\([^()]*\)$")
_label = re.compile(r"\b[A-Z]{1,2}-?\d{1,3}\b")
"""`EXHIBIT F-3`."""
_brackets = re.compile(r"\([^()]*\)")
_because = re.compile(
    r"\b(?:because|due to|owing to|on account of|for fear|lest|thanks to)\b",
    re.IGNORECASE,
)
_clause_end = re.compile(r"[;:.!?](?=\s|$)|—")
NEAR = 15
"""Words."""
LEAST_CAUSED = 0.7
"""Share of the question that must stand before the word that gives the reason."""
TOGETHER = 35
"""Words of several sentences that are quoted together."""
HEADING = 12
"""Words of a heading at most, of a numbered chapter's twice as many."""


def certain(body: str, question: Ask) -> str | None:
    """The few words of `body` that are the answer to `question`; None where that cannot be told: in English only."""
    if question.language != "en":
        return None
    body = _sentences(body, question)[1]
    line = tokens(body, question)
    return _reason(body, line, question) if question.kind == "reason" else span(body, line, question)


def quote(body: str, question: Ask, *, spoken: bool = False) -> str:
    """What is quoted of `body` where no few words are certain: whole sentences, or clauses of a very long one."""
    if size(body) <= TOGETHER:
        return finished(body, spoken=spoken)
    if question.term and question.term.said.search(body):
        # The word itself may stand there as a sentence of its own.
        return finished(body if size(body) <= 2 * WHOLE else shortened(body, question), spoken=spoken)
    before, best, after = _sentences(body, question)
    if size(best) > WHOLE:
        return finished(shortened(best, question), spoken=spoken)
    joined = f"{before} {best} {after}".strip()
    for wider in (joined, f"{before} {best}".strip(), f"{best} {after}".strip()):
        if size(wider) <= TOGETHER:
            return finished(wider, spoken=spoken)
    return finished(best, spoken=spoken)


def says_more(body: str, question: Ask) -> bool:
    """Whether `body` says something that the question does not, in more than a title's few words."""
    if is_heading(body):
        return False
    line = tokens(body, question)
    new = [token for token in line if token.says_something and not token.matched]
    return len(new) >= 2 or any(token.text[0].isdigit() for token in new)


def is_heading(body: str) -> bool:
    """Whether a line is but the heading of something: a chapter's, or few words that all have capitals."""
    if body.startswith("#") or _columns.fullmatch(body) or (_part.match(body) and size(body) <= 2 * HEADING):
        return True
    if _capitals(body):
        return True
    named = _sheet.sub("", _aside.sub("", _lead.sub("", body)))
    told = [word.strip("_*“”\"'‘’().,;:") for word in named.split()]
    told = [word for word in told if len(word) > 3]
    if size(body) > HEADING or any(map(str.isdigit, named)):
        return False
    return bool(told) and all(word[0].isupper() for word in told)


def _capitals(body: str) -> bool:
    """Whether a line is all capitals but for what stands in brackets, and no sentence ends there."""
    own = _label.sub(" ", _brackets.sub(" ", body)).strip()
    words = own.isupper() and not any(map(str.isdigit, own)) and HEADING // 4 <= size(own) <= 2 * HEADING
    return words and own[-1] not in ".!?;:,"


def together(body: str, question: Ask) -> float:
    """How much of what `body` holds of the question stands within `NEAR` words: 0 to 1."""
    line = [token for token in tokens(body, question) if token.text[0].isalnum()]
    whole = cover(line, question)
    near = max((cover(line[at : at + NEAR], question) for at, token in enumerate(line) if token.matched), default=0.0)
    return near / whole if whole else 0.0


def _sentences(body: str, question: Ask) -> tuple[str, str, str]:
    """The sentence of `body` that matches best, and the ones before and behind it.

    Names count little: in a conversation all turns hold them.
    """
    starts = sentence_starts(body, language=question.language)
    if len(starts) < 2:
        return "", body, ""
    names = {stem for name in question.names for word in name for stem in base_stems(word, question.language)}
    sentences = [body[start:end].strip() for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]

    def worth(at: int) -> float:
        stems = set(base_stems(sentences[at], question.language))
        matched = sum(w * (0.2 if s in names else 1.0) for s, w in question.weights.items() if s in stems)
        asks = 0.5 if re.search("[?？؟]", sentences[at]) else 0.0
        return matched + (0.5 if find_answers(question.kind, sentences[at], question.language) else 0.0) - asks

    best = max(range(len(sentences)), key=lambda at: (worth(at), -at))
    return " ".join(sentences[max(0, best - 1) : best]), sentences[best], " ".join(sentences[best + 1 : best + 2])


def _reason(body: str, line: list[Token], question: Ask) -> str | None:
    """From the word that gives a reason to the end of its clause."""
    match = _because.search(body)
    if not match or cover([token for token in line if token.end <= match.start()], question) < LEAST_CAUSED:
        return None
    end = _clause_end.search(body, match.end())
    told = body[match.start() : end.start() if end else len(body)].strip(" ,;:—–")
    return told if size(told) <= WHOLE else None
