"""What a terminal is shown of a document: its letters in their order, and nothing that a terminal obeys."""

from __future__ import annotations

import pytest
from clew.cli.render import _line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eevil\u202c \u2066text\u2069", "evil text"),
        ("\u05d4\u05d2\u05e9\u05e8 \u05d4\u05d9\u05e9\u05df", "\u05d4\u05d2\u05e9\u05e8 \u05d4\u05d9\u05e9\u05df"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
        ("a\x1b[31mb\n\tc", "a\ufffd[31mb c"),
        ("soft\u00adware \ufeffx", "software x"),
    ],
    ids=["direction", "hebrew", "joiner", "controls", "invisible"],
)
def test_a_line(text: str, shown: str) -> None:
    assert _line(text) == shown
