"""PDFs: sheets a second, peak memory, and whether the gold evidence of the development data stands on its sheet.

    python benchmarks/pdf.py

Every file is read in a process of its own, cold: imports are counted. Then a file of 2,000 sheets, made here. For each
question with gold evidence: the share of its words that stand on the sheet it names, and for how many of that sheet's
lines with figures `language/rows.py` finds a head. Limits that are promised are marked where they are missed.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from clew.evals.sets import data_folder
from processes import python

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from pdfsyntax import Pdf

SLOWEST = 40
"""Sheets a second."""
MEMORY, MEMORY_LARGE = 500, 1_200
"""MB: for a file of the development data, and for the one of 2,000 sheets."""

READ = """
import sys
from pathlib import Path
from clew.documents.load import read_file
document = read_file(Path(sys.argv[1])).document
print(len(document.pages), len(document.headings), sum(page.label is not None for page in document.pages))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "2000-sheets.pdf"
        large.write_bytes(synthetic(2_000))
        print(f"{'file':28}{'sheets':>7}{'sheets/s':>10}{'peak MB':>9}{'headings':>10}{'labelled':>10}")
        try:
            root = data_folder() / "financebench"
        except FileNotFoundError:
            print("no development data")
            measure(large, MEMORY_LARGE)
            return
        for path in sorted((root / "pdfs").glob("*.pdf")):
            measure(path, MEMORY)
        measure(large, MEMORY_LARGE)
        evidence(root)


def measure(path: Path, memory: int) -> None:
    """Reads a file in a process of its own and prints one line."""
    seconds, peak, out = python("-c", READ, str(path))
    sheets, headings, labelled = map(int, out.split())
    speed = sheets / seconds
    missed = f" < {SLOWEST}" * (speed < SLOWEST) + f" > {memory} MB" * (peak > memory)
    print(f"{path.name:28}{sheets:7}{speed:10.0f}{peak:9.0f}{headings:10}{labelled:10}{missed}", flush=True)


def synthetic(sheets: int) -> bytes:
    """A PDF of so many sheets, each with header, 46 full lines, and a page number."""
    words = "the measured flow of the river at this place was somewhat above what had been expected".split()
    made = Pdf()
    for number in range(sheets):
        lines = ["(Survey of rivers) Tj T*"]
        for row in range(46):
            turned = words[(number + row) % len(words) :] + words[: (number + row) % len(words)]
            lines.append(f"({number}.{row} {' '.join(turned)}) Tj T*")
        made.sheet(f"BT /F1 10 Tf 15 TL 50 760 Td {' '.join(lines)} ({number + 1}) Tj ET")
    return made.bytes()


def evidence(root: Path) -> None:
    """Words of gold evidence on the sheet it names, and heads found for its rows."""
    from clew.documents.load import read_file
    from clew.language.rows import row_context

    documents = {path.stem: read_file(path).document for path in (root / "pdfs").glob("*.pdf")}
    print(f"\n{'question':28}{'sheet':>7}{'words found':>13}{'rows':>6}{'with a head':>13}")
    for line in (root / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        for item in question["evidence"]:
            document = documents[item["doc_id"]]
            page = document.pages[item["page"]]
            text = document.text[page.start : page.end]
            there = set(re.findall(r"\w+", text.casefold()))
            words = re.findall(r"\w+", item["text"].casefold())
            share = sum(word in there for word in words) / len(words)
            rows = heads = 0
            for row in re.finditer(r".+", text):
                if len(re.findall(r"\d[\d,.]*(?=[ )%]|$)", row[0])) > 1 and not row[0].endswith("."):
                    rows += 1
                    heads += bool(row_context(text, row.start(), row.end()))
            print(f"{question['id']:28}{page.number:7}{share:13.3f}{rows:6}{heads:13}")


if __name__ == "__main__":
    main()
