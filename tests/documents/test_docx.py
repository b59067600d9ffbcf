"""Word documents: what is text, in which order, under which headings and numbers."""

from __future__ import annotations

import pytest
from clew.documents.load import read_bytes
from officefiles import docx, p

NUMBERING = """
  <w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
    <w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4)"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">
    <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="7"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
"""


def item(words: str, depth: int = 0, numbers: int = 1, style: str = "") -> str:
    return p(words, style, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbers}"/></w:numPr>')


def read(body: str, **parts: str) -> str:
    return read_bytes(docx(body, **parts), ".docx").document.text


def test_paragraphs_and_headings_by_the_name_of_their_style() -> None:
    body = p("Agreement", "berschrift1") + p("First\nparagraph.") + p("Scope", "Sub") + p("Second.") + p("  ", "Sub")
    document = read_bytes(docx(body), ".docx").document
    assert document.text == "Agreement\n\nFirst paragraph.\n\nScope\n\nSecond.\n"
    assert [(h.level, document.text[h.start : h.end]) for h in document.headings] == [(1, "Agreement"), (2, "Scope")]
    assert document.loader == "docx"


def test_clauses_have_their_numbers() -> None:
    body = (
        item("Term", style="berschrift1")
        + item("It begins.", 1)
        + item("It ends:", 1)
        + item("by notice;", 2)
        + item("by death.", 2)
        + item("deep", 3)
        + item("Fees")
        + item("They are due.", 1)
        + item("Later", numbers=3)
    )
    document = read_bytes(docx(body, numbering=NUMBERING), ".docx").document
    assert [line for line in document.text.split("\n") if line] == [
        *("1. Term", "1.1 It begins.", "1.2 It ends:", "(a) by notice;", "(b) by death.", "IV) deep"),
        *("2. Fees", "2.1 They are due.", "9. Later"),
    ]
    assert document.heading_path(document.text.index("ends")) == ("1. Term",)


def test_bullets_stand_in_lines_of_their_own() -> None:
    body = p("Before") + item("one", numbers=2) + item("two", 1, numbers=2) + item("none", numbers=99) + p("After")
    assert read(body, numbering=NUMBERING) == "Before\n\n- one\n  - two\n\nnone\n\nAfter\n"


def test_tables_are_lines_of_cells() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    inner = "<w:tbl><w:tr><w:tc>" + p("x") + "</w:tc><w:tc>" + p("y") + "</w:tc></w:tr></w:tbl>"
    table = "<w:tbl>" + row(p("Year"), p("Fee") + p("net")) + row(p("2024"), inner) + row(p(""), p("")) + "</w:tbl>"
    assert read(p("A") + table + p("B")) == "A\n\nYear | Fee net\n2024 | x | y\n\nB\n"


def test_a_table_of_one_column_is_a_frame() -> None:
    frame = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>"
    frame += p("T", "berschrift1") + p("words") + "</w:tc></w:tr></w:tbl>"
    document = read_bytes(docx(frame), ".docx").document
    assert document.text == "T\n\nwords\n"
    assert len(document.headings) == 1


def test_notes_stand_behind_their_paragraph() -> None:
    note = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        + p("See annex.")
        + "</w:footnote>"
    )
    end = '<w:endnote w:id="2">' + p("Last.") + "</w:endnote>"
    cited = (
        '<w:p><w:r><w:t>Fee</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
    )
    assert read(cited + p("B"), footnotes=note, endnotes=end) == "Fee[^1][^2]\n\n[^1]: See annex.\n\n[^2]: Last.\n\nB\n"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb"),
        ("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText><w:t>x</w:t></w:r></w:del>", "a"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom>", "new"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>b</w:t></w:r>", "b"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t></w:r>', "b"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ("<w:sdt><w:sdtContent><w:r><w:t>form</w:t></w:r></w:sdtContent></w:sdt>", "form"),
    ],
)
def test_runs(run: str, words: str) -> None:
    assert read(f"<w:p>{run}</w:p>") == words + "\n"


def test_a_text_box_keeps_its_own_paragraphs() -> None:
    box = f"<w:r><w:txbxContent>{p('Box', 'berschrift1')}</w:txbxContent><w:t>around</w:t></w:r>"
    document = read_bytes(docx(f"<w:p><w:r><w:Fallback>{p('again')}</w:Fallback></w:r>{box}</w:p>"), ".docx").document
    assert document.text == "Box\n\naround\n"
    assert len(document.headings) == 1


def test_what_stands_on_every_page_comes_once_and_comments_are_told_of() -> None:
    loaded = read_bytes(
        docx(p("A"), header1=p("ACME"), header2=p("ACME"), footer1=p("- 3 -"), comments=p("No!")), ".docx"
    )
    assert loaded.document.text == "A\n\nPage header: ACME\n"
    assert loaded.notices == ("comments are not read",)


def test_a_note_that_is_referred_to_often_is_written_once() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>See annex.</w:t></w:r></w:p></w:footnote>'
    cited = '<w:p><w:r><w:t>Fee</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert read(cited * 2, footnotes=note) == "Fee[^1]\n\n[^1]: See annex.\n\nFee[^1]\n"


def test_styles_based_on_each_other_end() -> None:
    names = ["own"] * 5_000 + ["heading 2"]
    chain = "".join(
        f'<w:style w:styleId="s{at}"><w:name w:val="{name}"/><w:basedOn w:val="s{(at + 1) % 5_001}"/></w:style>'
        for at, name in enumerate(names)
    )
    titles = "".join(p("Title", f"s{at}") for at in range(0, 5_001, 2))
    document = read_bytes(docx(titles, styles=chain), ".docx").document
    assert [heading.level for heading in document.headings] == [2] * 2_501


def test_cells_merged_downwards_are_read_in_each_row() -> None:
    def row(*cells: tuple[str, str]) -> str:
        return f"<w:tr>{''.join(f'<w:tc><w:tcPr>{of}</w:tcPr>{p(words)}</w:tc>' for words, of in cells)}</w:tr>"

    begins, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = row(("Region", begins), ("2023", wide), ("Note", begins)) + row(
        ("", goes_on), ("Units", ""), ("Value", ""), ("", goes_on)
    )
    table += row(("North", ""), ("5", ""), ("50", ""), ("x", ""))
    text = read(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 4}</w:tblGrid>{table}</w:tbl>")
    assert text == "Region | 2023 | Note\nRegion | Units | Value | Note\nNorth | 5 | 50 | x\n"
