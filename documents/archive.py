"""A ZIP archive read in memory, member by member, within limits. Nothing is ever written to disk.

Names of members are only looked up: one that points outside the archive cannot lead anywhere. Sizes are those that come
out, not those that the archive states (bombs: Fifield, "A better zip bomb", WOOT 2019).
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib

from ..core.errors import DocumentError
from .limits import largest, refuse_large
from .loaded import SAVE_AGAIN

MEMBERS = 20_000
"""Members of one archive."""
RATIO = 300
"""Bytes that one stored byte may unpack to, in members of more than `SMALL` bytes; ten is usual, a hundred happens."""
SMALL = 10_000_000

_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, IndexError)


class Archive:
    """The members of the archive in `data`. Raises DocumentError where it is none, is damaged or has too many.

    Names are compared without regard to case, as the Open Packaging Conventions do; `\\` counts as `/`.
    """

    def __init__(self, data: bytes) -> None:
        # Before the list is read, for each entry takes ten times its size in memory.
        _refuse_many(data.count(b"PK\x01\x02") // 10)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (*_DAMAGED, NotImplementedError) as error:
            raise DocumentError("is damaged: no complete ZIP archive", SAVE_AGAIN) from error
        _refuse_many(len(members))
        self._members = {_key(member.filename): member for member in members}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def read(self, name: str) -> bytes:
        """What is in the member called `name`. Raises DocumentError: missing, damaged, encrypted, or a bomb."""
        member = self._members.get(_key(name))
        if member is None:
            raise DocumentError(f"is damaged: it has no {name}", SAVE_AGAIN)
        if member.flag_bits & 1:
            raise DocumentError("is encrypted", "save it without a password")
        left = largest() - self._read
        try:
            with self._zip.open(member) as packed:
                data = packed.read(left + 1)
        except NotImplementedError as error:
            raise DocumentError(f"is packed in a way that is not read: {name}", SAVE_AGAIN) from error
        except (*_DAMAGED, RuntimeError) as error:
            raise DocumentError(f"is damaged: {name} cannot be unpacked", SAVE_AGAIN) from error
        self._read += len(data)
        refuse_large(self._read, "what it unpacks to")
        if len(data) > SMALL and len(data) > RATIO * max(1, member.compress_size):
            raise DocumentError(f"{name} unpacks to more than {RATIO} times its size, like a ZIP bomb", SAVE_AGAIN)
        return data

    def read_if_there(self, name: str) -> bytes:
        """The same; empty where there is no such member."""
        return self.read(name) if name in self else b""


def _refuse_many(members: int) -> None:
    if members > MEMBERS:
        raise DocumentError(f"holds more than {MEMBERS:,} packed files", SAVE_AGAIN)


def _key(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lower()
