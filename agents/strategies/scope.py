"""How much of what lies on the desk one question reads without being told to: all at once, all in turn, or the best."""

from __future__ import annotations

from ..desk import Desk
from ..state import State
from .full import tokens
from .sweep import unread

MOST = 32_000
"""Tokens up to which a model is trusted to read everything at once."""
SWEPT = 400_000
"""Characters of a large library that are read without being asked for, in whole documents, at least one."""
LIBRARY = 5 * SWEPT
"""Characters of several documents above which they are a large library: half a million tokens may be dear."""


def fits(desk: Desk) -> bool:
    """Whether the text is short enough to be read at once."""
    limit = min(desk.room("manager").window // 2, MOST)
    characters = sum(book.extent.characters for book in desk.books.values())
    # Counting a whole library would be a waste: few tokens are longer than eight characters.
    return characters <= 8 * limit and tokens(desk) <= limit


def swept(desk: Desk) -> Desk:
    """The desk with what is swept: of a large library, the documents that look best."""
    characters = sum(book.extent.characters for book in desk.books.values())
    is_large = desk.searched.narrows or (len(desk.books) > 1 and characters > LIBRARY)
    return best_documents(desk) if is_large else desk


def best_documents(desk: Desk) -> Desk:
    """The desk with the documents of the best passages, up to what is read without being asked for."""
    chosen: set[str] = set()
    left = SWEPT
    for document in dict.fromkeys(passage.document for passage, _ in desk.rank(desk.question)):
        left -= desk.books[document].extent.characters
        if left < 0 and chosen:
            break
        chosen.add(document)
    return desk.among(chosen)


def announce(why: str, state: State, near: Desk, desk: Desk) -> bool:
    """Says, before a sweep of `near`, why and what it will cost. Whether there is anything left to be read."""
    rest = unread(state, near)
    if rest:
        size = sum(chunk.tokens for chunk, _ in rest)
        desk.notice(f"{why}: reading {_what(near, desk)}, {len(rest)} calls, about {size:,} tokens")
    return bool(rest)


def _what(near: Desk, desk: Desk) -> str:
    """What is read of what there is, and what the rest would cost."""
    if near is desk:
        return "all that is unread"
    others = [book.extent.characters for key, book in desk.books.items() if key not in near.books]
    return (
        f"the {len(near.books)} documents that look best (the other {len(others):,}, about {sum(others) // 4:,} tokens,"
        " are read with --strategy sweep)"
    )
