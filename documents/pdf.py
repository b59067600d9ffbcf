"""PDF: the text layer, sheet by sheet, with bookmarks as headings. Sheets tile the text; a sheet ends with a line end.

pdfium reads the file; it is not safe to use from two threads, so one document is read at a time. A page is released
before the next is opened: memory does not grow with the number of pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from ..core.errors import DocumentError
from ..core.types import Document, Heading, Page
from .loaded import Loaded
from .plain import find_line_headings

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

OCR = "ocrmypdf in.pdf out.pdf"
"""The command that gives scanned pages a text layer."""

_PDFIUM = Lock()
_BREAK = re.compile(r"(\w*)[\x02\ufffe\xad]\n?(\w*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\uf0fc": "✓", "\xa0": " "})
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True)
class _Bookmark:
    level: int
    title: str
    page: int
    """Index of the sheet, from 0."""


def load_pdf(data: bytes) -> Loaded:
    """The text layer of a PDF.

    Raises DocumentError where the file is damaged, asks for a password, or has no text layer at all. A page that
    cannot be read is an empty page and a notice.
    """
    with _PDFIUM, closing(_opened(data)) as pdf:
        texts: list[str] = []
        failed: list[int] = []
        for number in range(1, len(pdf) + 1):
            try:
                texts.append(_page_text(pdf, number - 1))
            except _pdfium_error():
                texts.append("")
                failed.append(number)
        bookmarks = _bookmarks(pdf)
    if not any(texts):
        raise DocumentError(f"has no text layer ({_pages(len(texts))})", f"scanned pages: run {OCR} first")
    texts = _mended(texts)
    text = "".join(texts)
    pages = tuple(_tiled(texts))
    headings = _located(bookmarks, text, pages) or find_line_headings(text)
    return Loaded(Document(text, pages, headings, "pdf"), tuple(_notices(texts, failed)))


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument

    try:
        pdf = PdfDocument(data)
        if len(pdf):
            return pdf
        pdf.close()
    except _pdfium_error() as error:
        if "password" in str(error).lower():
            raise DocumentError("is encrypted", "remove the password first: qpdf --decrypt in.pdf out.pdf") from error
        raise DocumentError(
            "is not a PDF, or a damaged one", "try to repair it: qpdf in.pdf out.pdf, or mutool clean in.pdf out.pdf"
        ) from error
    raise DocumentError("has no pages", "check that the file is complete")


def _pdfium_error() -> type[Exception]:
    from pypdfium2 import PdfiumError

    error: type[Exception] = PdfiumError
    return error


def _page_text(pdf: PdfDocument, index: int) -> str:
    """The text of one sheet, ending with a line end where there is any."""
    with closing(pdf[index]) as page, closing(page.get_textpage()) as layer:
        raw: str = layer.get_text_range()
    body = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_BULLETS).strip()
    return body + "\n" if body else ""


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


def _mended(texts: list[str]) -> list[str]:
    """The sheets with words mended that a hyphen at a line's end divides.

    pdfium marks such a hyphen and drops the line end, and cannot tell `informa-tion` from `long-term`. The document
    itself can: the form that it writes elsewhere wins; else two parts that are both words keep their hyphen. So the
    word is found by search either way.
    """
    if not any(_BREAK.search(text) for text in texts):
        return [_CONTROL.sub("", text) for text in texts]
    words = Counter(word.casefold() for text in texts for word in _WORD.findall(text))

    def mend(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        joined, hyphened = words[(first + second).casefold()], words[f"{first}-{second}".casefold()]
        parts = words[first.casefold()] > 1 and words[second.casefold()] > 1
        return first + second if joined > hyphened or not (hyphened or parts) else f"{first}-{second}"

    return [_CONTROL.sub("", _BREAK.sub(mend, text)) for text in texts]


def _tiled(texts: list[str]) -> Iterator[Page]:
    start = 0
    for number, text in enumerate(texts, 1):
        yield Page(number, start, start + len(text))
        start += len(text)


def _located(bookmarks: list[_Bookmark], text: str, pages: tuple[Page, ...]) -> tuple[Heading, ...]:
    """Bookmarks whose title stands on the sheet they point to, in the order of the text."""
    found: dict[int, Heading] = {}
    start = 0
    for mark in bookmarks:
        if mark.page >= len(pages):
            continue
        page = pages[mark.page]
        words = r"\s+".join(re.escape(word) for word in mark.title.split()[:40])
        pattern = re.compile(words, re.IGNORECASE)
        # Bookmarks of one sheet stand in order; a title may also occur earlier, in a running head.
        match = pattern.search(text, max(start, page.start), page.end) or pattern.search(text, page.start, page.end)
        if match and match.start() not in found:
            found[match.start()] = Heading(mark.level, match.start(), match.end())
            start = match.end()
    return tuple(found[at] for at in sorted(found))


def _notices(texts: list[str], failed: list[int]) -> Iterator[str]:
    if failed:
        yield f"{_pages(len(failed))} could not be read: {_numbers(failed)}"
    blank = [number for number, text in enumerate(texts, 1) if not text and number not in failed]
    if blank:
        yield f"{_pages(len(blank))} of {len(texts)} without text: {_numbers(blank)}; if scanned, run {OCR}"


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:8])) + (", …" if len(pages) > 8 else "")
