"""Vectors of a document that is being embedded, kept batch by batch until all of them are in the index."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .archives import replaced

if TYPE_CHECKING:
    from ..core.arrays import Floats


class Parts:
    """A folder of arrays, made when first needed. Implements `core.seams.Parts`.

    Args:
        folder: for one document and embedder.
        tell: told how many passages are done, and how many there are.
    """

    def __init__(self, folder: Path, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
        self._folder = folder
        self.tell = tell

    def load(self, key: str) -> Floats | None:
        """The vectors under `key`; None where there are none, or they cannot be read."""
        import numpy as np

        try:
            vectors: Floats = np.load(self._folder / f"{key}.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return vectors

    def save(self, key: str, vectors: Floats) -> None:
        """Keeps `vectors`: whole, or not at all."""
        import numpy as np

        with replaced(self._folder / f"{key}.npy") as file:
            np.save(file, vectors)

    def clear(self) -> None:
        """Deletes all of them, and the folder above where nothing else is in it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        with suppress(OSError):
            self._folder.parent.rmdir()
