"""Tables of data as a document: each sheet under a heading with its name, each row printed with its headers."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.types import Document
from .limits import refuse_large
from .rows import Row, data_lines, tidy
from .titled import Titled


def document_of_sheets(sheets: Iterable[tuple[str, Iterable[Row]]], loader: str) -> Document:
    """Names and rows of sheets as a document; one without a name has no heading, one without words is left out.

    Raises DocumentError where repeated headers make the text larger than a file may be.
    """
    text = Titled()
    for name, rows in sheets:
        title = tidy(name)
        for line in data_lines(rows):
            if title:
                text.begin(title)
                title = ""
            text.add(line)
            refuse_large(text.length, "its text, with the headers in every row,")
    return text.document(loader)
