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
