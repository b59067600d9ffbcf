"""Notices about many files: some in full, the others counted."""

from __future__ import annotations

from ..core.trace import Trace
from ..core.wording import counted

TOLD = 20
"""Notices about files that are told one by one."""


class Told:
    """Notices about many files: some in full, the others counted."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._count = 0

    def notice(self, text: str) -> None:
        self._count += 1
        if self._count <= TOLD:
            self._trace.notice(text)

    def rest(self, where: str) -> None:
        if self._count > TOLD:
            self._trace.notice(f"{counted(self._count - TOLD, 'more notice')} about files; {where}")
