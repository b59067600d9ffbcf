"""A file, or bytes from a pipe, becomes a document. Every way in which that fails is a DocumentError with a hint."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from pathlib import Path, PurePath
from typing import BinaryIO

from ..core.errors import DocumentError
from .formats import COMPRESSED, UNSUPPORTED, loader_for, suffix_of
from .loaded import Loaded

__all__ = ["LARGEST", "Loaded", "read_bytes", "read_file", "read_stream"]

LARGEST = 300_000_000
"""Bytes of one file, and of what a compressed file holds."""


def read_file(path: Path) -> Loaded:
    """The document in the file at `path`. Raises DocumentError."""
    suffix = suffix_of(path)
    if suffix.removesuffix(COMPRESSED) in UNSUPPORTED:
        raise DocumentError(f"{path}: {suffix} files are not read", "convert it to text, Markdown, HTML or PDF first")
    try:
        with path.open("rb") as stream:
            data = _read_whole(stream, path)
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: no such file", "check the path; quote it where it holds spaces") from error
    except IsADirectoryError as error:
        raise DocumentError(
            f"{path}: no file in this folder can be read",
            "it may be empty, hidden or of unknown formats; name the files",
        ) from error
    except PermissionError as error:
        raise DocumentError(f"{path}: permission denied", f"make it readable: chmod u+r '{path}'") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DocumentError(f"{path}: cannot be read: {reason}", "check the path and the disk") from error
    return read_bytes(data, suffix, str(path))


def read_stream(stream: BinaryIO, suffix: str = "", name: str = "-") -> Loaded:
    """The document that a pipe delivers. Raises DocumentError."""
    return read_bytes(stream.read(LARGEST + 1), suffix, name)


def read_bytes(data: bytes, suffix: str = "", name: str = "-") -> Loaded:
    """The document in `data`; `suffix` as in a file's name, `name` for messages. Raises DocumentError."""
    try:
        suffix = suffix_of(PurePath("x" + suffix))
        _refuse_large(len(data))
        if suffix.endswith(COMPRESSED) or data.startswith(b"\x1f\x8b"):
            data, suffix = _inflated(data), suffix.removesuffix(COMPRESSED)
        if not data:
            raise DocumentError("is empty", "name a file that holds text")
        loaded = loader_for(suffix, data)(data)
        if not loaded.document.text.strip():
            raise DocumentError("holds no text", "name a file that holds text")
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}", error.hint) from error
    return loaded


def _read_whole(stream: BinaryIO, path: Path) -> bytes:
    """Everything in an open file, unless it is too large or changes meanwhile."""
    before = os.fstat(stream.fileno())
    regular = stat.S_ISREG(before.st_mode)
    if regular and before.st_size > LARGEST:
        return stream.read(LARGEST + 1)  # refused by size, like a pipe
    data = stream.read(LARGEST + 1)
    after = os.fstat(stream.fileno())
    if regular and (len(data) != after.st_size or before.st_mtime_ns != after.st_mtime_ns):
        raise DocumentError(f"{path}: changed while it was read", "try again when it is complete")
    return data


def _refuse_large(size: int) -> None:
    if size > LARGEST:
        raise DocumentError(
            f"is larger than {LARGEST // 10**6} MB",
            "divide it, for text: split -C 200m FILE part-; then name the parts",
        )


def _inflated(data: bytes) -> bytes:
    """What gzip `data` holds, all members, never much more than `LARGEST` bytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            whole = packed.read(LARGEST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise DocumentError("is a damaged or incomplete gzip file", "check it: gzip -t FILE") from error
    _refuse_large(len(whole))
    return whole
