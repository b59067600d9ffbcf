"""What pdfium tells of a PDF: the text of each sheet, page labels, bookmarks, and what it cannot read.

It is not safe to use from two threads, so one document is read at a time. A page is released before the next is opened:
memory does not grow with the number of pages.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from ..core.errors import DocumentError
from ..core.wording import printable
from .pdf_ocr import ocr_page, ocr_program
from .pdf_sheet import sheet_text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

LABEL = 40
"""Characters of a page label."""

_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    level: int
    title: str
    page: int
    """Index of the sheet, from 0."""


@dataclass(slots=True)
class Read:
    """What was read of a file."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """As the file gives them; empty where it gives none."""
    failed: list[int] = field(default_factory=list)
    """Numbers of the sheets that could not be read."""
    recognised: list[int] = field(default_factory=list)
    """Numbers of the sheets whose text was recognised in their picture."""
    garbled: list[int] = field(default_factory=list)
    """Numbers of the sheets whose letters nobody knows."""
    bookmarks: list[Bookmark] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_pdf(data: bytes, *, ocr: bool) -> Read:
    """All that is read of the file in `data`; with `ocr` the text of sheets without one is recognised in their picture.

    Raises DocumentError for a file that cannot be opened, SettingsError where text cannot be recognised here.
    """
    with _PDFIUM, closing(_opened(data)) as pdf:
        return _read(pdf, ocr_program() if ocr else None)


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument

    try:
        pdf = PdfDocument(data)
        if len(pdf):
            return pdf
        pdf.close()
    except _pdfium_error() as error:
        if re.search("password|security", str(error), re.IGNORECASE):
            raise DocumentError("is encrypted", "remove the password first: qpdf --decrypt in.pdf out.pdf") from error
        raise DocumentError(
            "is not a PDF, or a damaged one", "try to repair it: qpdf in.pdf out.pdf, or mutool clean in.pdf out.pdf"
        ) from error
    raise DocumentError("has no pages", "check that the file is complete")


def _pdfium_error() -> type[Exception]:
    from pypdfium2 import PdfiumError

    error: type[Exception] = PdfiumError
    return error


def _read(pdf: PdfDocument, program: str | None) -> Read:
    read = Read()
    _open_forms(pdf, read)
    _note_attachments(pdf, read)
    for index in range(len(pdf)):
        read.labels.append(_label(pdf, index))
        try:
            with closing(pdf[index]) as page:
                text = _sheet(page, index + 1, program, read)
        except _pdfium_error():
            text = ""
            read.failed.append(index + 1)
        except DocumentError as error:
            text, program = "", None
            read.notices.append(f"page {index + 1}: {error}; no further page is tried")
        read.texts.append(text)
    read.bookmarks = _bookmarks(pdf)
    return read


def _sheet(page: PdfPage, number: int, program: str | None, read: Read) -> str:
    """The text of one sheet, recognised by `program` where the file does not tell it."""
    text, garbled = sheet_text(page)
    if program and (garbled or not text) and (seen := ocr_page(page, program)):
        read.recognised.append(number)
        return seen
    if garbled:
        read.garbled.append(number)
    return text


def _label(pdf: PdfDocument, index: int) -> str:
    try:
        return printable(" ".join(pdf.get_page_label(index).split()))[:LABEL]
    except UnicodeDecodeError:
        return ""


def _open_forms(pdf: PdfDocument, read: Read) -> None:
    """Makes form fields readable; those of the XML kind (XFA), which few programs know, are not."""
    from pypdfium2.raw import FORMTYPE_XFA_FULL

    try:
        if pdf.get_formtype() == FORMTYPE_XFA_FULL:
            read.notices.append("is an XFA form: its fields are not read; print it to a PDF first")
        else:
            pdf.init_forms()
    except _pdfium_error():
        read.notices.append("its form fields could not be read")


def _note_attachments(pdf: PdfDocument, read: Read) -> None:
    count = pdf.count_attachments()
    if count > 0:
        try:
            names = [" ".join(pdf.get_attachment(index).get_name().split())[:80] for index in range(min(count, 3))]
        except (_pdfium_error(), UnicodeDecodeError):
            names = []
        listed = ", ".join(names) + ", …" * (count > len(names))
        read.notices.append(f"{count} attached file{'s' * (count > 1)} not read: {listed}")


def _bookmarks(pdf: PdfDocument) -> list[Bookmark]:
    """The outline, as far as it can be read: it is a help, not the text."""
    found = []
    try:
        for item in pdf.get_toc(max_depth=6):
            target = item.get_dest()
            page = target.get_index() if target else None
            title = " ".join(item.get_title().split())
            if page is not None and title:
                found.append(Bookmark(item.level + 1, title, page))
    except (_pdfium_error(), ValueError, UnicodeDecodeError):
        return found
    return found
