"""Every loader, given anything: a document that holds together, or a DocumentError; nothing else comes out.

Longer runs: `CLEW_FUZZ=20000 pytest tests/documents/test_fuzz.py`, examples for each format.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

import pytest
from clew.core.errors import DocumentError
from clew.core.types import Document
from clew.documents.load import read_bytes
from clew.documents.passages import prepare
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officefiles import docx_parts, epub_parts, odf_parts, p, xlsx_parts, zipped

EXAMPLES = int(os.environ.get("CLEW_FUZZ", "60"))
LIMITED = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

CELL = "<w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc>"
PACKAGES: dict[str, Mapping[str, str | bytes]] = {
    ".docx": docx_parts(
        p("Title", "berschrift1")
        + p("One", "", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="2"/>')
        + f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{CELL}{CELL}</w:tr></w:tbl>"
        + '<w:p><w:r><w:t>x</w:t><w:br/><w:footnoteReference w:id="1"/><w:txbxContent/></w:r></w:p>',
        numbering='<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="1"><w:start w:val="3"/>'
        '<w:numFmt w:val="lowerRoman"/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
        footnotes='<w:footnote w:id="1"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>',
    ),
    ".xlsx": xlsx_parts(
        {
            "A": '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2023</v></c></row>'
            '<row r="3"><c r="B3" s="1"><f>1</f><v>4.5</v></c>'
            '<c t="inlineStr"><is><t>x</t></is></c></row>'
        },
        ["Name"],
        '<numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>',
        '<workbookPr date1904="0"/>',
    ),
    ".epub": epub_parts({"1.html": "<h1>One</h1><p>Text.</p>", "2.html": "<p>Two</p>"}, {"2.html": "Two"}),
    ".odt": odf_parts(
        '<text:h text:outline-level="1">T</text:h><text:list text:style-name="N"><text:list-item><text:p>x'
        "<text:note><text:note-body>"
        "<text:p>n</text:p></text:note-body></text:note></text:p></text:list-item></text:list><table:table><table:table-row>"
        "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        '<draw:frame presentation:class="title"/>',
        styles='<text:list-style style:name="N">'
        '<text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>',
    ),
    ".ods": odf_parts(
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="3"><table:table-cell '
        'table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
        "spreadsheet",
    ),
}
TOKENS: dict[str, list[bytes]] = {
    ".rtf": [
        rb"{\rtf1\ansi ",
        b"{",
        b"}",
        rb"\par ",
        rb"\cell",
        rb"\row",
        rb"\intbl",
        rb"\pard",
        rb"{\footnote ",
        rb"\u",
        rb"55357",
        b"?",
        rb"\u-10179?",
        rb"\'e9",
        rb"\'",
        rb"\f1 ",
        rb"{\fonttbl",
        rb"\fcharset128",
        rb"{\stylesheet",
        rb"{\s1 heading 1;}",
        rb"\s1 ",
        rb"\uc",
        b"9999999999",
        rb"\bin",
        b"3 ",
        rb"\ansicpg65001",
        rb"\*",
        rb"\outlinelevel",
        b"0 ",
        rb"\v",
        rb"\pict",
        b"words",
        b"\\",
        b"\0",
    ],
    ".eml": [
        b"From: ",
        b"a@b.c",
        b"=?utf-8?q?",
        b"?=",
        b"=?",
        b"\n",
        b"\r\n",
        b" ",
        b"Content-Type: ",
        b"multipart/mixed; boundary=x",
        b"multipart/alternative; boundary=x",
        b"text/plain; charset=",
        b"utf-8",
        b"bogus",
        b"--x",
        b"--x--",
        b"text/html",
        b"message/rfc822",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Disposition: attachment; filename",
        b"*0*=",
        b"=",
        b"utf-8''%41",
        b"Subject: ",
        b"\xff",
        b'"',
        b";",
        b"<p>",
        b"uuencode",
        b"begin 666 x\n",
        b"\0",
    ],
    ".mbox": [b"From x\n", b"From ", b"\n", b"Subject: ", b"words", b">From ", b"\r\n", b": ", b"\xe9"],
    ".srt": [
        b"00:01:02,003",
        b" --> ",
        b"\n",
        b"\n\n",
        b"9",
        b"words",
        b"<v Ann>",
        b"<i>",
        b"{\\an8}",
        b"-->",
        b"99:99:99.999",
        b"\xff",
    ],
    ".vtt": [
        b"WEBVTT\n",
        b"01:02.003",
        b" --> ",
        b"\n",
        b"\n\n",
        b"NOTE",
        b"<v.x Ann>",
        b"&amp;",
        b"&#xD800;",
        b"<00:01.000>",
        b"words",
    ],
    ".csv": [b",", b";", b"\n", b'"', b'""', b"a", b"1", b"2020-01-01", b"\t", b"\r", b"\0", b" ", b"\n\n", b"\xe9"],
    ".ipynb": [
        b'{"cells":',
        b"[",
        b"]",
        b"{",
        b"}",
        b'"cell_type":',
        b'"code"',
        b'"markdown"',
        b",",
        b'"source":',
        b'"# a\\n"',
        b"null",
        b"1",
        b'"outputs":',
        b'"\\ud800"',
        b'"text":',
        b'"data":',
        b'"text/plain":',
        b"1e999",
        b"NaN",
    ],
}
PART = re.compile(rb"<[^>]*>|[^<>]+")


def check(data: bytes, suffix: str) -> None:
    error: DocumentError
    try:
        document = read_bytes(data, suffix).document
    except DocumentError as refused:
        error = refused
    else:
        return check_document(document)
    assert error.hint
    assert str(error).isprintable()


def check_document(document: Document) -> None:
    text = document.text
    assert text.strip()
    assert "\r" not in text
    text.encode()
    assert [h.start for h in document.headings] == sorted({h.start for h in document.headings})
    for heading in document.headings:
        assert heading.level >= 1
        assert text[heading.start : heading.end].strip()
    book = prepare("it", document)
    assert book.sentence_starts[0] == 0


@pytest.mark.parametrize("suffix", PACKAGES)
def test_packages_with_changed_marks(suffix: str) -> None:
    package = PACKAGES[suffix]
    marks = sorted(
        {mark for part in package.values() for mark in PART.findall(part.encode() if isinstance(part, str) else part)}
    )
    changes = st.tuples(
        st.sampled_from(sorted(package)),
        st.integers(0, 200),
        st.sampled_from(["drop", "insert", "replace", "bytes"]),
        st.sampled_from(marks),
        st.binary(max_size=6),
    )

    @LIMITED
    @given(st.lists(changes, max_size=6))
    def run(changed: list[tuple[str, int, str, bytes, bytes]]) -> None:
        parts = {name: PART.findall(part.encode() if isinstance(part, str) else part) for name, part in package.items()}
        for name, place, kind, mark, junk in changed:
            part = parts[name]
            at = place % (len(part) + 1)
            if kind == "insert":
                part.insert(at, mark)
            else:
                part[at : at + 1] = [] if kind == "drop" else [mark] if kind == "replace" else [junk]
        check(zipped({name: b"".join(part) for name, part in parts.items()}), suffix)

    run()


@pytest.mark.parametrize("suffix", PACKAGES)
def test_packages_with_changed_bytes(suffix: str) -> None:
    whole = zipped(PACKAGES[suffix])

    @LIMITED
    @given(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6), st.integers(1, len(whole))
    )
    def run(changes: list[tuple[int, int]], length: int) -> None:
        data = bytearray(whole)
        for place, value in changes:
            data[place] = value
        check(bytes(data[: max(length, len(whole) if changes else 1)]), suffix)

    run()


@pytest.mark.parametrize("suffix", TOKENS)
def test_texts_with_marks_in_any_order(suffix: str) -> None:
    @LIMITED
    @given(st.lists(st.sampled_from(TOKENS[suffix]), max_size=40))
    def run(tokens: list[bytes]) -> None:
        start = {".rtf": rb"{\rtf1", ".mbox": b"From x\n"}.get(suffix, b"")
        check(start + b"".join(tokens), suffix)

    run()
