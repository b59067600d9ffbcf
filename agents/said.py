"""Where given words stand in a text: found by code, all of them, and without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core.types import Note, Span
from .desk import Desk

_quoted = re.compile(r"\s*[\"“„«](?P<words>[^\"“”„«»]+)[\"”“»]\s*")


def quoted(what: str) -> str | None:
    """The words of a `what` that is nothing but words in quotation marks; None for any other."""
    match = _quoted.fullmatch(what)
    return match["words"].strip() or None if match else None


def is_word(what: str) -> bool:
    """Whether `what` is a single word."""
    return re.fullmatch(r"\s*[^\W_]+(?:['’-][^\W_]+)*\s*", what) is not None


def occurrences(desk: Desk, spans: Iterable[Span], words: str) -> tuple[Note, ...]:
    """The sentences of `spans` in which `words` stand, as notes without doubt.

    Capitals, the kind of apostrophes and of white space, and line ends do not matter; the ends of words do.
    """
    pattern = _pattern(words)
    notes: dict[Span, Note] = {}
    for span in spans:
        sentences = iter(desk.books[span.document].sentences_in(span))
        sentence = next(sentences, None)
        for match in pattern.finditer(desk.text(span)):
            start, end = span.start + match.start(), span.start + match.end()
            while sentence and sentence.end <= start:
                sentence = next(sentences, None)
            place = Span(span.document, min(start, sentence.start), max(end, sentence.end)) if sentence else None
            if place:
                notes.setdefault(place, Note(place, "", 1, 1.0))
    return tuple(notes.values())


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part).replace("'", "['’]").replace("’", "['’]") for part in words.replace("’", "'").split()]
    body = r"\s+".join(parts)
    before, after = (r"\b" if words.strip()[at : at + 1 or None].isalnum() else "" for at in (0, -1))
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)
