"""How Clew grows: indexing of 1, 4 and 16 MB of text, PDF pages a second, and the time from a cold start to an answer.

    python benchmarks/scale.py

Every figure is of a process of its own, started cold. The text is Moby-Dick from examples/, repeated; the PDFs are
those of the development data, where it is present.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from clew.evals.needles import novel
from clew.evals.sets import data_folder
from processes import Taken, python

QUESTION = "What is the name of the captain of the Rachel?"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in (1, 4, 16):
            measure(Path(folder), novel(), size)
    try:
        pdfs = sorted((data_folder() / "financebench" / "pdfs").glob("*.pdf"))
    except FileNotFoundError:
        print("PDFs: no development data")
        return
    for pdf in pdfs:
        seconds, memory, out = run("text", str(pdf))
        pages = count_pages(pdf)
        print(f"{pdf.name:28}{pages:5} pages {pages / seconds:6.0f} pages/s  peak {memory:5.0f} MB  {len(out):,} bytes")


def measure(folder: Path, book: str, size: int) -> None:
    """Indexes `size` MB and asks it, in a library of its own."""
    path, library = folder / f"{size}.txt", str(folder / f"library{size}")
    # Repetitions differ, or the second copy of a sentence would stand for all.
    copies = -(-size * 1_000_000 // len(book))
    text = "\n\n".join(f"VOLUME {n + 1}\n\n{book}" for n in range(copies))[: size * 1_000_000]
    path.write_text(text, encoding="utf-8")
    megabytes = path.stat().st_size / 1e6
    seconds, memory, _ = run("index", str(path), "--library", library)
    speed = megabytes / seconds
    print(f"{megabytes:5.1f} MB  index {seconds:6.1f} s  {speed:5.2f} MB/s  peak {memory:5.0f} MB", end="")
    asked = ("ask", QUESTION, str(path), "--library", library, "--strategy", "retrieve", "--json", "--fresh")
    seconds, memory, out = run(*asked)
    disk = sum(f.stat().st_size for f in Path(library).rglob("*") if f.is_file()) / 1e6
    answer = json.loads(out)["answer"]
    print(f"  cold answer {seconds:5.1f} s  peak {memory:5.0f} MB  library {disk:5.0f} MB  {answer}")


def run(*arguments: str) -> Taken:
    """What one command takes."""
    return python("-m", "clew.cli.main", *arguments)


def count_pages(pdf: Path) -> int:
    from clew.documents.load import read_file

    return len(read_file(pdf).document.pages)


if __name__ == "__main__":
    main()
