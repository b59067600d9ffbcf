"""How much of one file is read: its bytes, what it unpacks to, and the text made of it, under one limit."""

from __future__ import annotations

import os

from ..core.errors import DocumentError, SettingsError

SWITCH = "CLEW_MAX_FILE_MB"
"""Environment variable; the limit in megabytes."""
DEFAULT = 300


def largest() -> int:
    """Bytes of one file, and of what it unpacks to. Raises SettingsError where the environment states no number."""
    stated = os.environ.get(SWITCH, "").strip()
    if not stated:
        return DEFAULT * 10**6
    if not (stated.isascii() and stated.isdigit() and 0 < int(stated[:10]) < 10**6):
        raise SettingsError(
            f"{SWITCH} is {stated[:40]!r}, not a number of megabytes", f"set it to {DEFAULT}, or unset it"
        )
    return int(stated) * 10**6


def refuse_large(size: int, what: str = "") -> None:
    """Raises DocumentError where `size` bytes, or characters, are over the limit. `what` it is, if not the file."""
    limit = largest() // 10**6
    if size > limit * 10**6:
        raise DocumentError(
            f"{what + ' ' if what else ''}is larger than {limit} MB",
            f"raise the limit: {SWITCH}={max(2 * limit, -(-size // 10**6))}; or divide it: split -C 200m FILE part-",
        )
