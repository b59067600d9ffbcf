"""Evidence that has nothing to do with the question is not laid before a manager: a sentence in a document that gives
orders is usually such a one, and readers do fall for it.

No word of an order is looked for. What stands beside a note, its paragraph and headings, is compared with question and
needs: where it shares no word with them and names nothing that other evidence names, while most evidence does, it is
left out. It stays in the ledger and in the evidence of the answer. It is not shown after all where the rest holds no
answer: that is where an order would be obeyed. Where the languages differ words cannot be compared, and nothing is left
out.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.types import Need, Note
from ..language.names import names
from ..language.tongues import language_of
from ..language.words import stems
from .desk import Desk


def to_the_point(notes: Sequence[Note], needs: Sequence[Need], desk: Desk) -> list[Note]:
    """`notes` less the outliers among them, in their order."""
    language = language_of(desk.question)
    asked = {stem for text in (desk.question, *(need.text for need in needs)) for stem in stems(text, language)}
    around = [paragraph(note, desk) for note in notes]
    held = [set(stems(text, language)) for text in around]
    foreign = [language_of(text, language) != language for text in around]
    close = [other or bool(asked & own) for other, own in zip(foreign, held, strict=True)]
    named = {
        stem
        for note, near in zip(notes, close, strict=True)
        if near
        for name in names(desk.text(note.span))
        for stem in stems(name.text, language)
    }
    kept = [note for note, near, own in zip(notes, close, held, strict=True) if near or named & own]
    return kept if 2 * len(kept) >= len(notes) else list(notes)


def paragraph(note: Note, desk: Desk) -> str:
    """What stands between the empty lines around a note, within its passages, with the headings above."""
    book = desk.books[note.span.document]
    passages = book.passages_over(note.span)
    first, last = passages[0].start, passages[-1].end
    text = book.document.text
    start = max(first, text.rfind("\n\n", first, note.span.start) + 2)
    end = text.find("\n\n", note.span.end, last)
    return "\n".join([*book.document.heading_path(note.span.start), text[start : end if end >= 0 else last]])
