"""`clew text` reads what may run away where `clew ask` reads it: in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pdfsyntax import Pdf, at

READERS = "sorted({'pypdfium2', 'selectolax'} & set(sys.modules))"


@pytest.mark.parametrize("piped", [False, True])
@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        ("log.pdf", Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).bytes(), "Martha Venn kept the lamp.\n"),
        ("log.html", b"<!doctype html><p>Martha Venn kept the lamp.", "Martha Venn kept the lamp.\n"),
        ("log.txt", b"Martha Venn kept the lamp.", "Martha Venn kept the lamp."),
    ],
)
def test_no_reader_that_may_run_away_is_in_the_process(
    tmp_path: Path, name: str, data: bytes, seen: str, piped: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    script = f"import sys; from clew.cli.main import run; print(run(sys.argv[1:]), {READERS}, file=sys.stderr)"
    with path.open("rb") as file:
        words = [sys.executable, "-c", script, "text", "-" if piped else str(path)]
        done = subprocess.run(words, stdin=file, capture_output=True, text=True, check=True)
    assert done.stdout == seen
    assert done.stderr == "0 []\n"
