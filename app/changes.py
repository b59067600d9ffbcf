"""What happened to files since they were read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..core.trace import Trace
from ..core.wording import NAMED, counted
from ..memory.library import Kept, Library
from .stamps import same

GONE = "is gone since it was indexed"
CHANGED = "has changed since it was indexed"


def change(library: Library, path: str) -> str | None:
    """What happened to a file since it was read: one look, and its bytes only where that says something else."""
    known = library.version(path)
    if known is None or path == "-":
        return None
    if not os.path.exists(path):
        return GONE
    return None if same(Path(path), known.content, known.stamp) else CHANGED


def tell_changes(library: Library, files: Sequence[Kept], trace: Trace) -> None:
    """Tells which files are not what they were: some by name, the others counted."""
    changed = [(file.name, what) for file in files if (what := change(library, file.path))]
    for name, what in changed[:NAMED]:
        again = "; clew index it again" if what == CHANGED else ""
        trace.notice(f"{name} {what}{again}")
    if len(changed) > NAMED:
        kinds = Counter(what for _, what in changed[NAMED:])
        rest = ", ".join(f"{counted(count, 'other file')}: {what}" for what, count in kinds.items())
        trace.notice(f"{rest}; clew index them again, or clew library remove them")
