"""Questions of one's own with what is known of their answers beforehand, and where the evidence for these stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..agents.said import pattern
from ..core.book import Book
from ..core.errors import ClewError, SettingsError
from .sets import Gold

if TYPE_CHECKING:
    from ..app import Clew

FIELDS = ("answer", "evidence")
"""Of a row, beside those of a batch."""
Quoted = Sequence[Sequence[Gold]]
"""For each gold quote of a question the places where it stands."""
WANTED = '"answer" is a text, a list of texts that are all right, or null; "evidence" a list of quotes'


@dataclass(frozen=True, slots=True)
class Key:
    """The key to one question."""

    answers: tuple[str, ...] | None = None
    """What is accepted; nothing where the documents do not tell it. None where it is not known."""
    quotes: tuple[str, ...] = ()
    """Text of the documents that an answer rests on."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A question with its key."""

    question: str
    documents: tuple[str, ...]
    key: Key


def key(fields: Mapping[str, Any]) -> Key:
    """The key among the fields of a row. Raises SettingsError for one that cannot be meant."""
    answers = _answers(fields["answer"]) if "answer" in fields else None
    quotes = _texts("evidence", fields.get("evidence") or [])
    if quotes and answers == ():
        raise SettingsError("there is evidence, and the answer is null", WANTED)
    return Key(answers, quotes)


def _answers(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if value == []:
        raise SettingsError("answer is an empty list", "null is for what the documents do not tell")
    return _texts("answer", value)


def _texts(name: str, value: Any) -> tuple[str, ...]:
    """One or several texts; a number is one too."""
    given = value if isinstance(value, list) else [value]
    texts = tuple(str(one) if type(one) in (int, float) else one for one in given)
    if not all(isinstance(one, str) and one.strip() for one in texts):
        raise SettingsError(f"{name} cannot be {value!r}", WANTED)
    return texts


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the gold quotes of questions stand."""

    places: Mapping[str, Quoted]
    """By the question's id."""
    missing: tuple[str, ...]
    """Questions of whose quotes some stand nowhere; these are left out."""
    unread: Mapping[str, ClewError]
    """Questions whose documents cannot be read, and why."""


def standing(clew: Clew, asked: Mapping[str, Keyed]) -> Standing:
    """Looks the quotes of all keys up in their documents."""
    found: dict[str, Quoted] = {}
    missing: list[str] = []
    unread: dict[str, ClewError] = {}
    scopes: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for row, one in asked.items():
        if one.key.quotes:
            scopes.setdefault(one.documents, {})[row] = one.key.quotes
    for documents, rows in scopes.items():
        try:
            books = list(clew.open(documents).books.values())
        except ClewError as error:
            unread |= dict.fromkeys(rows, error)
            continue
        for row, quotes in rows.items():
            held = [places(quote, books) for quote in quotes]
            found[row] = [one for one in held if one]
            missing += [] if all(held) else [row]
    return Standing(found, tuple(missing), unread)


def places(quote: str, books: Sequence[Book]) -> list[Gold]:
    """Wherever a quote stands in books, by their ids.

    Where it stands in none as it is, capitals, the kind of apostrophes, white space and line ends do not matter.
    """
    for form in (re.compile(re.escape(quote)), pattern(quote)):
        found = [Gold(book.id, *place.span()) for book in books for place in form.finditer(book.document.text)]
        if found:
            return found
    return []
