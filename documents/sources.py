"""What the user names becomes an ordered list of files: paths, folders, patterns, standard input. None is opened here.

The rule for folders: all files in it and in the folders below are read, but for

* hidden files and folders, whose names begin with a dot,
* files that hold no text, as told by their names (a name without a suffix counts as text),
* empty files,
* links that lead out of the folder, nowhere, or to a folder,
* files and folders that may not be opened or are no files, such as sockets.

What is left out is counted by reason, in one notice for each folder.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.wording import NAMED
from .formats import suffix_of, worth_reading
from .shown import shown

STANDARD_INPUT = "-"

FORMATS = 6
"""Formats named in a notice."""

_HIDDEN = "hidden"
_FORMAT = "of a format that holds no text"
_NO_FILE = "that is no plain file"
_REASONS = {_FORMAT: "of formats that hold no text", _NO_FILE: "that are no plain files"}
"""How a reason is worded for several, where that is not how it is worded for one."""
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read."""

    name: str
    """As the user knows it: the path as given, or `<folder as given>/<path within it>`; fit to be printed."""
    path: Path | None
    """None for standard input."""


def expand(names: Sequence[str], notice: Callable[[str], None] | None = None) -> list[Source]:
    """The sources behind `names`, in the order given, files of a folder or pattern sorted; each path comes once.

    A name with `*`, `?` or `[…]` that is no file is a pattern, as in a shell; `**` stands for any folders in between.
    It finds no hidden files, and nothing to which a link leads out of the folder where the pattern begins.

    What does not exist, a pattern without a match, and a folder without a readable file become sources as well: reading
    them says what is wrong, and the others are read all the same.

    Args:
        notice: told, in one line for each folder, how many files of it were left out and why.
    """
    found: dict[str, Source] = {}
    for name in names:
        for source in _behind(name, notice or (lambda _: None)):
            found.setdefault(str(source.path), source)
    return list(found.values())


def _behind(name: str, notice: Callable[[str], None]) -> list[Source]:
    if name == STANDARD_INPUT:
        return [Source(name, None)]
    if os.path.isdir(name):
        return _in_folder(name, notice)
    if _MAGIC.search(name) and not os.path.lexists(name):
        found: list[Source] = []
        for match in _matches(name):
            found += _in_folder(match, notice) if os.path.isdir(match) else [Source(shown(match), Path(match))]
        return found or [Source(shown(name), Path(name))]
    return [Source(shown(name), Path(name))]


def _matches(pattern: str) -> list[str]:
    """Paths that match, sorted; links to folders are not searched, hidden names only where the pattern has a dot."""
    parts = Path(pattern).parts
    first = next(at for at, part in enumerate(parts) if _MAGIC.search(part))
    base, below = Path(*parts[:first]), parts[first:]
    try:
        root = base.resolve()
        found = [path for path in base.glob(os.path.join(*below)) if _stays(path, root)]
    except (OSError, RuntimeError, ValueError):
        return []  # no pattern, such as `**x`
    if any(part.startswith(".") for part in below):
        return sorted(map(str, found))
    hidden = len(base.parts)
    return sorted(str(path) for path in found if not any(part.startswith(".") for part in path.parts[hidden:]))


def _stays(path: Path, root: Path) -> bool:
    """Whether `path` is within `root` also when links are followed."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        return False  # a link in a circle, of which Python 3.13 makes a link again
    return target.is_relative_to(root) and not target.is_symlink()


def _in_folder(name: str, notice: Callable[[str], None]) -> list[Source]:
    prefix = name if name.endswith("/") else name + "/"
    left_out: dict[str, list[Path]] = {}
    inside: list[Source] = []
    for path, reason in _files(Path(name)):
        if reason:
            left_out.setdefault(reason, []).append(path)
        else:
            inside.append(Source(shown(prefix + path.relative_to(name).as_posix()), path))
    if left_out:
        notice(f"{shown(name)}: left out {_told(left_out, Path(name))}")
    return sorted(inside, key=lambda source: source.name) or [Source(shown(name), Path(name))]


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The paths of what is in `folder` and below, each with the reason why it is left out, empty if it is not."""
    root = folder.resolve()
    closed: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        yield from ((Path(parent, name), _why_not(Path(parent, name), root)) for name in files)
        for name in folders:
            if name.startswith("."):
                yield Path(parent, name), _HIDDEN
            elif os.path.islink(os.path.join(parent, name)):
                yield Path(parent, name), "linked"
        folders[:] = [name for name in folders if not name.startswith(".")]
    yield from ((Path(error.filename or folder), "that may not be opened") for error in closed)


def _why_not(path: Path, root: Path) -> str:
    """Why a file is left out; empty where it is read."""
    if path.name.startswith("."):
        return _HIDDEN
    if not worth_reading(path):
        return _FORMAT
    if not _stays(path, root):
        return "linked"
    try:
        status = path.stat()
    except OSError:
        return "linked"  # to nowhere
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    return "" if status.st_size else "empty"


def _told(left_out: dict[str, list[Path]], folder: Path) -> str:
    """How many were left out for which reason, as in `3 of formats that hold no text (.png, .zip), 1 empty (a.txt)`."""
    most_first = sorted(left_out.items(), key=lambda item: -len(item[1]))
    return ", ".join(
        f"{len(paths):,} {reason if len(paths) == 1 else _REASONS.get(reason, reason)}{_which(reason, paths, folder)}"
        for reason, paths in most_first
    )


def _which(reason: str, paths: Sequence[Path], folder: Path) -> str:
    """The formats or the names of what was left out, so far as they fit on a line; hidden ones want no names."""
    if reason == _HIDDEN:
        return ""
    if reason == _FORMAT:
        formats = sorted({shown(suffix_of(path)) for path in paths})
        return f" ({', '.join(formats[:FORMATS])}{', …' * (len(formats) > FORMATS)})"
    names = sorted(shown(path.relative_to(folder).as_posix()) for path in paths)
    return f" ({', '.join(names[:NAMED])}{', …' * (len(names) > NAMED)})"
