"""From names to books: a file is read once, kept, and found again as long as it is the same.

A file is the same when path, size, time of change, time of status change and inode are: the last two cannot be set, so
what was copied over it, or edited and given its old date, is seen. A file that had changed within two seconds of being
looked at may change again within the tick of its clock; it gets no stamp, and is known by its bytes the next time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..core.book import Book
from ..core.errors import DocumentError
from ..core.trace import Trace
from ..documents.files import awaited, bytes_from
from ..documents.formats import suffix_of
from ..documents.shown import shown
from ..documents.sources import Source
from ..memory.library import Library, Version
from .reading import Read, Wanted, read_all

PARSER = "7"
"""Changes when loaders or borders of passages change: files are then read anew."""
SETTLED = 2.0
"""Seconds since its last change after which a file's stamp can be trusted: as coarse as any file system's clock."""
GROUP = 100
"""Files kept in one transaction at most."""
PAUSE = 2.0
"""Seconds after which what was read is kept all the same: so much work a kill may cost."""
HEAVY = 4_000_000
"""Characters read and not yet kept at most."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the question's scope that could not be opened."""

    name: str
    error: DocumentError


@dataclass(frozen=True, slots=True)
class File:
    """One source and the version of it that is to be read."""

    name: str
    path: Path
    key: Path
    """What it is kept under."""
    content: str
    stamp: str


