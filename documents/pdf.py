"""PDF: the text layer, sheet by sheet, with bookmarks as headings. Sheets tile the text, each ends with a line end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..core.errors import DocumentError
from ..core.types import Document, Heading, Page
from .headings import find_line_headings
from .loaded import Loaded
from .pdf_mend import mended
from .pdf_read import Bookmark, Read, read_pdf
from .pdf_running import find_edges, set_apart

SCANNED = "if scanned, --ocr reads them; so does ocrmypdf in.pdf out.pdf"


def load_pdf(data: bytes, *, ocr: bool = False) -> Loaded:
    """The text layer of a PDF.

    With `ocr` the text of sheets without one is recognised in their picture. Raises SettingsError where that cannot
    be done here.

    Raises DocumentError where the file is damaged, asks for a password, or has no text at all. A page that cannot be
    read is an empty page and a notice.
    """
    read = read_pdf(data, ocr=ocr)
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


def _tiled(texts: Sequence[str], labels: Sequence[str | None]) -> Iterator[Page]:
    start = 0
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), 1):
        yield Page(number, start, start + len(text), label)
        start += len(text)


def _located(
    bookmarks: Sequence[Bookmark], text: str, pages: Sequence[Page], running: Sequence[tuple[int, int]]
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


def _notices(read: Read) -> Iterator[str]:
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
