"""A question in another language than its documents: to a model that only matches words they are closed."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.book import Book
from ..language.tongues import language_of, main_language

LOOKED_AT = 20
"""Documents at most."""
_NAMES = {
    **{"ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish"},
    **{"fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian"},
    **{"it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish"},
    **{"pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian"},
    **{"zh": "Chinese"},
}


def foreign(question: str, books: Sequence[Book]) -> str | None:
    """What is to be said where `question` shows clearly that it is in another language than all of `books`."""
    texts = {main_language(book.document.text) for book in books[:LOOKED_AT]}
    known = sorted(texts - {""})
    if not known:
        return None
    asked = language_of(question, known[0], margin=0)
    if not asked or asked in known:
        return None
    spoken, written = _NAMES.get(asked, asked), " and ".join(_NAMES.get(code, code) for code in known)
    return f"the question looks {spoken}, the text {written}: the built-in model finds only words that both have"
