"""Whether a PDF says what its letters are: a font without a map shows shapes, and its text layer is their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

SAMPLED = 200
"""Characters of a sheet that are asked for."""
MOST = 0.3
"""Share of them that nobody may know the letters of: signs and bullets are often not known."""

_NO_LETTERS = re.compile("[\ue000-\uf8ff\ufffd]")


def is_garbled(layer: PdfTextPage, text: str) -> bool:
    """Whether much of the sheet's `text` stands for other letters, or for none that anybody knows."""
    from pypdfium2.raw import FPDFText_HasUnicodeMapError

    body = "".join(text.split())
    if len(_NO_LETTERS.findall(body)) > MOST * len(body):
        return True
    places = range(0, layer.count_chars(), max(1, layer.count_chars() // SAMPLED))
    unknown: int = sum(FPDFText_HasUnicodeMapError(layer, at) == 1 for at in places)
    return unknown > MOST * len(places)
