"""`clew text`: the text that offsets refer to."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def text(file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")]) -> int:
    """Write exactly the text of a file that offsets in citations refer to."""
    from pathlib import Path

    from ..documents.load import read_file, read_stream

    loaded = read_stream(sys.stdin.buffer) if file == "-" else read_file(Path(file))
    for notice in loaded.notices:
        print(f"clew: {notice}", file=sys.stderr)
    sys.stdout.flush()
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(loaded.document.text.encode("utf-8", "surrogatepass"))
    return 0
