"""Tables of data as a document: each sheet under a heading with its name, each row printed with its headers."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.types import Document, Heading
from .limits import refuse_large
from .rows import Row, data_lines, tidy


def document_of_sheets(sheets: Iterable[tuple[str, Iterable[Row]]], loader: str) -> Document:
    """Names and rows of sheets as a document; one without a name has no heading, one without words is left out.

    Raises DocumentError where repeated headers make the text larger than a file may be.
    """
    parts: list[str] = []
    headings: list[Heading] = []
    length = 0
    for name, rows in sheets:
        title = tidy(name)
        for line in data_lines(rows):
            if title:
                parts.append("\n" * bool(parts) + f"{title}\n\n")
                length += len(parts[-1])
                headings.append(Heading(1, length - len(title) - 2, length - 2))
                title = ""
            parts.append(line + "\n")
            length += len(parts[-1])
            refuse_large(length, "its text, with the headers in every row,")
    return Document("".join(parts), (), tuple(headings), loader)
