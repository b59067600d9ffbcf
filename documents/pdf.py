"""PDF: the text layer, sheet by sheet, with bookmarks as headings. Sheets tile the text; a sheet ends with a line end.

pdfium reads the file; it is not safe to use from two threads, so one document is read at a time. A page is released
before the next is opened: memory does not grow with the number of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from ..core.errors import DocumentError
from ..core.types import Document, Heading, Page
from ..core.wording import printable
from .headings import find_line_headings
from .loaded import Loaded
from .pdf_mend import mended
from .pdf_ocr import ocr_page, ocr_program
from .pdf_running import find_edges, set_apart
from .pdf_sheet import sheet_text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

SCANNED = "if scanned, --ocr reads them; so does ocrmypdf in.pdf out.pdf"

LABEL = 40
"""Characters of a page label."""

_PDFIUM = Lock()


@dataclass(frozen=True, slots=True)
class _Bookmark:
    level: int
    title: str
    page: int
    """Index of the sheet, from 0."""


@dataclass(slots=True)
class _Read:
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
    bookmarks: list[_Bookmark] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def load_pdf(data: bytes, *, ocr: bool = False) -> Loaded:
    """The text layer of a PDF.

    With `ocr` the text of sheets without one is recognised in their picture. Raises SettingsError where that cannot
    be done here.

    Raises DocumentError where the file is damaged, asks for a password, or has no text at all. A page that cannot be
    read is an empty page and a notice.
    """
    with _PDFIUM, closing(_opened(data)) as pdf:
        read = _read(pdf, ocr_program() if ocr else None)
    if not any(read.texts):
        raise DocumentError(f"has no text layer ({_pages(len(read.texts))})", SCANNED)
    texts = mended(read.texts)
    edges = find_edges(texts)
    parts = [set_apart(text, edge) for text, edge in zip(texts, edges, strict=True)]
    text = "".join(part for part, _ in parts)
    labels = [given or edge.label for given, edge in zip(read.labels, edges, strict=True)]
    pages = tuple(_tiled([part for part, _ in parts], labels))
    apart = zip(pages, (spans for _, spans in parts), strict=True)
    running = [(page.start + start, page.start + end) for page, spans in apart for start, end in spans]
    headings = _located(read.bookmarks, text, pages, running) or find_line_headings(text, running)
    return Loaded(Document(text, pages, headings, "pdf"), tuple(_notices(read)))


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


def _read(pdf: PdfDocument, program: str | None) -> _Read:
    read = _Read()
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


def _sheet(page: PdfPage, number: int, program: str | None, read: _Read) -> str:
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


def _open_forms(pdf: PdfDocument, read: _Read) -> None:
    """Makes form fields readable; those of the XML kind (XFA), which few programs know, are not."""
    from pypdfium2.raw import FORMTYPE_XFA_FULL

    try:
        if pdf.get_formtype() == FORMTYPE_XFA_FULL:
            read.notices.append("is an XFA form: its fields are not read; print it to a PDF first")
        else:
            pdf.init_forms()
    except _pdfium_error():
        read.notices.append("its form fields could not be read")


def _note_attachments(pdf: PdfDocument, read: _Read) -> None:
    count = pdf.count_attachments()
    if count > 0:
        try:
            names = [" ".join(pdf.get_attachment(index).get_name().split())[:80] for index in range(min(count, 3))]
        except (_pdfium_error(), UnicodeDecodeError):
            names = []
        listed = ", ".join(names) + ", …" * (count > len(names))
        read.notices.append(f"{count} attached file{'s' * (count > 1)} not read: {listed}")


def _bookmarks(pdf: PdfDocument) -> list[_Bookmark]:
    """The outline, as far as it can be read: it is a help, not the text."""
    found = []
    try:
        for item in pdf.get_toc(max_depth=6):
            target = item.get_dest()
            page = target.get_index() if target else None
            title = " ".join(item.get_title().split())
            if page is not None and title:
                found.append(_Bookmark(item.level + 1, title, page))
    except (_pdfium_error(), ValueError, UnicodeDecodeError):
        return found
    return found


def _tiled(texts: Sequence[str], labels: Sequence[str | None]) -> Iterator[Page]:
    start = 0
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), 1):
        yield Page(number, start, start + len(text), label)
        start += len(text)


def _located(
    bookmarks: Sequence[_Bookmark], text: str, pages: Sequence[Page], running: Sequence[tuple[int, int]]
) -> tuple[Heading, ...]:
    """Bookmarks whose title stands on the sheet they point to, in the order of the text."""
    found: dict[int, Heading] = {}
    taken = dict(running)
    start = 0
    for mark in bookmarks:
        if mark.page >= len(pages):
            continue
        page = pages[mark.page]
        pattern = re.compile(r"\s+".join(re.escape(word) for word in mark.title.split()[:40]), re.IGNORECASE)
        # Bookmarks of one sheet stand in order; a title may also occur earlier, in a running head.
        below = max(start, taken.get(page.start, page.start))
        match = pattern.search(text, below, page.end) or pattern.search(text, page.start, page.end)
        if match and match.start() not in found:
            found[match.start()] = Heading(mark.level, match.start(), match.end())
            start = match.end()
    return tuple(found[at] for at in sorted(found))


def _notices(read: _Read) -> Iterator[str]:
    yield from read.notices
    if read.failed:
        yield f"{_pages(len(read.failed))} could not be read: {_numbers(read.failed)}"
    if read.recognised:
        yield f"{_pages(len(read.recognised))} read by text recognition, with its errors: {_numbers(read.recognised)}"
    if read.garbled:
        which = f"{_pages(len(read.garbled))} with garbled text: {_numbers(read.garbled)}"
        yield f"{which}; its fonts do not say what their letters are: --ocr reads them as pictures"
    blank = [number for number, text in enumerate(read.texts, 1) if not text and number not in read.failed]
    if blank:
        yield f"{_pages(len(blank))} of {len(read.texts)} without text: {_numbers(blank)}; {SCANNED}"


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:8])) + (", …" if len(pages) > 8 else "")