@dataclass
class Opened:
    """What came of some sources, by their place among them."""

    books: dict[int, Book] = field(default_factory=dict)
    unread: dict[int, Unread] = field(default_factory=dict)
    notices: dict[int, list[str]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    """Ids of versions that no file has any more, whose indexes may go."""


class Opening:
    """Opens sources with a library.

    Args:
        listed: whether questions without a scope are asked of them from now on.
        ocr: whether text is recognised in sheets without any.
    """

    def __init__(self, library: Library, trace: Trace, *, listed: bool, ocr: bool = False) -> None:
        self._library = library
        self._trace = trace
        self._listed = listed
        self._ocr = ocr
        self._pending: list[tuple[int, File, Book, tuple[str, ...], Read | None]] = []
        self._kept_at = time.monotonic()
        self.opened = Opened()

    def open(self, sources: Sequence[Source]) -> Opened:
        """Every source is a book or unread afterwards. What was read when something interrupts is kept."""
        total = len(sources)
        try:
            wanted = list(self._unknown(sources))
            done = total - len(wanted)
            files = {number: file for number, file in wanted}
            tasks = [Wanted(number, file.name, file.path) for number, file in wanted]
            if tasks:
                self._tell(tasks[0].name, done, total)
            for at, (number, result) in enumerate(read_all(tasks, self._listed, ocr=self._ocr), 1):
                if isinstance(result, DocumentError):
                    self.opened.unread[number] = Unread(files[number].name, result)
                else:
                    self._take(number, files[number], result)
                self._tell(files[number].name, done + at, total)
        finally:
            self._keep()
        self._trace.progress("", 0, 0)
        return self.opened

    def _tell(self, name: str, done: int, total: int) -> None:
        if total == 1:
            self._trace.progress(f"reading {name}")
        else:
            self._trace.progress("reading files", done, total)

    def _unknown(self, sources: Sequence[Source]) -> Iterator[tuple[int, File]]:
        """The sources that have to be read; the others become books on the way."""
        for number, source in enumerate(sources):
            if len(sources) > 1:
                self._trace.progress("looking at files", number, len(sources))
            if source.path is None:
                self._standard_input(number)
                continue
            if waiting := awaited(source.path):
                self._trace.progress(f"reading {source.name}")
                self._trace.notice(waiting)
            key = Path(shown(source.path.resolve()))
            if len(sources) > 1 and not self._listed and not os.path.lexists(source.path):
                # At once: what is mistyped should not be learnt after an hour's reading.
                self._trace.notice(f"{source.name}: no such file")
            present = stamp(source.path)
            held = known = self._library.version(str(key))
            if held and present and held.stamp == present and held.content.startswith(f"{reader(self._ocr)}:"):
                content = held.content
            else:
                content = fingerprint(source.path, ocr=self._ocr)
                known = self._library.find(content) if content else None
            file = File(source.name, source.path, key, content, present)
            book = self._library.texts.load(known.document, source.name) if known else None
            if known is None or book is None:
                yield number, file
            elif held is None or self._changes(held, file):
                self._add(number, file, book, known.notices, None)
            else:
                self.opened.books[number] = book
                self.opened.notices[number] = list(known.notices)

    def _changes(self, held: Version, file: File) -> bool:
        """Whether what the library knows of a file is to be written anew."""
        listing = self._listed and (not held.listed or held.name != file.name)
        return listing or (held.content, held.stamp) != (file.content, file.stamp)

    def _standard_input(self, number: int) -> None:
        if sys.stdin.isatty():
            self._trace.notice("reading what is typed; Ctrl-D ends it")
        place = Path("-")
        result: Read | DocumentError
        try:
            wanted = Wanted(number, "-", place, bytes_from(sys.stdin.buffer))
            ((_, result),) = read_all([wanted], self._listed, ocr=self._ocr)
        except DocumentError as error:
            result = error
        if isinstance(result, DocumentError):
            self.opened.unread[number] = Unread("-", result)
        else:
            self._take(number, File("-", place, place, result.content.document.id, ""), result)

    def _take(self, number: int, file: File, read: Read) -> None:
        content = read.content
        book = Book(file.name, content.document, content.sentences, content.passages)
        if file.name != "-" and not same(file, file.path):
            # It changed between being identified and being read: what was read is used, and known to nobody.
            file = replace(file, content="", stamp="")
        self._add(number, file, book, read.notices, read)

    def _add(self, number: int, file: File, book: Book, notices: tuple[str, ...], read: Read | None) -> None:
        self._pending.append((number, file, book, notices, read))
        waiting = sum(len(book.document.text) for *_, book, _, read in self._pending if read)
        if len(self._pending) >= GROUP or time.monotonic() - self._kept_at > PAUSE or waiting > HEAVY:
            self._keep()

    def _keep(self) -> None:
        """Writes what was read, in one transaction; books hold no text from then on, the library does."""
        pending, self._pending = self._pending, []
        self._kept_at = time.monotonic()
        if not pending:
            return
        with self._library.database.transaction():
            for _, file, book, notices, read in pending:
                old = self._library.keep(
                    file.key,
                    file.content,
                    book,
                    notices,
                    listed=self._listed,
                    stamp=file.stamp,
                    profile=read.profile if read else None,
                )
                self.opened.replaced |= {old} if old else set()
        for number, file, book, notices, _ in pending:
            self.opened.books[number] = self._library.texts.load(book.id, file.name) or book
            self.opened.notices[number] = list(notices)


def stamp(path: Path) -> str:
    """What `os.stat` says of a plain file that has settled; empty where that does not identify its content."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ""
    settled = time.time() - max(found.st_mtime, found.st_ctime) > SETTLED
    if not stat.S_ISREG(found.st_mode) or not settled:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def same(file: File | Version, path: Path) -> bool:
    """Whether what stands at `path` is still that: by its stamp, else by its bytes."""
    if file.stamp and file.stamp == stamp(path):
        return True
    return file.content == fingerprint(path, ocr=file.content.startswith(f"{reader(ocr=True)}:"))


def reader(ocr: bool) -> str:
    """How files are read: with text recognition the same file is another document."""
    return f"{PARSER}+ocr" if ocr else PARSER


def fingerprint(path: Path, *, ocr: bool = False) -> str:
    """Identity of what reading a file gives: its bytes, how it is read, and by which version of the reader.

    Empty, and so known to nobody, where it cannot be read, or not twice, as a pipe cannot: the loader will see.
    """
    if not os.path.isfile(path):
        return ""
    try:
        with path.open("rb") as file:
            return f"{reader(ocr)}:{suffix_of(path)}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except (OSError, ValueError):
        return ""
