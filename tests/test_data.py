"""The promises on real documents: every quote stands where it says, on the sheet it says, for every strategy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clew
import pytest
from clew.documents.load import read_file

DATA = Path(clew.__file__).resolve().parent.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the development data beside the repository")
SETS = {"novel": ("novel/questions.jsonl", "novel"), "cuad": ("cuad/questions.jsonl", "cuad/contracts")}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[clew.Clew]:
    with clew.Clew(library=tmp_path_factory.mktemp("library")) as made:
        yield made


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def check(answer: clew.Answer, text: str) -> None:
    for citation in answer.citations:
        assert citation.quote == text[citation.start : citation.end]
    for item in answer.evidence:
        assert item.text == text[item.start : item.end]
    if answer.status == "answered":
        assert answer.citations
        assert not answer.unsupported
    assert answer.rejected_quotes == 0


@pytest.mark.parametrize("strategy", ["retrieve", "chain", "auto"])
@pytest.mark.parametrize("name", SETS)
def test_quotes_stand_in_the_text(name: str, strategy: str, reader: clew.Clew) -> None:
    questions, folder = SETS[name]
    for file in sorted((DATA / folder).glob("*.txt")):
        shelf = reader.open(file)
        text = file.read_text(encoding="utf-8")
        asked = [q for q in rows(questions) if file.stem in q["doc_ids"]]
        for question in asked[::7] if strategy == "chain" else asked[::3]:
            check(shelf.ask(question["question"], strategy=strategy), text)


@pytest.mark.parametrize("pdf", sorted((DATA / "financebench/pdfs").glob("*.pdf")), ids=lambda path: path.stem)
def test_pages_are_the_sheets_one_turns_to(pdf: Path, reader: clew.Clew) -> None:
    """Checked against another engine's text of every sheet, by words."""
    pages = {row["page"] + 1: row["text"] for row in rows(f"financebench/pages/{pdf.stem}.jsonl")}
    text = read_file(pdf).document.text
    shelf = reader.open(pdf)
    for question in rows("financebench/questions.jsonl"):
        if pdf.stem in question["doc_ids"]:
            answer = shelf.ask(question["question"], strategy="retrieve")
            check(answer, text)
            for citation in answer.citations:
                assert citation.page is not None
                words, there = words_of(citation.quote), words_of(pages[citation.page])
                assert len(words & there) >= 0.8 * len(words)


def words_of(text: str) -> set[str]:
    # Engines differ in where they put spaces and hyphens, not in the letters.
    return {word for word in "".join(c if c.isalnum() else " " for c in text.lower()).split() if len(word) > 2}
