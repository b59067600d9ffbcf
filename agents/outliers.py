"""Evidence that is written to whoever reads it and has nothing to do with the question is not laid before a manager: a
sentence in a document that gives orders is usually such a one, and readers do fall for it.

Two signs are needed. What stands beside a note, its paragraph and headings, shares no word with question and needs,
less what the note's own claim brought into them, and names nothing that other evidence names; an answer in other words
than the question's has that too. And the note speaks of questions, answers and instructions. It stays in the ledger
and in the evidence of the answer, and is not shown after all where the rest holds no answer: that is where an order
would be obeyed. Where it is most of the evidence, or the languages differ, nothing is left out.

Such a sentence may also be made of the question's words. Then one sign is enough: it tells its reader to leave its
instructions. It may be all the evidence there is; only where the question speaks of such things itself it stays.

The words of these signs are English: against orders in other languages only the prompt's fences stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.types import Need, Note
from ..language.names import names
from ..language.tongues import language_of, main_language
from ..language.words import stems
from .desk import Desk

_SPOKEN_OF = frozenset(
    stems(
        "ignore disregard forget override obey instruction instruct prompt command reply respond response answer"
        " question query ask user assistant AI chatbot system output"
    )
)
"""Stems of what one says to a model, and hardly together of anything else."""
SIGNS = 2
"""So many of them are a sign."""
_overrides = re.compile(
    r"(?:^|[^\w\s,'’-]\s*|\b(?:please|now)\s+)(?:ignore|disregard|forget|override)\s+(?:[\w'’]+\s+){0,6}?"
    r"(?:instructions?|prompts?)\b",
    re.IGNORECASE,
)
"""An order to leave one's instructions, where a clause begins: who tells of one writes other words before it."""


def to_the_point(notes: Sequence[Note], needs: Sequence[Need], desk: Desk) -> list[Note]:
    """`notes` less the outliers among them, in their order."""
    if _SPOKEN_OF.isdisjoint(stems(desk.question)):
        notes = [note for note in notes if not _overrides.search(desk.text(note.span))]
    around = [paragraph(note, desk) for note in notes]
    language = language_of(desk.question, main_language("\n".join(around)), margin=0)
    question = set(stems(desk.question, language))
    needed = {stem for need in needs for stem in stems(need.text, language)}
    asked = [question | needed - set(stems(note.claim, language)) for note in notes]
    held = [set(stems(text, language)) for text in around]
    foreign = [language_of(text, language) != language for text in around]
    close = [other or bool(wanted & own) for other, wanted, own in zip(foreign, asked, held, strict=True)]
    named = {
        stem
        for note, near in zip(notes, close, strict=True)
        if near
        for name in names(desk.text(note.span))
        for stem in stems(name.text, language)
    }
    kept = [
        note
        for note, near, own in zip(notes, close, held, strict=True)
        if near or named & own or not gives_orders(desk.text(note.span))
    ]
    return kept if 2 * len(kept) >= len(notes) else list(notes)


def gives_orders(text: str) -> bool:
    """Whether `text` speaks of questions, answers and instructions, as what is written to a model does."""
    return len(_SPOKEN_OF.intersection(stems(text))) >= SIGNS


def paragraph(note: Note, desk: Desk) -> str:
    """What stands between the empty lines around a note, within its passages, with the headings above."""
    book = desk.books[note.span.document]
    passages = book.passages_over(note.span)
    first, last = passages[0].start, passages[-1].end
    text = book.document.text
    start = max(first, text.rfind("\n\n", first, note.span.start) + 2)
    end = text.find("\n\n", note.span.end, last)
    return "\n".join([*book.document.heading_path(note.span.start), text[start : end if end >= 0 else last]])
