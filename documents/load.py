"""Bytes become a document, read as their format is. Every way in which that fails is a DocumentError with a hint."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from dataclasses import replace
from pathlib import Path, PurePath

from ..core.errors import DocumentError
from ..core.wording import printable
from .files import bytes_of
from .formats import COMPRESSED, HEAD, is_simple, loader_for, suffix_of
from .limits import largest, refuse_large
from .loaded import Loaded
from .pdf import load_pdf
from .shown import shown

_SURROGATE = re.compile("[\ud800-\udfff]")


def is_safe(path: Path, data: bytes | None = None) -> bool:
    """Whether reading the file at `path`, or `data` of that name, takes no more than its size lets one expect.

    So it does where it fails at once.
    """
    try:
        return is_simple(suffix_of(path), _head(path) if data is None else data[:HEAD])
    except (OSError, ValueError, DocumentError):
        return True


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def read_file(path: Path, *, ocr: bool = False) -> Loaded:
    """The document in the file or pipe at `path`; `ocr` as in `load_pdf`. Raises DocumentError."""
    return read_bytes(bytes_of(path), suffix_of(path), shown(path), ocr=ocr)


def read_bytes(data: bytes, suffix: str = "", name: str = "-", *, ocr: bool = False) -> Loaded:
    """The document in `data`; `suffix` as in a file's name, `name` for messages. Raises DocumentError."""
    try:
        suffix = suffix_of(PurePath("x" + suffix))
        refuse_large(len(data))
        if suffix.endswith(COMPRESSED) or data.startswith(b"\x1f\x8b"):
            data, suffix = _inflated(data), suffix.removesuffix(COMPRESSED)
        if not data:
            raise DocumentError("the file is empty", "name a file that holds text")
        loader = loader_for(suffix, data)
        loaded = load_pdf(data, ocr=ocr) if loader is load_pdf else loader(data)
        if not loaded.document.text.strip():
            raise DocumentError("holds no text", "name a file that holds text")
    except DocumentError as error:
        # It may quote the file: names of parts, of tags, of encodings.
        raise DocumentError(f"{name}: {printable(str(error))}", error.hint) from error
    loaded = replace(loaded, notices=tuple(map(printable, loaded.notices)))
    if _SURROGATE.search(loaded.document.text):
        # Halves of characters cannot be stored or printed; offsets stay as they are.
        text = _SURROGATE.sub("\ufffd", loaded.document.text)
        return replace(loaded, document=replace(loaded.document, text=text))
    return loaded


def _inflated(data: bytes) -> bytes:
    """What gzip `data` holds, all members, never much more than the limit."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            whole = packed.read(largest() + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise DocumentError("is a damaged or incomplete gzip file", "check it: gzip -t FILE") from error
    refuse_large(len(whole), "what it unpacks to")
    return whole
