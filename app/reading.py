"""Files become documents, here or in processes beside this one. Every failure is the file's own and stops no other.

Only what is small and of a simple format is read here. A few kilobytes can make the reader of a web page, a PDF or a
packed format take hours or all memory, or end its process: it has a process apart, with bounds by the file's size.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..core.book import Content
from ..core.errors import ClewError, DocumentError
from ..documents.files import bytes_of
from ..documents.formats import suffix_of
from ..documents.load import is_safe, read_bytes, read_file
from ..documents.loaded import Loaded
from ..documents.passages import prepare
from ..documents.shown import shown
from ..memory.profiles import Profile, profile
from .workers import Lost, Task, cores, spread

FEW = 50
"""Files below which none are started: a process takes as long to start as some dozens of small files to be read."""
LARGE = 4_000_000
"""Bytes, of one file or several, from which they pay all the same."""
SECONDS, SECONDS_A_MEGABYTE, PATIENCE = 60.0, 30.0, 900.0
"""After which reading a file apart is given up: many times what any honest one was seen to need. And the most."""
RECOGNISING = 20
"""Times as long with text recognition: half a minute for a usual scanned sheet."""
MEMORY, MEMORY_A_BYTE = 2 * 10**9, 40
"""Bytes that it may take: text of nothing but line ends takes 40 times its own, what is packed tens of times."""
DAMAGED = "the file may be damaged: convert it, or leave it out"


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
    data: bytes | None = None
    """What came from a pipe, which can be read once."""

    @property
    def size(self) -> int:
        """Bytes; 0 where there is no such file."""
        try:
            return os.stat(self.path).st_size if self.data is None else len(self.data)
        except (OSError, ValueError):
            return 0


def read_all(
    wanted: Sequence[Wanted], profiled: bool, patience: float = PATIENCE, *, ocr: bool = False
) -> Iterator[tuple[int, Read | DocumentError]]:
    """Each file's number with its document or its error, as they come.

    Args:
        profiled: whether a profile is wanted too.
        patience: seconds that one file may take in a process of its own, at most.
        ocr: whether text is recognised in sheets without any, which takes longer.
    """
    return _each(read, wanted, (profiled, ocr), patience, RECOGNISING if ocr else 1)


def load_one(path: Path, data: bytes | None = None, *, ocr: bool = False) -> Loaded:
    """The document in a file, or in what came from a pipe, read where `read_all` reads it. Raises DocumentError."""
    one = Wanted(0, shown(path), path, data)
    ((_, result),) = _each(load, [one], (ocr,), PATIENCE, RECOGNISING if ocr else 1)
    if isinstance(result, DocumentError):
        raise result
    loaded: Loaded = result
    return loaded


def read(one: Wanted, profiled: bool, ocr: bool) -> Read:
    """The document in a file with its sentences, passages and, where it is to be listed, its profile."""
    loaded = load(one, ocr)
    book = prepare(one.name, loaded.document)
    content = Content(loaded.document, array("I", book.sentence_starts), array("I", book.passage_firsts))
    return Read(content, tuple(loaded.notices), profile(book) if profiled else None)


def load(one: Wanted, ocr: bool) -> Loaded:
    """The document in a file."""
    if one.data is None:
        return read_file(one.path, ocr=ocr)
    return read_bytes(one.data, suffix_of(one.path), one.name, ocr=ocr)


def tried(function: Callable[..., Any], one: Wanted, *arguments: Any) -> Any:
    """What `function` makes of a file, or the DocumentError that says why it makes nothing of it."""
    try:
        return function(one, *arguments)
    except DocumentError as error:
        return error
    except ClewError:
        raise
    except MemoryError:
        return DocumentError(f"{one.name}: reading it takes more memory than it may", DAMAGED)
    except Exception as error:
        reason = f"reading it failed: {type(error).__name__}: {error}"
        return DocumentError(f"{one.name}: {reason}", "this is a bug in Clew; convert the file")


def _each(
    function: Callable[..., Any], wanted: Sequence[Wanted], arguments: tuple[Any, ...], patience: float, times: int
) -> Iterator[tuple[int, Any]]:
    """Each file's number with what comes of it: here, or in as many processes as pay."""
    many = cores() > 1 and (len(wanted) >= FEW or sum(one.size for one in wanted) >= LARGE)
    tasks = []
    for one in wanted:
        try:
            one = _delivered(one)
        except DocumentError as error:
            yield one.number, error
            continue
        if many or not _is_quick(one):
            tasks.append(_task((function, one, *arguments), one.size, patience, times))
        else:
            yield one.number, tried(function, one, *arguments)
    if tasks:
        for task, result in spread(tried, tasks, min(cores(), 8, len(tasks))):
            one = task.arguments[1]
            yield one.number, _told(one.name, result)


def _delivered(one: Wanted) -> Wanted:
    """With what a pipe delivers, which no process beside this one could open. Raises DocumentError."""
    if one.data is not None or os.path.isfile(one.path):
        return one
    return replace(one, data=bytes_of(one.path))


def _is_quick(one: Wanted) -> bool:
    """Whether reading a file here ends soon, whatever it holds."""
    return one.size < LARGE and is_safe(one.path, one.data)


def _task(arguments: tuple[Any, ...], size: int, patience: float, times: int) -> Task:
    seconds = min(patience, SECONDS + SECONDS_A_MEGABYTE * size / 10**6)
    return Task(arguments, times * seconds, MEMORY + MEMORY_A_BYTE * size)


def _told(name: str, result: Any) -> Any:
    """What came back from a worker; a lost worker is its file's failure."""
    if isinstance(result, Lost):
        return DocumentError(f"{name}: reading it {result}", DAMAGED)
    if isinstance(result, Exception) and not isinstance(result, DocumentError):
        raise result
    return result
