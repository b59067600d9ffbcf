"""NumPy's files as they are kept: each written whole, strings in them as bytes, so that nothing has to be unpickled."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.arrays import Bytes


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that becomes that at `path` when all is written; its folder is made. Any thread or process may do so."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    with part.open("wb") as file:
        yield file
    part.replace(path)


def packed(strings: Sequence[str]) -> Bytes:
    """Strings without line breaks, as bytes."""
    import numpy as np

    return np.frombuffer("\n".join(strings).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpacked(data: Bytes) -> list[str]:
    """What `packed` was given."""
    text = data.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
