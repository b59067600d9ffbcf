"""Plain text: the text is exactly the decoded file, so that offsets match it."""

from __future__ import annotations

from ..core.types import Document
from .decode import decode
from .headings import find_headings
from .loaded import Loaded


def load_plain(data: bytes) -> Loaded:
    """Prose, notes, transcripts, contracts as text."""
    decoded = decode(data)
    return Loaded(Document(decoded.text, (), find_headings(decoded.text), "plain"), decoded.notices)


def load_code(data: bytes) -> Loaded:
    """Source code and data files as text: nothing in them is taken for a heading."""
    decoded = decode(data)
    return Loaded(Document(decoded.text, (), (), "plain"), decoded.notices)
