"""The bytes of a file or a pipe; every way in which these cannot be had is a DocumentError with a hint."""

from __future__ import annotations

import os
import re
import shlex
import stat
from pathlib import Path
from typing import BinaryIO

from ..core.errors import DocumentError
from .limits import largest, refuse_large
from .shown import shown

_PATTERN = re.compile(r"[*?\[]")
_ADDRESS = re.compile(r"(?:https?|ftp):/")


def awaited(path: Path) -> str | None:
    """What to tell of a pipe with a name before it is read, for nothing may ever come; None for anything else.

    Those of a shell, such as /dev/stdin and /dev/fd/63, have a writer.
    """
    try:
        pipe = stat.S_ISFIFO(path.stat().st_mode) and path.parts[:2] not in (("/", "dev"), ("/", "proc"))
    except (OSError, ValueError):
        return None
    return f"{shown(path)} is a pipe: waiting for what is written to it" if pipe else None


def bytes_of(path: Path) -> bytes:
    """What is in the file or pipe at `path`. Raises DocumentError."""
    name = shown(path)
    try:
        _refuse_device(path, name)
        with path.open("rb") as stream:
            return _read_whole(stream, name)
    except FileNotFoundError as error:
        if _ADDRESS.match(name):
            # A path has no two slashes in a row.
            hint = "Clew fetches nothing from elsewhere: save it on this machine, and name the file"
            raise DocumentError(f"{name.replace(':/', '://', 1)}: no such file", hint) from error
        if _PATTERN.search(name):
            hint = "check the pattern; ** stands for folders in between"
            raise DocumentError(f"{name}: no file matches", hint) from error
        raise DocumentError(f"{name}: no such file", _meant(path)) from error
    except IsADirectoryError as error:
        raise DocumentError(
            f"{name}: no file in this folder can be read",
            "it may be empty, hidden or of unknown formats; name the files",
        ) from error
    except PermissionError as error:
        hint = f"make it readable: chmod u+r {shlex.quote(name)}"
        raise DocumentError(f"{name}: permission denied", hint) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DocumentError(f"{name}: cannot be read: {reason}", "check the path and the disk") from error


def bytes_from(stream: BinaryIO, name: str = "-") -> bytes:
    """Everything that a pipe delivers. Raises DocumentError where that is too much."""
    data = stream.read(largest() + 1)
    _refuse_large(len(data), name)
    return data


def _read_whole(stream: BinaryIO, name: str) -> bytes:
    """Everything in an open file, unless it is too large or changes meanwhile."""
    before = os.fstat(stream.fileno())
    regular = stat.S_ISREG(before.st_mode)
    _refuse_large(before.st_size if regular else 0, name)
    data = bytes_from(stream, name)
    after = os.fstat(stream.fileno())
    if regular and (len(data) != after.st_size or before.st_mtime_ns != after.st_mtime_ns):
        raise DocumentError(f"{name}: changed while it was read", "try again when it is complete")
    return data


def _refuse_large(size: int, name: str) -> None:
    try:
        refuse_large(size)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}", error.hint) from error


def _refuse_device(path: Path, name: str) -> None:
    """Raises DocumentError for a device, which may wait for ever or never end, and for a socket."""
    mode = path.stat().st_mode
    if stat.S_ISSOCK(mode):
        raise DocumentError(f"{name}: is a socket, no file", "name a file")
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not path.samefile(os.devnull)):
        raise DocumentError(f"{name}: is a device, no file", f"to read it: clew … - < {shlex.quote(name)}")


def _meant(path: Path) -> str:
    """The hint for a file that is not there: the name beside it that is most like it, where one is."""
    import difflib

    try:
        close = difflib.get_close_matches(path.name, os.listdir(path.parent), n=1, cutoff=0.75)
    except OSError:
        close = []
    if close:
        return f"did you mean {shown(path.with_name(close[0]))}?"
    return "check the path; quote it where it holds spaces"
