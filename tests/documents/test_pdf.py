"""PDF: sheets tile the text, bookmarks are found, failures are named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import clew
import pytest
from clew.core.errors import DocumentError
from clew.documents.load import read_bytes, read_file
from clew.documents.pdf import SCANNED

Pdf = Callable[..., bytes]
BENCH = Path(clew.__file__).parent.parent / "shared" / "data" / "financebench"


def test_sheets_tile_the_text(pdf: Pdf) -> None:
    document = read_bytes(pdf(["First page.\nIts second line.", "", "Third page."]), ".pdf").document
    assert document.text == "First page.\nIts second line.\nThird page.\n"
    assert [(p.number, document.text[p.start : p.end]) for p in document.pages] == [
        (1, "First page.\nIts second line.\n"),
        (2, ""),
        (3, "Third page.\n"),
    ]
    assert document.page_at(document.text.index("Third")) == 3
    assert document.pages_without_text() == (2,)


def test_pages_without_text_are_named_with_the_remedy(pdf: Pdf) -> None:
    assert read_bytes(pdf(["a", "b"]), ".pdf").notices == ()
    (notice,) = read_bytes(pdf(["text", "", ""]), ".pdf").notices
    assert "2 pages of 3 without text: 2, 3" in notice
    assert SCANNED in notice
    with pytest.raises(DocumentError, match="no text layer") as caught:
        read_bytes(pdf(["", ""]), ".pdf")
    assert SCANNED in (caught.value.hint or "")


def test_bookmarks_are_headings_where_their_words_stand(pdf: Pdf) -> None:
    data = pdf(["Cover", "The Sea\nwater", "The Land\nearth"], [("the  sea", 1), ("The Land", 2), ("Nowhere", 0)])
    document = read_bytes(data, ".pdf").document
    assert [document.text[h.start : h.end] for h in document.headings] == ["The Sea", "The Land"]
    assert document.heading_path(document.text.index("earth")) == ("The Land",)


def test_named_parts_are_headings_without_bookmarks(pdf: Pdf) -> None:
    body = "There is enough text under it to be the text of a part of a report."
    document = read_bytes(
        pdf(["Contents\nItem 1. Business 3\nItem 2. Risks 9", f"Item 1. Business\n{body}", f"Item 2. Risks\n{body}"]),
        ".pdf",
    ).document
    assert [(document.page_at(h.start), document.text[h.start : h.end]) for h in document.headings] == [
        (2, "Item 1. Business"),
        (3, "Item 2. Risks"),
    ]


def test_damaged_and_encrypted(pdf: Pdf) -> None:
    for data in (b"%PDF-1.4\nnothing", pdf(["a"])[:60], b"no pdf at all"):
        with pytest.raises(DocumentError, match="damaged|no pages") as caught:
            read_bytes(data, ".pdf")
        assert caught.value.hint
    locked = pdf(["a"]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>",
    )
    with pytest.raises(DocumentError, match="encrypted") as caught:
        read_bytes(locked, ".pdf")
    assert "qpdf" in (caught.value.hint or "")
    with pytest.raises(DocumentError, match="encrypted"):
        read_bytes(locked.replace(b"/Standard", b"/Own.Sec "), ".pdf")


@pytest.mark.skipif(not BENCH.is_dir(), reason="the development data is not here")
def test_gold_evidence_stands_on_its_page() -> None:
    name = "BESTBUY_2023_10K"
    document = read_file(BENCH / "pdfs" / f"{name}.pdf").document
    assert len(document.pages) == 75
    checked = 0
    for line in (BENCH / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        for item in question["evidence"] if name in question["doc_ids"] else ():
            page = document.pages[item["page"]]
            words = re.findall(r"\w+", item["text"].casefold())
            there = set(re.findall(r"\w+", document.text[page.start : page.end].casefold()))
            assert sum(word in there for word in words) > 0.95 * len(words)
            checked += 1
    assert checked
