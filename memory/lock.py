"""The lock of what must have one writer at a time; the system releases it when the process ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..core.errors import StoreError

VISIBLE = 2.0
"""Seconds of waiting for another process that nobody needs to be told of."""
PATIENCE = 600.0
"""Seconds after which it is given up."""


class Alone:
    """A lock file in `folder`, held for the length of a `with` block.

    Args:
        tell: told when it is waited for.

    Raises:
        StoreError: another process keeps it for ten minutes, or the folder is not writable.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        from filelock import FileLock

        self._lock = FileLock(folder / "lock")
        self._folder = folder
        self._tell = tell

    def __enter__(self) -> object:
        from filelock import Timeout

        try:
            try:
                return self._lock.acquire(timeout=VISIBLE)
            except Timeout:
                self._tell(f"waiting for another clew that is indexing in {self._folder}")
                return self._lock.acquire(timeout=PATIENCE)
        except Timeout as error:
            raise StoreError(
                f"another clew has been indexing in {self._folder} for ten minutes", "wait for it, or end it"
            ) from error
        except OSError as error:
            raise StoreError(
                f"the library {self._folder} cannot be locked: {error.strerror}", "make the folder writable"
            ) from error

    def __exit__(self, *error: object) -> None:
        self._lock.release()
