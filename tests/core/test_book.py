"""What stands around a quote: whole words where words can be told, and never nothing where there is text."""

from __future__ import annotations

import pytest
from clew.core.book import Book
from clew.core.types import Document, Span


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("One two three four. ", " Five six seven.", ("…four. ", " Five six…")),
        ("Page one\n\n31\n\nlast\nlines.\n", "\nNext\nlines\nhere\nand on", ("…lines.\n", "\nNext\nlines…")),
        (
            "鯨は海に住む大きな動物である。",
            "船長は片足を失った男である。",
            ("…に住む大きな動物である。", "船長は片足を失った男であ…"),
        ),
        ("Short. ", " End.", ("Short. ", " End.")),
    ],
    ids=["words", "lines", "no spaces", "all"],
)
def test_around(before: str, after: str, shown: tuple[str, str]) -> None:
    text = f"{before}QUOTE{after}"
    book = Book("a.txt", Document(text, (), (), "plain"), [0], [0])
    assert book.around(Span(book.id, len(before), len(before) + 5), 12) == shown
