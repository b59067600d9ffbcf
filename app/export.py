"""Taking a library along: its listed texts as files, with a manifest that says what each is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path, PurePath

from ..core.errors import SettingsError
from ..core.trace import Trace
from ..memory.library import Kept, Library

READABLE = 80
"""Bytes of an exported text's name that are its file's: file systems count bytes, and most allow 255."""


def export(library: Library, folder: Path, trace: Trace) -> int:
    """Writes the listed texts as they are kept into an empty `folder`, with a manifest of one JSON object a line.

    Names of files in it are made here, so nothing is written elsewhere whatever the stored names are. Returns the
    number of files in the manifest. Raises SettingsError where the folder is not empty or cannot be written to.
    """
    files = library.files(listed=True)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SettingsError(f"{folder} is not empty", "name a new folder")
        (folder / "texts").mkdir(mode=0o700)
        with (folder / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
            for row in exported(library, files, folder, trace):
                manifest.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written to: {error.strerror}", "name another folder") from error
    return len(files)


def exported(library: Library, files: Sequence[Kept], folder: Path, trace: Trace) -> Iterator[dict[str, object]]:
    """Writes the texts of `files`; of each, what the manifest has."""
    for at, file in enumerate(files):
        trace.progress("exporting", at, len(files))
        content = library.texts.read(file.document)
        if content is None:
            continue  # Another process has removed it meanwhile.
        document = content.document
        text = f"texts/{exported_name(file)}"
        (folder / text).write_bytes(document.text.encode("utf-8", "surrogatepass"))
        yield {
            "path": file.path,
            "name": file.name,
            "document_id": file.document,
            "text": text,
            "loader": document.loader,
            "pages": [asdict(page) for page in document.pages],
            "headings": [asdict(heading) for heading in document.headings],
        }


def exported_name(file: Kept) -> str:
    """A name for a text: what is readable of its file's, and its id, which no other text has."""
    readable = re.sub(r"[^\w.-]+", "-", PurePath(file.path).name).strip(".-")
    readable = readable.encode("utf-8", "replace")[:READABLE].decode("utf-8", "ignore")
    return f"{readable or 'text'}.{file.document}.txt"
