"""A quoted table row comes with its header and unit, whatever the format, and across the border of a page."""

from __future__ import annotations

import pytest
from clew.agents.columns import columns
from clew.core.book import Book
from clew.core.types import Document, Page, Span
from clew.documents.load import read_bytes
from clew.documents.passages import prepare
from officefiles import docx
from pdfsyntax import Pdf, at

CELLS = [["(in millions)", "2018", "2017"], ["Net sales", "32,765", "31,657"], ["Purchases of plant", "1,577", "1,373"]]


def row(book: Book, words: str) -> Span:
    start = book.document.text.rindex(words)
    end = book.document.text.find("\n", start)
    return Span(book.id, start, len(book.document.text) if end < 0 else end)


def html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in CELLS)
    return f"<html><body><p>We invest in plants.</p><table>{rows}</table></body></html>".encode()


def word() -> bytes:
    def cell(words: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    rows = "".join(f"<w:tr>{''.join(map(cell, cells))}</w:tr>" for cells in CELLS)
    return docx(f"<w:tbl>{rows}</w:tbl>")


def sheet() -> bytes:
    return "\n".join(";".join(cells) for cells in CELLS).encode()


def pdf() -> bytes:
    lines = [at(50, 700 - 20 * n, "   ".join(cells)) for n, cells in enumerate(CELLS)]
    return Pdf().sheet("\n".join(lines)).bytes()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(html(), ".html"), (word(), ".docx"), (sheet(), ".csv"), (pdf(), ".pdf")],
    ids=lambda v: str(v)[:5],
)
def test_a_row_has_its_years_and_unit(data: bytes, suffix: str) -> None:
    book = prepare("report" + suffix, read_bytes(data, suffix).document)
    above = " ".join(columns(book, row(book, "Purchases of plant")))
    assert all(words in above for words in ("2018", "2017", "in millions"))


def test_a_table_that_goes_on_has_the_header_of_the_sheet_before() -> None:
    first = "Consolidated Statement of Cash Flows\n(Millions) 2018 2017\nNet income 5,349 4,858\n"
    first += "Depreciation 1,488 1,544\n57\n"
    second = "Purchases of plant 1,577 1,373\nProceeds 262 49\n"
    pages = (Page(1, 0, len(first)), Page(2, len(first), len(first + second)))
    book = prepare("report.pdf", Document(first + second, pages, (), "pdf"))
    assert any("2018 2017" in line for line in columns(book, row(book, "Proceeds")))


def test_prose_and_rows_under_prose_of_their_own_sheet_have_none_of_the_sheet_before() -> None:
    first = "Cash flows\n(Millions) 2018 2017\nNet income 5,349 4,858\n"
    second = "The company was founded in the north a long time ago by several people.\nProceeds 262 49\n"
    pages = (Page(1, 0, len(first)), Page(2, len(first), len(first + second)))
    book = prepare("report.pdf", Document(first + second, pages, (), "pdf"))
    assert not any("2018 2017" in line for line in columns(book, row(book, "Proceeds")))
    assert columns(book, row(book, "The company")) == ()
