"""From names to books: a file is read once, kept, and found again as long as it is the same."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..core.book import Book
from ..core.errors import DocumentError
from ..core.trace import Trace
from ..documents.files import awaited, bytes_from
from ..documents.shown import shown
from ..documents.sources import Source
from ..memory.library import Library, Version
from .opened import Opened, Unread
from .reading import Read, Wanted, read_all
from .stamps import current, fingerprint, same, stamp

GROUP = 100
"""Files kept in one transaction at most."""
PAUSE = 2.0
"""Seconds after which what was read is kept all the same: so much work a kill may cost."""
HEAVY = 4_000_000
"""Characters read and not yet kept at most."""


@dataclass(frozen=True, slots=True)
class File:
    """One source and the version of it that is to be read."""

    name: str
    path: Path
    key: Path
    """What it is kept under."""
    content: str
    stamp: str


class Pending(NamedTuple):
    """What is a book and is still to be written."""

    number: int
    """Its place among the sources."""
    file: File
    book: Book
    notices: tuple[str, ...]
    read: Read | None = None
    """What reading it gave; None where the library has its text."""


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
        self._pending: list[Pending] = []
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
            if len(sources) > 1 and not self._listed and not os.path.lexists(source.path):
                # At once: what is mistyped should not be learnt after an hour's reading.
                self._trace.notice(f"{source.name}: no such file")
            file = self._unless_known(number, source.name, source.path)
            if file is not None:
                yield number, file

    def _unless_known(self, number: int, name: str, path: Path) -> File | None:
        """The file at `path`; None where the library has its text, which then is a book."""
        key = Path(shown(path.resolve()))
        present = stamp(path)
        held = known = self._library.version(str(key))
        if held and present and held.stamp == present and current(held.content, ocr=self._ocr):
            content = held.content
        else:
            content = fingerprint(path, ocr=self._ocr)
            known = self._library.find(content) if content else None
        file = File(name, path, key, content, present)
        book = self._library.texts.load(known.document, name) if known else None
        if known is None or book is None:
            return file
        if held is None or self._changes(held, file):
            self._add(Pending(number, file, book, known.notices))
        else:
            self.opened.books[number] = book
            self.opened.notices[number] = list(known.notices)
        return None

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
        if file.name != "-" and not same(file.path, file.content, file.stamp):
            # It changed between being identified and being read: what was read is used, and known to nobody.
            file = replace(file, content="", stamp="")
        self._add(Pending(number, file, book, read.notices, read))

    def _add(self, one: Pending) -> None:
        self._pending.append(one)
        waiting = sum(len(other.book.document.text) for other in self._pending if other.read)
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
