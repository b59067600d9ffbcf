"""What a library keeps, for its owner: which files are listed, what is known of one, taking it out, checking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from ..core.book import Book, Content
from ..core.errors import DocumentError, SettingsError, StoreError
from ..core.trace import Trace
from ..core.wording import some
from ..documents.shown import shown
from ..memory.index import Index
from ..memory.library import Kept, Library
from .changes import change, tell_changes
from .export import export


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of one document."""

    document: str
    """Its id."""
    loader: str
    files: tuple[ShownFile, ...]
    characters: int
    pages: int
    pages_without_text: tuple[int, ...]
    passages: int
    headings: tuple[str, ...]
    """In order, each with two blanks before it for every rank above it."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One of a document's files."""

    path: str
    name: str
    listed: bool
    change: str | None
    """What happened to it since it was read."""
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """What removing came to."""

    files: tuple[str, ...]
    """Paths that are not known any more."""
    documents: tuple[str, ...]
    """Ids of texts that were purged, with indexes, runs and replies."""
    remaining: tuple[str, ...]
    """Paths under which a text stays that was removed under another."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found."""

    documents: int
    damaged: tuple[str, ...]
    """Paths whose text is not what its id says."""
    rebuilt: tuple[str, ...]
    """Paths whose indexes were built anew, because vectors of them were missing."""


class Catalogue:
    """A library's files and documents."""

    def __init__(self, library: Library, index: Index, trace: Trace) -> None:
        self._library = library
        self._index = index
        self._trace = trace

    def listed(self, within: str | None = None) -> list[Book]:
        """The listed documents, one book for each text, by path; those whose files changed are told of.

        Args:
            within: a pattern; only files are meant whose path, name or last part of it matches.

        Raises:
            DocumentError: there are none. SettingsError: none matches.
        """
        files = self._library.files(listed=True)
        if not files:
            raise DocumentError(
                f"no documents are listed in {self._library.folder}", "name a file, or list some with clew index FILE…"
            )
        if within is not None:
            files = matching(files, within)
        tell_changes(self._library, files, self._trace)
        books: dict[str, Book] = {}
        for book in self._library.texts.books((file.document, file.name) for file in files):
            first = books.setdefault(book.id, book)
            if first is not book:
                first.also += (book.name,)
        return list(books.values())

    def show(self, name: str) -> Shown:
        """What is known of the document that a path, or an id or its beginning, stands for. Raises SettingsError."""
        files = self._meant(name)
        content = self._library.texts.content(files[0].document)
        document = content.document
        ranks = {level: rank for rank, level in enumerate(sorted({heading.level for heading in document.headings}))}
        return Shown(
            document.id,
            document.loader,
            tuple(map(self._shown_file, files)),
            len(document.text),
            len(document.pages),
            document.pages_without_text(),
            len(content.passages),
            tuple("  " * ranks[h.level] + " ".join(document.text[h.start : h.end].split()) for h in document.headings),
        )

    def _shown_file(self, file: Kept) -> ShownFile:
        known = self._library.version(file.path)
        notices = known.notices if known else ()
        return ShownFile(file.path, file.name, file.listed, change(self._library, file.path), notices)

    def _meant(self, name: str) -> list[Kept]:
        """The file at a path, or all files of the document with an id. Raises SettingsError."""
        path = name if name == "-" else shown(Path(name).resolve())
        files = self._library.files(listed=False)
        found = [file for file in files if file.path == path]
        found = found or [file for file in files if len(name) >= 6 and file.document.startswith(name)]
        if len({file.document for file in found}) != 1:
            what = "stands for several documents" if found else "is not in the library"
            raise SettingsError(f"{name} {what}", "clew library list --all shows paths and ids")
        return found

    def _below(self, name: str) -> list[Kept]:
        """The files in a folder and in those below it, whether it is still there or not."""
        if name == "-":
            return []
        folder = PurePath(shown(Path(name).resolve()))
        return [file for file in self._library.files(listed=False) if folder in PurePath(file.path).parents]

    def remove(self, names: Sequence[str]) -> Removed:
        """Takes files out: a path's, those below a folder, or all of an id's.

        Raises SettingsError, before anything is removed.

        A text that no file has any more is purged: text, indexes, runs over it and the replies they received.
        """
        meant = {file.path: file for name in names for file in self._below(name) or self._meant(name)}
        self._trace.progress("removing")
        # Before, so that a kill in between leaves no words in an index; and after, for who has built one meanwhile.
        self._index.forget({file.document for file in meant.values()})
        purged = self._library.remove(list(meant))
        self._index.forget(purged)
        # Last, since it wants room on the disk: what was deleted has been overwritten whatever comes of it.
        if not self._library.database.shrink():
            self._trace.notice("what was removed is overwritten; making the library's file smaller needs more room")
        texts = {file.document for file in meant.values()} - set(purged)
        remaining = [file.path for file in self._library.files(listed=False) if file.document in texts]
        return Removed(tuple(meant), tuple(purged), tuple(remaining))

    def verify(self) -> Report:
        """Checks the database and every document, and builds the indexes that do not match theirs anew.

        Raises StoreError where the database itself is damaged.
        """
        damage = self._library.database.damage()
        if damage:
            raise StoreError(f"the library {self._library.folder} is damaged: {damage}", "move it away and index again")
        files = {file.document: file for file in self._library.files(listed=False)}
        damaged = [
            files[document].path for document, content in self._texts(list(files), "verifying") if content is None
        ]
        sound = [file for file in files.values() if file.path not in set(damaged)]
        books = self._library.texts.books((file.document, file.name) for file in sound)
        rebuilt = self._index.unsound(books)
        self._index.rebuild(rebuilt)
        return Report(len(files), tuple(damaged), tuple(files[book.id].path for book in rebuilt))

    def _texts(self, documents: Sequence[str], doing: str) -> Iterator[tuple[str, Content | None]]:
        """Documents as the database holds them; None where one is not what its id says."""
        for at, document in enumerate(documents):
            self._trace.progress(doing, at, len(documents))
            content = self._library.texts.read(document)
            yield document, content if content is not None and content.document.id == document else None

    def export(self, folder: Path) -> int:
        """Writes the listed texts into an empty `folder`, and returns how many; see `export`."""
        return export(self._library, folder, self._trace)


def matching(files: Sequence[Kept], pattern: str) -> list[Kept]:
    """Files whose path, name or last part of it matches `pattern`, as in a shell. Raises SettingsError for none."""
    found = [
        file
        for file in files
        if any(fnmatchcase(name, pattern) for name in (file.path, file.name, PurePath(file.path).name))
    ]
    if not found:
        listed = some([file.name for file in files])
        raise SettingsError(f"no listed document matches {pattern}", f"listed: {listed}")
    return found
