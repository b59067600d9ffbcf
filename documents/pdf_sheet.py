"""What pdfium gives of one sheet: its text in reading order, with the values of form fields below it."""

from __future__ import annotations

import ctypes
import re
from contextlib import closing
from typing import TYPE_CHECKING

from .pdf_columns import Word, in_columns
from .pdf_forms import field_lines
from .pdf_maps import is_garbled

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

HYPHEN = "\x02"
"""Stands for a hyphen at a line's end, as pdfium marks it; the line end behind it is dropped."""

_SIGNS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\uf0fc": "✓", "\xa0": " "})
_WORD = re.compile(r"\S+")
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n(?=[^\W\d_])")
_BLANK_LINES = re.compile(r"\n\s*\n")


def sheet_text(page: PdfPage) -> tuple[str, bool]:
    """The lines of a sheet, none of them blank, ending with a line end where there are any; and whether it is garbled.

    Raises PdfiumError.
    """
    with closing(page.get_textpage()) as layer:
        raw: str = layer.get_text_range()
        lines = in_columns(_words(layer, raw))
        garbled = is_garbled(layer, raw)
    if lines is not None:
        raw = "\n".join(" ".join(word.text for word in line) for line in lines)
        raw = _LINE_HYPHEN.sub(HYPHEN, raw)
    body = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS).strip()
    body = "\n".join([_BLANK_LINES.sub("\n", body), *field_lines(page)]).strip("\n")
    return (body + "\n" if body else ""), garbled


def _words(layer: PdfTextPage, raw: str) -> list[Word]:
    """The words of the text layer with their places, in the file's order; none where places cannot be told."""
    from pypdfium2.raw import FS_RECTF, FPDFText_GetLooseCharBox

    if layer.count_chars() != len(raw):
        return []
    box = FS_RECTF()
    place = ctypes.byref(box)
    found = []
    for match in _WORD.finditer(raw):
        FPDFText_GetLooseCharBox(layer, match.start(), place)
        left, bottom, top = box.left, box.bottom, box.top
        FPDFText_GetLooseCharBox(layer, match.end() - 1, place)
        found.append(Word(match[0], left, box.right, bottom, top))
    return found
