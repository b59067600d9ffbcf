"""Formats that Clew does not read itself, through LlamaIndex's file readers where the user has installed them.

Only readers that work on this machine alone: those of pictures, sound and film download models, and are not used.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from ..core.errors import DocumentError
from ..core.types import Document, Page
from .loaded import Loaded

SUFFIXES = frozenset((".ppt", ".pptx", ".pptm", ".xls", ".hwp"))
"""Read by a reader from outside."""
INSTALL = "pip install llama-index-readers-file"

_NEEDED = {
    **dict.fromkeys((".ppt", ".pptx", ".pptm"), "python-pptx"),
    ".xls": "openpyxl xlrd",
    ".hwp": "olefile",
}
"""What a reader needs beside its own package."""


def readers_installed() -> bool:
    """Whether LlamaIndex's file readers are there. Imports none of them."""
    try:
        return find_spec("llama_index.readers.file") is not None
    except ModuleNotFoundError:
        return False


def load_foreign(data: bytes, suffix: str) -> Loaded:
    """The text that the reader of `suffix` finds; parts that it numbers, such as slides, are pages.

    Raises DocumentError where there is no reader, or it fails.
    """
    if not readers_installed():
        raise DocumentError(f"{suffix} files are not read by Clew alone", f"{INSTALL} {_NEEDED[suffix]}")
    with tempfile.TemporaryDirectory(prefix="clew-") as folder:
        path = Path(folder, f"file{suffix}")
        path.write_bytes(data)
        parts = _read(path, suffix)
    if not parts:
        raise DocumentError(f"the reader of {suffix} found nothing in it", "save it in a newer format, or as PDF")
    texts = [part if part.endswith("\n") else part + "\n" for part in parts]
    return Loaded(Document("".join(texts), _pages(texts), (), "llama-index"))


def _read(path: Path, suffix: str) -> list[str]:
    """The texts that the reader gives."""
    with _quiet():
        try:
            from llama_index.core import SimpleDirectoryReader

            kind = SimpleDirectoryReader.supported_suffix_fn()[suffix]
            return [str(part.text or "") for part in kind().load_data(path)]
        except ImportError as error:
            reason = f"a package that reads {suffix} files is missing: {error.name or error}"
            raise DocumentError(reason, f"{INSTALL} {_NEEDED[suffix]}") from error
        except Exception as error:
            # Readers from outside fail in every way: each of them means that this file cannot be read.
            reason = f"the reader of {suffix} files failed: {error}"[:300]
            raise DocumentError(reason, "save it in a newer format, or as PDF") from error


def _pages(texts: list[str]) -> tuple[Page, ...]:
    """One page for each text, where there are several."""
    pages: list[Page] = []
    start = 0
    for number, text in enumerate(texts if len(texts) > 1 else [], 1):
        pages.append(Page(number, start, start + len(text)))
        start += len(text)
    return tuple(pages)


@contextmanager
def _quiet() -> Iterator[None]:
    """Readers log on import and print warnings: both are kept from the user, whose error says what matters."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
        root.handlers[:] = handlers
        root.setLevel(level)
