"""What an EPUB says about itself: its pages in reading order, and the titles of its contents (EPUB 2 and 3)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from ..core.errors import DocumentError
from .archive import Archive
from .lines import Lines
from .loaded import SAVE_AGAIN, mistaken
from .xmlparse import Target, parse_xml

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml", "text/xml"))


class Package(Target):
    """Order and titles of the book in `archive`. Raises DocumentError where it is none."""

    def __init__(self, archive: Archive) -> None:
        if _CONTAINER not in archive:
            raise mistaken("an EPUB book")
        container = _Container()
        parse_xml(archive.read(_CONTAINER), container, _CONTAINER)
        if not container.root:
            raise DocumentError("is damaged: it has no package document", SAVE_AGAIN)
        self._folder = posixpath.dirname(container.root)
        self._items: dict[str, tuple[str, str, str]] = {}
        """Path, media type and properties, by id."""
        self._spine: list[str] = []
        self._contents = ""
        parse_xml(archive.read(container.root), self, container.root)
        pages = (self._items[key][0] for key in self._spine if self._items.get(key, ("", ""))[1] in _PAGES)
        self.pages = list(dict.fromkeys(pages))
        """Paths within the archive, in reading order, each once."""
        self.titles = self._titles(archive)
        """First title by path, from the table of contents."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        key = attributes.get("id", "")
        if name == "item":
            path = _path(self._folder, attributes.get("href", ""))
            self._items[key] = (path, attributes.get("media-type", ""), attributes.get("properties", ""))
        elif name == "spine":
            self._contents = attributes.get("toc", "")
        elif name == "itemref":
            self._spine.append(attributes.get("idref", ""))

    def _titles(self, archive: Archive) -> dict[str, str]:
        """Titles from the navigation document of EPUB 3, else from the NCX of EPUB 2; none where it is damaged."""
        navigation = [path for path, _, properties in self._items.values() if "nav" in properties.split()]
        navigation += [path for key, (path, kind, _) in self._items.items() if key == self._contents or "ncx" in kind]
        for path in navigation:
            titles = _Titles(posixpath.dirname(path))
            try:
                parse_xml(archive.read_if_there(path), titles, path)
            except DocumentError:
                continue
            if titles.found:
                return titles.found
        return {}


class _Container(Target):
    """Path of the package document."""

    def __init__(self) -> None:
        self.root = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rootfile":
            self.root = self.root or attributes.get("full-path", "")


class _Titles(Target):
    """Titles and targets: `a` with `href` in a navigation document, `navLabel` and `content` in an NCX."""

    def __init__(self, folder: str) -> None:
        self.found: dict[str, str] = {}
        self._folder = folder
        self._words = Lines(flat=True)
        self._target = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"a", "navLabel"}:
            self._words = Lines(flat=True)
            self._target = attributes.get("href", "")
        elif name == "content":
            self._keep(attributes.get("src", ""))

    def end(self, name: str) -> None:
        if name == "a":
            self._keep(self._target)

    def text(self, words: str) -> None:
        self._words.write(words)

    def _keep(self, target: str) -> None:
        title = self._words.text.strip()
        if target and title:
            self.found.setdefault(_path(self._folder, target), title)


def _path(folder: str, reference: str) -> str:
    """Path within the archive of a reference from a file in `folder`; empty for what is elsewhere."""
    try:
        parts = urlsplit(reference)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
