"""What every loader gives: a document with what its reader should be told; and what several say of bad files."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.errors import DocumentError
from ..core.types import Document

SAVE_AGAIN = "save it again in the program that made it"
"""The hint for a file that its program would not have written so."""


@dataclass(frozen=True)
class Loaded:
    """A file as a document."""

    document: Document
    notices: tuple[str, ...] = ()
    """One line each, without the file's name."""


def mistaken(kind: str) -> DocumentError:
    """The error for a file that is not of the kind that its name says, such as `an RTF file`."""
    return DocumentError(f"is not {kind}, whatever its name says", "check where it comes from")
