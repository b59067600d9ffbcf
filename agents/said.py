"""Where given words stand in a text: found by code, all of them, and without a model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

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
    """The sentences in which `words` begin within `spans`, as notes without doubt; none holds a part of another.

    Capitals, the kind of apostrophes and of white space, and line ends do not matter; the ends of words do. Words that
    run over the end of a sentence, a page or a span make one place of what they stand in.
    """
    form = pattern(words)
    notes: list[Note] = []
    for span in spans:
        book = desk.books[span.document]
        text = book.document.text
        match = form.search(text, span.start)
        while match and match.start() < span.end:
            notes.append(Note(book.trim(book.whole(Span(span.document, *match.span()))), "", 1, 1.0))
            match = form.search(text, match.end())
    return tuple(united(notes))


def united(notes: Iterable[Note]) -> list[Note]:
    """`notes` in the order of place, with those that share a character made one: nothing that is named is lost."""
    places: list[Note] = []
    for note in sorted(notes, key=lambda one: (one.span.document, one.span.start, -one.span.end)):
        last = places[-1].span if places else None
        if last and last.document == note.span.document and note.span.start < last.end:
            span = Span(last.document, last.start, max(last.end, note.span.end))
            places[-1] = replace(places[-1], span=span, confidence=max(places[-1].confidence, note.confidence))
        else:
            places.append(note)
    return places


def pattern(words: str) -> re.Pattern[str]:
    """What finds `words` as `occurrences` does."""
    parts = [re.escape(part).replace("'", "['’]") for part in words.replace("’", "'").split()]
    body = r"\s+".join(parts)
    before, after = (r"\b" if words.strip()[at : at + 1 or None].isalnum() else "" for at in (0, -1))
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)
