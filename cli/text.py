"""`clew text`: the text that offsets refer to."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ..core.errors import DocumentError
from . import options as o


def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    ocr: o.Ocr = False,
) -> int:
    """Print exactly the text that citations' offsets refer to."""
    from pathlib import Path

    from ..app.reading import load_one
    from ..documents.files import awaited, bytes_from

    if os.path.isdir(file):
        raise DocumentError(f"{file} is a folder: clew text takes one file", "name a file in it")
    if waiting := awaited(Path(file)):
        print(f"clew: {waiting}", file=sys.stderr)
    loaded = load_one(Path(file), bytes_from(sys.stdin.buffer) if file == "-" else None, ocr=ocr)
    for notice in loaded.notices:
        print(f"clew: {notice if notice.startswith(file) else f'{file}: {notice}'}", file=sys.stderr)
    sys.stdout.flush()
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(loaded.document.text.encode("utf-8", "surrogatepass"))
    return 0
