"""A library of many small documents: indexing, asking, removing and checking, in time, memory and disk.

    python benchmarks/library.py [--documents N …]

The documents are pieces of Moby-Dick from examples/, each with a line of its own; a few hold a fact that stands nowhere
else, which is asked for. Every figure is of a process of its own, started cold; peak memory is of that process, and of
the largest of its children. Deterministic, but for the time it takes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from clew.evals.needles import novel

SIZE = 10_000
"""Characters of a document."""
PORTS = ["Ostermund", "Veldrik", "Quillhaven", "Brastow", "Tammerlain"]


@dataclass(frozen=True)
class Needle:
    """A fact that one document holds."""

    document: int
    question: str
    sentence: str
    answer: str


@dataclass(frozen=True)
class Figures:
    """What one command took."""

    seconds: float
    cpu: float
    """Seconds of processor, its children's included: what does not depend on who else is at work."""
    memory: float
    """Peak of the process, in MB."""
    children: float
    """Peak of its largest child, in MB."""
    out: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="*", default=[100, 1_000, 10_000], metavar="N")
    given = parser.parse_args()
    for count in given.documents:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), novel(), count)


def measure(folder: Path, text: str, count: int) -> None:
    """Everything with `count` documents."""
    needles = write(folder / "documents", text, count)
    time.sleep(2.5)  # Files that have just been written are not yet trusted to be finished.
    library = folder / "library"

    def clew(*arguments: str) -> Figures:
        return run(*arguments, "--library", str(library))

    def told(what: str, figures: Figures, more: str = "") -> None:
        memory = f"peak {figures.memory:4.0f} MB" + (f" + {figures.children:.0f} MB" if figures.children > 1 else "")
        print(
            f"{count:6,} documents  {what:15}{figures.seconds:6.1f} s ({figures.cpu:5.1f} s cpu)  {memory:20} {more}",
            flush=True,
        )

    first = clew("index", str(folder / "documents"))
    told("index", first, f"{count / first.seconds:5.0f} documents/s, library {size(library):4.0f} MB")
    told("index again", clew("index", str(folder / "documents")))
    for needle in needles:
        asked = clew("ask", needle.question, "--strategy", "retrieve", "--json")
        answer = json.loads(asked.out)
        right = needle.answer in (answer["answer"] or "")
        place = [c["document"] for c in answer["citations"]]
        told("ask", asked, f"{'found' if right else 'NOT FOUND'} in {Path(place[0]).name if place else 'nothing'}")
    told("ask, auto", clew("ask", needles[0].question.replace("What", "Which"), "--json"))
    told("ask --in", clew("ask", needles[0].question, "--in", "*/0*", "--strategy", "retrieve", "--json"))
    gone = folder / "documents" / name(needles[0].document)
    told("remove", clew("library", "remove", str(gone)))
    told("verify", (checked := clew("library", "verify")), checked.out.strip())


def write(folder: Path, text: str, count: int) -> list[Needle]:
    """Writes the documents, and returns what is hidden in them."""
    draw = random.Random(1851)
    needles = []
    for at, port in enumerate(PORTS):
        figure = 1000 + 37 * at
        needles.append(
            Needle(
                draw.randrange(count),
                f"What was the tonnage of the barque that was registered in {port}?",
                f"The barque that was registered in {port} had a tonnage of {figure} and a crew of nine.",
                str(figure),
            )
        )
    hidden = {needle.document: needle.sentence for needle in needles}
    for number in range(count):
        path = folder / name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        start = draw.randrange(len(text) - SIZE)
        piece = text[start : start + SIZE]
        middle = piece.find("\n\n", SIZE // 2) % SIZE
        entry = f"\n\nLog entry {number} was written on day {number * 7 % 365}. {hidden.get(number, '')}"
        path.write_text(piece[:middle] + entry + piece[middle:], encoding="utf-8")
    return needles


def name(number: int) -> str:
    return f"{number // 1000:02}/log-{number:05}.txt"


def size(folder: Path) -> float:
    """MB on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


MEASURED = """
import json, resource, sys
from clew.cli.main import run
code = run(sys.argv[1:])
both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(used.ru_utime + used.ru_stime for used in both)
print(json.dumps([cpu, *(used.ru_maxrss for used in both)]), file=sys.stderr)
sys.exit(code)
"""


def run(*arguments: str) -> Figures:
    """One command in a process of its own. Raises RuntimeError where it failed."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 7):
        raise RuntimeError(f"{arguments}: {done.stderr}")
    cpu, own, children = json.loads(done.stderr.splitlines()[-1])
    return Figures(time.monotonic() - begun, cpu, own / 1024, children / 1024, done.stdout)


if __name__ == "__main__":
    main()
