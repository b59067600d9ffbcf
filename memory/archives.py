"""Files as they are kept: each written whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import IO


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that becomes that at `path` when all is written; its folder is made. Any thread or process may do so."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    with part.open("wb") as file:
        yield file
    part.replace(path)
