"""Markdown and HTML: what becomes text, what becomes a heading."""

from __future__ import annotations

from clew.core.types import Document
from clew.documents.load import read_bytes


def html(source: str) -> Document:
    return read_bytes(source.encode(), ".html").document


def headings(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings]


def test_markdown_headings() -> None:
    text = "---\ntitle: x\n---\n# One ##\n\nTwo\n===\n\n"
    text += "text\n---\n\n```\n# code\n```\n\n> # quoted\n\n#tag\n\n### *Three* #\n\n#\n"
    document = read_bytes(text.encode(), ".md").document
    assert document.text == text
    assert headings(document) == [(1, "One"), (1, "Two"), (2, "text"), (3, "*Three*")]


def test_visible_text_in_reading_order() -> None:
    document = html(
        "<html><head><title>T &amp; x</title><style>p{}</style></head><body><script>alert(1)</script>"
        "<p>Hello&nbsp;<b>bold</b>,\n  world.<br>Next line.</p><p hidden>no</p><div style='display: none'>no</div>"
        "<noscript>no</noscript><template>no</template><svg><text>no</text></svg>"
        "<div>a<span>b</span></div>c<!-- no --></body>"
    )
    assert document.text == "T & x\n\nHello bold, world.\nNext line.\n\nab\nc\n"


def test_html_headings_are_spans_of_the_text() -> None:
    document = html("<h1>Main <em>title</em></h1><p>text</p><h3> Sub </h3><h2></h2><ul><li><h4>In list</h4></ul>")
    assert headings(document) == [(1, "Main title"), (3, "Sub"), (4, "In list")]


def test_lists() -> None:
    assert html("<ul><li>one<li>two<ol start=3><li>x<li>y</ol></ul>").text == "- one\n- two\n  3. x\n  4. y\n"


def test_items_have_the_numbers_that_a_page_shows() -> None:
    page = "<ol type=a><li>one<li value=5>five<li>six</ol><ol type=I start=4><li>x<li>y</ol><ol start=0><li>z</ol>"
    assert html(page).text == "a. one\ne. five\nf. six\n\nIV. x\nV. y\n\n0. z\n"


def test_references_to_notes_are_no_part_of_a_word() -> None:
    page = (
        "<p>The lamp<sup><a href='#n1'>1</a></sup> was kept<a href='#n2'><sup>2</sup></a>. See<sup><a href='#n3'>"
        "<span>[</span>3<span>]</span></a></sup> and<a epub:type='noteref' href='n.html#n4'>*</a>; x<sup>2</sup>,"
        " <a href='#x'>5</a>, 4<sup><a href='http://x.org'>7</a></sup></p>"
    )
    assert html(page).text == "The lamp[1] was kept[2]. See[3] and[*]; x2, 5, 47\n"


def test_readings_above_signs_are_left_out() -> None:
    assert html("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字</ruby>").text == "漢字\n"


def test_a_label_beside_several_rows_stands_in_each() -> None:
    document = html(
        "<table><tr><th rowspan=2>Region<th colspan=2>2023<tr><th>Units<th>Value"
        "<tr><td rowspan=3>North<td>5<td rowspan=2>50<tr><td>6<tr><tr><td>South<td>7<td>70</table>"
    )
    rows = ["Region | 2023", "Region | Units | Value", "North | 5 | 50", "North | 6 | 50", "South | 7 | 70"]
    assert document.text == "\n".join(rows) + "\n"


def test_long_text_beside_several_rows_stands_once() -> None:
    long = "word " * 30
    assert html(f"<table><tr><td rowspan=2>{long}<td>1<tr><td>2</table>").text.count("word") == 30


def test_data_tables_have_a_line_for_each_row() -> None:
    document = html(
        "<table><caption>Cap</caption><tr><th>A</th><th></th><th colspan=2>B</th></tr>"
        "<tr><td>Net<br>sales</td><td></td><td>$</td><td>1,000</td></tr><tr><td>Loss</td><td></td><td>(5</td><td>)</td></tr></table>"
    )
    assert document.text == "Cap\nA | B\nNet sales | $1,000\nLoss | (5)\n"


def test_an_empty_cell_keeps_its_place() -> None:
    table = "<table><tr><td>a<td>b<td>c</tr><tr><td>1<td><td>3</tr></table>"
    assert html(table).text == "a | b | c\n1 |  | 3\n"


def test_layout_tables_are_read_as_blocks() -> None:
    assert html("<table><tr><td><h1>Head</h1><p>left</p><td>right</table>").text == "Head\n\nleft\n\nright\n"


def test_preformatted_text_is_kept() -> None:
    assert html("<p>x</p><pre>  def f():\n      return 1</pre>").text == "x\n\n  def f():\n      return 1\n"


def test_charset_of_the_page() -> None:
    page = "<meta charset='windows-1251'><p>Привет, мир</p>"
    assert read_bytes(page.encode("cp1251"), ".html").document.text == "Привет, мир\n"


def test_deep_nesting_needs_no_recursion() -> None:
    assert html("<div>" * 3_000 + "deep").text == "deep\n"
    assert html("<blockquote><ul><li>" * 500 + "deep").text.endswith("deep\n")
