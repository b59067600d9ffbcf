"""`auto`: `full` when the text fits half the window and 32,000 tokens, else `retrieve`. Says which way it went."""

from __future__ import annotations

from ..desk import Desk
from ..strategy import Strategy
from .full import Full, tokens
from .retrieve import Retrieve

MOST = 32_000
"""Tokens up to which a model is trusted to read everything at once."""


def route(desk: Desk) -> tuple[Strategy, str]:
    """The strategy for the desk's documents, and the reason in one line."""
    limit = min(desk.room("manager").window // 2, MOST)
    characters = sum(len(book.document.text) for book in desk.books.values())
    # A token is rarely shorter than a character and never longer than eight or so: counting a library would be a waste.
    if characters <= 8 * limit and (needed := tokens(desk)) <= limit:
        return Full(), f"full: the text takes {needed:,} tokens, which fit half the window"
    return Retrieve(), f"retrieve: the text is longer than {limit:,} tokens"
