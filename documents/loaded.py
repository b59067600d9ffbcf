"""What every loader returns: a document, and what its reader should be told about how it was read."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.types import Document


@dataclass(frozen=True)
class Loaded:
    """A file as a document."""

    document: Document
    notices: tuple[str, ...] = ()
    """One line each, without the file's name."""
