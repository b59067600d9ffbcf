"""Tables as text (.csv, .tsv): each row printed with its headers, so that it can be understood alone."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from ..core.errors import DocumentError
from .decode import decode
from .limits import largest
from .loaded import Loaded
from .rows import Row, tidy
from .sheets import document_of_sheets

SAMPLE = 50
"""Lines that the delimiter is told by."""

_DELIMITERS = ",\t;|"


def load_delimited(data: bytes) -> Loaded:
    """A table's rows. Raises DocumentError."""
    decoded = decode(data)
    # In a well-formed table quotation marks come in pairs; a lone one would make one cell of all that follows.
    quoted = decoded.text.count('"') % 2 == 0
    try:
        document = document_of_sheets(
            [("", _rows(decoded.text, csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE))], "table"
        )
    except csv.Error as error:
        raise DocumentError(f"is no table: {error}", "rename it to .txt to have it read as text") from error
    odd = () if quoted else ("a quotation mark is not closed: all are taken as they stand",)
    return Loaded(document, decoded.notices + odd)


def _rows(text: str, quoting: Literal[0, 3]) -> Iterator[Row]:
    # The module's own limit is 131,072 characters a field; long texts in tables are common, and the file is bounded.
    csv.field_size_limit(largest())
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), quoting=quoting):
        yield {at: words for at, cell in enumerate(row) if (words := tidy(cell))}


def _delimiter(text: str) -> str:
    """The sign that divides the first lines into the same number of columns most often; of equals the most columns."""
    lines = [line for line in text[:100_000].split("\n")[:SAMPLE] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        columns, times = Counter(line.count(sign) for line in lines).most_common(1)[0] if lines else (0, 0)
        return (times, columns) if columns else (0, 0)

    return max(_DELIMITERS, key=agreement)
