"""PDFs of plain pages; how long an example takes says nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings
from pdfsyntax import Pdf

# How long an example takes says how busy the machine is.
settings.register_profile("no seconds", deadline=None)
settings.load_profile("no seconds")


def write_pdf(pages: Sequence[str], outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """A PDF with the lines of each text on a page of its own, and bookmarks (title, page index)."""
    made = Pdf()
    for text in pages:
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        made.sheet(f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET" if text else "")
    return (made.outline(outline) if outline else made).bytes()


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """`pdf(["text of page 1", ...], outline=[("Title", 0)])`."""
    return write_pdf
