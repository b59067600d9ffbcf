"""Books, OpenDocument text, Rich Text: what is text, in which order, under which headings."""

from __future__ import annotations

import pytest
from clew.core.errors import DocumentError
from clew.core.types import Document
from clew.documents.load import read_bytes
from officefiles import epub, epub_parts, odf, zipped


def headings(document: Document) -> list[tuple[int, str]]:
    return [(h.level, document.text[h.start : h.end]) for h in document.headings]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    pages = {
        "z.xhtml": "<h1>One</h1><p>First.</p><h2>Part</h2><p>Of it.</p>",
        "a b.xhtml": "<h1>Two</h1><p>Second.</p>",
    }
    document = read_bytes(epub(pages), ".epub").document
    assert document.text == "One\n\nFirst.\n\nPart\n\nOf it.\n\nTwo\n\nSecond.\n"
    assert headings(document) == [(1, "One"), (2, "Part"), (1, "Two")]
    assert document.loader == "epub"


def test_chapters_without_headings_get_their_titles() -> None:
    pages = {"1.html": "<p>Loomings</p><p>Call me.</p>", "2.html": "<p>He went.</p>", "3.html": "<p>No title.</p>"}
    document = read_bytes(epub(pages, {"1.html": "LOOMINGS", "2.html": "The  Bag"}), ".epub").document
    assert document.text == "Loomings\n\nCall me.\n\nThe Bag\n\nHe went.\n\nNo title.\n"
    assert headings(document) == [(1, "Loomings"), (1, "The Bag")]


def test_titles_of_a_newer_book() -> None:
    parts = epub_parts({"c/1.html": "<p>Text.</p>"})
    del parts["OPS/toc.ncx"]
    nav = '<item id="n" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/></manifest>'
    parts["OPS/p.opf"] = str(parts["OPS/p.opf"]).replace("</manifest>", nav)
    parts["OPS/nav.xhtml"] = '<html><nav><a href="c/1.html#top">The <b>first</b></a></nav></html>'
    assert headings(read_bytes(zipped(parts), ".epub").document) == [(1, "The first")]


def test_missing_pages_are_told_of_and_damaged_ones_refused() -> None:
    parts = epub_parts({"1.html": "<p>Text.</p>", "2.html": "<p>More.</p>"})
    del parts["OPS/2.html"]
    loaded = read_bytes(zipped(parts), ".epub")
    assert (loaded.document.text, loaded.notices) == ("Text.\n", ("1 of its 2 pages are missing",))
    parts["OPS/2.html"] = bytes(range(32)) * 40
    with pytest.raises(DocumentError, match=r"b\.epub: OPS/2\.html looks binary"):
        read_bytes(zipped(parts), ".epub", "b.epub")


def test_a_locked_book() -> None:
    parts = epub_parts({"1.html": "<p>Text.</p>"})
    parts["META-INF/encryption.xml"] = "<e><CipherReference URI='OPS/font.otf'/></e>"
    assert read_bytes(zipped(parts), ".epub").document.text == "Text.\n"
    parts["META-INF/encryption.xml"] = "<e><CipherReference URI='OPS/1.html'/></e>"
    with pytest.raises(DocumentError, match="is locked by digital rights management"):
        read_bytes(zipped(parts), ".epub")


STYLES = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
)


def test_open_document_text() -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">A <text:span>head</text:span></text:h>'
        "<text:p>One<text:tab/>two<text:line-break/>three\n  four<text:s text:c='9'/>five"
        "<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note>.</text:p>"
        '<text:list text:style-name="N"><text:list-item><text:p>x</text:p>'
        "<text:list><text:list-item><text:p>deep</text:p>"
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>y</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p><office:annotation><text:p>comment</text:p></office:annotation>End</text:p>"
    )
    document = read_bytes(odf(body, styles=STYLES), ".odt").document
    assert document.text == (
        "A head\n\nOne two\nthree four five[^1].\n\n[^1]: A note.\n\n1. x\n  - deep\n2. y\n\na b | c\n\nEnd\n"
    )
    assert headings(document) == [(2, "A head")]


def test_slides_have_their_titles_as_headings() -> None:
    body = (
        '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Plan</text:p></draw:text-box>'
        "</draw:frame>"
        "<draw:frame><draw:text-box><text:p>Do it.</text:p></draw:text-box></draw:frame></draw:page>"
    )
    document = read_bytes(odf(body, "presentation"), ".odp").document
    assert (document.text, headings(document)) == ("Plan\n\nDo it.\n", [(1, "Plan")])


def rtf(body: str) -> Document:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Jp;}}"
    head += r"{\stylesheet{\s0 Normal;}{\s5 heading 2;}}"
    return read_bytes(f"{head}{body}}}".encode("latin-1"), ".rtf").document


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"{\info{\title x}}One\par Two\line three\par", "One\n\nTwo\nthree\n"),
        (r"Caf\'e9 \u8364?5 {\uc2\u8212--}\uc0\u65 B", "Café €5 —AB\n"),
        (r"\f1\'cf\'f0 \f2\'83\'65\f0 x", "Пр テx\n"),
        (r"\u-10179?\u-8704?", "😀\n"),
        (r"a\~b\_c\emdash \{\}\\ {\v hidden}{\deleted gone}\v0 d", "a b-c—{}\\ d\n"),
        (r"{\*\generator x;}{\*\unknown{\b y}}{\field{\*\fldinst PAGE}{\fldrslt 3}}", "3\n"),
        (r"{\pict\bin5 }}}}}\par}A{\listtext 1.\tab}item", "A1. item\n"),
        (
            r"\trowd\intbl a\par b\cell c\cell\row\trowd\intbl d\cell e\cell\row\pard After\par",
            "a b | c\nd | e\n\nAfter\n",
        ),
        (r"Fee{\footnote\pard See \i annex\i0.\par}, due.\par Next", "Fee[^1], due.\n\n[^1]: See annex.\n\nNext\n"),
        (r"\trowd\intbl x{\footnote n}\cell y\cell\row\pard", "x[^1] | y\n\n[^1]: n\n"),
        ("line\r\nends mean nothing", "lineends mean nothing\n"),
        (r"open {groups {are closed", "open groups are closed\n"),
    ],
)
def test_rich_text(body: str, text: str) -> None:
    assert rtf(body).text == text


def test_headings_of_rich_text() -> None:
    document = rtf(r"\pard\s5 Scope\par\pard words\par\pard\outlinelevel0 Top\par\pard\outlinelevel9 more\par")
    assert headings(document) == [(2, "Scope"), (1, "Top")]


def test_a_doc_file_that_is_something_else_is_read() -> None:
    assert read_bytes(rb"{\rtf1 hello}", ".doc").document.text == "hello\n"
    assert read_bytes(b"<html><p>hello", ".doc").document.loader == "html"
