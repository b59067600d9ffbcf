"""Opening many files: each is read once and kept, what cannot be read stops no other, and changes are seen."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clew import Clew
from clew.app.reading import FEW
from clew.app.stamps import SETTLED
from clew.core.errors import DocumentError
from clew.core.trace import Trace

COUNT = FEW + 10
"""Files for which processes are started."""
LONG_AGO = time.time() - 1000


def write(path: Path, text: str, at: float = LONG_AGO) -> None:
    path.write_text(text)
    os.utime(path, (at, at))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    for at in range(COUNT):
        write(made / f"{at:03}.txt", f"This is file {at}.\n\nIt has two paragraphs, as {at + 1} others have.")
    return made


class Counting(Trace):
    """Remembers how far reading was said to be."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, int]] = []

    def on_change(self) -> None:
        if self.alone.doing == "reading files":
            self.seen.append((self.alone.done, self.alone.total))


@pytest.fixture
def clew(tmp_path: Path) -> Iterator[Clew]:
    with Clew(library=tmp_path / "library", trace=Counting()) as made:
        yield made


def test_many_files_come_in_their_order_with_their_texts(clew: Clew, folder: Path) -> None:
    shelf = clew.open(folder, listed=True)
    books = list(shelf.books.values())
    assert [Path(book.name).name for book in books] == [f"{at:03}.txt" for at in range(COUNT)]
    assert all(f"This is file {at}." in book.document.text for at, book in enumerate(books))
    assert clew.library.profiles.missing(list(shelf.books)) == []
    assert isinstance(clew.trace, Counting)
    assert clew.trace.seen[-1] == (COUNT, COUNT)
    assert clew.trace.seen == sorted(clew.trace.seen)


def test_files_are_read_the_same_in_processes_and_without(clew: Clew, folder: Path, tmp_path: Path) -> None:
    together = list(clew.open(folder).books)
    with Clew(library=tmp_path / "other") as other:
        assert [next(iter(other.open(path).books)) for path in sorted(folder.iterdir())[:5]] == together[:5]


def test_what_cannot_be_read_is_named_and_stops_no_other(clew: Clew, folder: Path) -> None:
    (folder / "005.txt").write_bytes(b"")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9)
    shelf = clew.open([folder, folder / "nowhere.txt"])
    assert len(shelf.books) == COUNT - 1
    assert [Path(one.name).name for one in shelf.unread] == ["bad.pdf", "old.doc", "nowhere.txt"]
    assert all(isinstance(one.error, DocumentError) for one in shelf.unread)


def test_an_unchanged_file_is_not_even_opened_again(clew: Clew, folder: Path) -> None:
    time.sleep(SETTLED + 0.1)  # The files have just been made, and no stamp is trusted before.
    clew.open(folder, listed=True)
    before = clew.library.database.row("SELECT total_changes()")
    opened: list[str] = []
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
    assert len(clew.open(folder, listed=True).books) == COUNT
    assert clew.library.database.row("SELECT total_changes()") == before
    assert not [name for name in opened if name.startswith(str(folder))]


def test_a_file_that_was_edited_and_dated_back_is_seen(clew: Clew, folder: Path) -> None:
    clew.open(folder)
    path = folder / "007.txt"
    old = path.stat()
    path.write_text(path.read_text().replace("file 7", "file 8"))
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (old.st_size, old.st_mtime_ns)
    (book,) = clew.open(path).books.values()
    assert "This is file 8." in book.document.text


def test_the_same_text_under_two_names_is_one_book_with_both(clew: Clew, folder: Path, tmp_path: Path) -> None:
    write(folder / "copy.txt", (folder / "003.txt").read_text())
    shelf = clew.open(folder, listed=True)
    (book,) = [book for book in shelf.books.values() if book.also]
    assert (Path(book.name).name, [Path(name).name for name in book.also]) == ("003.txt", ["copy.txt"])
    listed = clew.listed("*3.txt").ask("What is file 3?", strategy="chain")
    assert [Path(row.document).name for row in listed.documents if row.document_id == book.id] == ["003.txt"]
    both = clew.listed().ask("What is file 3?", strategy="retrieve")
    assert len(both.documents) == COUNT + 1
    assert both.coverage.characters == sum(book.extent.characters for book in shelf.books.values())


def test_many_notices_are_counted(clew: Clew, folder: Path) -> None:
    for at in range(COUNT):
        write(folder / f"{at:03}.txt", "")
        (folder / f"{at:03}.txt").write_bytes(f"Bytes {at} \xff\xfe\x9d that are no text.".encode("latin-1"))
    clew.open(folder)
    assert len(clew.trace.notices) <= 21
    assert "more notices" in clew.trace.notices[-1]
