"""Several documents as one: texts one after the other, with blank lines between, their headings moved along."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.types import Document, Heading
from .limits import refuse_large


def joined(parts: Iterable[Document], loader: str) -> Document:
    """The `parts` in order; those without text are left out. Raises DocumentError where they are too large."""
    texts: list[str] = []
    headings: list[Heading] = []
    length = 0
    for part in parts:
        if not part.text.strip():
            continue
        if texts:
            texts.append("\n" * (2 - min(2, len(texts[-1]) - len(texts[-1].rstrip("\n")))))
            length += len(texts[-1])
        headings += (Heading(one.level, one.start + length, one.end + length) for one in part.headings)
        texts.append(part.text)
        length += len(part.text)
        refuse_large(length, "its text")
    return Document("".join(texts), (), tuple(headings), loader)
