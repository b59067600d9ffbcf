"""What replies take on disk: it grows with their number, and no faster."""

from __future__ import annotations

import asyncio
from pathlib import Path

from calls import reading
from clew.memory.library import Library
from clew.memory.records import Records
from clew.models.journal import Journal
from clew.models.scripted import Scripted
from clew.models.validated import Validated

FINDING = {"claim": "The keeper wrote down every ship that passed the light that day", "need": 1, "confidence": 0.9}


def size_of(folder: Path, replies: int) -> int:
    """Bytes that so many readers' replies take, two findings each."""
    library = Library(folder)
    script = Scripted(lambda call: {"findings": [FINDING | {"sentences": [n, n + 1]} for n in (3, 40)], "drop": []})
    journal = Journal(Validated(script), Records(library.database), "run")

    async def ask() -> None:
        for n in range(replies):
            await journal.complete(reading(sample=n))

    asyncio.run(ask())
    library.close()
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_three_thousand_replies_take_less_than_ten_megabytes_and_growth_is_linear(tmp_path: Path) -> None:
    empty, one, two = (size_of(tmp_path / str(n), n) for n in (0, 1500, 3000))
    assert two < 10_000_000
    assert 1.7 < (two - empty) / (one - empty) < 2.3
