"""Whether a file is the one that was read before.

A file is the same when path, size, time of change, time of status change and inode are: the last two cannot be set, so
what was copied over it, or edited and given its old date, is seen. A file that had changed within two seconds of being
looked at may change again within the tick of its clock; it gets no stamp, and is known by its bytes the next time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path

from ..documents.formats import suffix_of

PARSER = "7"
"""Changes when loaders or borders of passages change: files are then read anew."""
SETTLED = 2.0
"""Seconds since its last change after which a file's stamp can be trusted: as coarse as any file system's clock."""


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


def same(path: Path, content: str, stamped: str) -> bool:
    """Whether what stands at `path` is still that of a stamp or, where it has none or another, of a fingerprint."""
    if stamped and stamped == stamp(path):
        return True
    return content == fingerprint(path, ocr=current(content, ocr=True))


def current(content: str, *, ocr: bool) -> bool:
    """Whether what has this fingerprint was read as it would be now, with text recognition or without."""
    return content.startswith(f"{_reader(ocr)}:")


def _reader(ocr: bool) -> str:
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
            return f"{_reader(ocr)}:{suffix_of(path)}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except (OSError, ValueError):
        return ""
