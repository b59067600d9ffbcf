"""`clew text`: the text that offsets refer to."""

from __future__ import annotations

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

    from ..documents.load import awaited, read_file, read_stream

    if Path(file).is_dir():
        raise DocumentError(f"{file} is a folder: clew text takes one file", "name a file in it")
    if waiting := awaited(Path(file)):
        print(f"clew: {waiting}", file=sys.stderr)
    loaded = read_stream(sys.stdin.buffer, ocr=ocr) if file == "-" else read_file(Path(file), ocr=ocr)
    for notice in loaded.notices:
        print(f"clew: {notice if notice.startswith(file) else f'{file}: {notice}'}", file=sys.stderr)
    sys.stdout.flush()
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(loaded.document.text.encode("utf-8", "surrogatepass"))
    return 0
