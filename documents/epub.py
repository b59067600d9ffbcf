"""Books (.epub): the pages of the spine in reading order, read as HTML; chapters without a heading get their title
from the table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..core.errors import DocumentError
from ..core.types import Document, Heading
from .archive import Archive
from .epub_package import Package
from .html import load_html
from .joined import joined
from .loaded import Loaded
from .xmlparse import Target, parse_xml

NEARBY = 300
"""Characters at the top of a page among which its title is looked for."""

_TITLE = re.compile(rb"<title[^>]{0,99}>[^<]{0,9999}</title\s{0,9}>", re.IGNORECASE)
"""Of a page: seen in a browser's tab only, and the same on all pages of many books."""
_LINE = re.compile(r"[^\s\n](?:[^\n]*[^\s\n])?")
_ENCRYPTION = "META-INF/encryption.xml"


def load_epub(data: bytes) -> Loaded:
    """A book's text. Raises DocumentError, also where a page of it cannot be read: it would be missing unnoticed."""
    archive = Archive(data)
    package = Package(archive)
    locked = _Locked()
    if encryption := archive.read_if_there(_ENCRYPTION):
        parse_xml(encryption, locked, _ENCRYPTION)
    if locked.paths & set(package.pages):
        raise DocumentError("is locked by digital rights management", "Clew reads books that are not locked")
    absent = [path for path in package.pages if path not in archive]
    notices = [f"{len(absent)} of its {len(package.pages)} pages are missing"] if absent else []
    document = joined(_pages(archive, package, notices), "epub")
    return Loaded(document, tuple(dict.fromkeys(notices)))


def _pages(archive: Archive, package: Package, notices: list[str]) -> Iterator[Document]:
    """The pages in order; what is to be said about them is added to `notices`."""
    for path in package.pages:
        if path in archive and (data := archive.read(path)):
            try:
                loaded = load_html(_TITLE.sub(b"", data, count=1))
            except DocumentError as error:
                raise DocumentError(f"{path} {error}", error.hint) from error
            notices += loaded.notices
            yield _titled(loaded.document, package.titles.get(path, ""))


def _titled(page: Document, title: str) -> Document:
    """`page` with `title` as its heading where it has none: marked where it stands, written above where it does not."""
    if page.headings or not title or not page.text.strip():
        return page
    for line in _LINE.finditer(page.text, 0, NEARBY):
        if line[0].casefold() == title.casefold():
            return Document(page.text, (), (Heading(1, line.start(), line.end()),), page.loader)
    return Document(f"{title}\n\n{page.text}", (), (Heading(1, 0, len(title)),), page.loader)


class _Locked(Target):
    """Paths of the encrypted files; usually these are fonts only."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "CipherReference":
            self.paths.add(attributes.get("URI", ""))
