"""Files become documents, here or in processes beside this one. Every failure is the file's own and stops no other."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.book import Content
from ..core.errors import DocumentError
from ..documents.load import Loaded, is_pdf, read_file
from ..documents.passages import prepare
from ..memory.profiles import Profile, profile
from .workers import Lost, cores, spread

FEW = 50
"""Files below which none are started: a process takes as long to start as some dozens of small files to be read."""
LARGE = 4_000_000
"""Bytes, of one file or several, from which they pay all the same."""
MARKUP = 200_000
"""Bytes of a web page or an e-book from which nesting made to be slow costs more than a process."""
PATIENCE = 900.0
"""Seconds after which reading one file is given up: several times what the largest allowed needs."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file's document, ready to be kept."""

    content: Content
    notices: tuple[str, ...]
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be read."""

    number: int
    """Its place in the scope."""
    name: str
    path: Path
    size: int


def read(number: int, name: str, path: Path, profiled: bool, ocr: bool) -> Read:
    """The document in a file. Raises DocumentError, whatever is wrong with it."""
    try:
        return prepared(name, read_file(path, ocr=ocr), profiled)
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(
            f"{name}: reading it failed: {type(error).__name__}: {error}", "this is a bug in Clew; convert the file"
        ) from error


def prepared(name: str, loaded: Loaded, profiled: bool) -> Read:
    """Sentences, passages and, where it is to be listed, the profile of what was loaded."""
    book = prepare(name, loaded.document)
    content = Content(loaded.document, array("I", book.sentence_starts), array("I", book.passage_firsts))
    return Read(content, tuple(loaded.notices), profile(book) if profiled else None)


def read_all(
    wanted: Sequence[Wanted], profiled: bool, patience: float = PATIENCE, *, ocr: bool = False
) -> Iterator[tuple[int, Read | DocumentError]]:
    """Each file's number with its document or its error, as they come.

    Many files are read side by side. A PDF, or a large file, goes to a process of its own also when it is alone: a
    broken one may keep its reader for ever, and a hostile one may kill it. Web pages are large sooner.

    Args:
        profiled: whether a profile is wanted too.
        patience: seconds that one file may take in a process of its own.
        ocr: whether text is recognised in sheets without any.
    """
    workers = min(cores(), 8)
    many = len(wanted) >= FEW or sum(one.size for one in wanted) >= LARGE
    tasks = []
    for one in wanted:
        task = (one.number, one.name, one.path, profiled, ocr)
        if (many and workers > 1) or _may_hang(one):
            tasks.append(task)
            continue
        try:
            yield one.number, read(*task)
        except DocumentError as error:
            yield one.number, error
    if not tasks:
        return
    for (number, name, *_), result in spread(read, tasks, min(workers, len(tasks)), patience):
        yield number, _told(name, result)


def _may_hang(one: Wanted) -> bool:
    """Whether reading a file here might end neither soon nor with Ctrl-C."""
    is_markup = one.path.suffix.lower() in (".html", ".htm", ".xhtml", ".epub")
    return one.size >= (MARKUP if is_markup else LARGE) or is_pdf(one.path)


def _told(name: str, result: Read | Exception) -> Read | DocumentError:
    """What came back from a worker; a lost worker is its file's failure."""
    if isinstance(result, Read | DocumentError):
        return result
    if isinstance(result, Lost):
        return DocumentError(f"{name}: reading it {result}", "the file may be damaged: convert it, or leave it out")
    raise result
