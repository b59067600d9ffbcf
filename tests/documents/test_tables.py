"""Tables of data: every row is printed with its headers, in all formats alike."""

from __future__ import annotations

import pytest
from clew.core.errors import DocumentError
from clew.documents.load import read_bytes
from clew.documents.rows import data_lines
from hypothesis import given
from hypothesis import strategies as st
from officefiles import odf, xlsx_parts, zipped

FORMATS = r"""<numFmts>
    <numFmt numFmtId="164" formatCode="[$-409]d\-mmm\-yy"/><numFmt numFmtId="165" formatCode="0.0%"/>
</numFmts>"""
CELLS = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 165, 22, 4, 20))
STYLES = f'{FORMATS}<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{CELLS}</cellXfs>'


COVERED = "<table:covered-table-cell/>"


def lines(text: str, suffix: str = ".csv") -> list[str]:
    return read_bytes(text.encode(), suffix).document.text.split("\n")[:-1]


def rows(*cells: list[str]) -> list[dict[int, str]]:
    return [{at: words for at, words in enumerate(row) if words} for row in cells]


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        ([["Name", "Age"], ["Ann", "31"]], ["Name | Age", "Name: Ann | Age: 31"]),
        ([["ACME Inc"], ["", "2023", "2022"], ["Sales", "5", ""]], ["ACME Inc", "2023 | 2022", "Sales | 2023: 5"]),
        ([["1", "2"], ["3", "4"]], ["1 | 2", "3 | 4"]),
        ([["2024-01-05", "Coffee"], ["2024-01-06", "Tea"]], ["2024-01-05 | Coffee", "2024-01-06 | Tea"]),
        ([["a", "a", "a"], ["x", "y", "z"]], ["a | a | a", "x | y | z"]),
        ([["Only", "headers"]], ["Only | headers"]),
        ([["Word"], ["one"], ["two"]], ["Word", "Word: one", "Word: two"]),
        ([["A", "B"], ["x", "1"], [], ["Total", "2"]], ["A | B", "A: x | B: 1", "", "A: Total | B: 2"]),
        ([["A", "B"], ["x", "1"], [], ["C", "D"], ["y", "2"]], ["A | B", "A: x | B: 1", "", "C | D", "C: y | D: 2"]),
        (
            [["A", "B"], ["x", "y"], [], ["z", "w"], ["u", "v"]],
            ["A | B", "A: x | B: y", "", "A: z | B: w", "A: u | B: v"],
        ),
        ([["A", "B"], ["x", "y", "more"]], ["A | B", "A: x | B: y | more"]),
        (
            [["Item", "Price"], ["Pen", "$1,200.50"], ["Ink", "(3.1%)"]],
            ["Item | Price", "Item: Pen | Price: $1,200.50", "Item: Ink | Price: (3.1%)"],
        ),
    ],
)
def test_headers(table: list[list[str]], printed: list[str]) -> None:
    assert list(data_lines(rows(*table))) == printed


@given(
    st.lists(
        st.dictionaries(st.integers(0, 5), st.sampled_from(["a", "b", "1", "2020", "2020-01-01", "$5"]), max_size=4),
        max_size=50,
    )
)
def test_every_cell_is_printed_in_order(table: list[dict[int, str]]) -> None:
    printed = "\n".join(data_lines(table))
    for row in table:
        at = 0
        for column in sorted(row):
            at = printed.find(row[column], at)
            assert at >= 0


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in (["Name", "Note"], ["Ann", "x"], ["Bob", "y"]))
    assert lines(text) == ["Name | Note", "Name: Ann | Note: x", "Name: Bob | Note: y"]


def test_quoted_cells_stay_whole() -> None:
    assert lines('Name,Note\n"Lee, Ann","two\nlines, ""so"""\n') == [
        "Name | Note",
        'Name: Lee, Ann | Note: two lines, "so"',
    ]


def test_an_open_quotation_mark_does_not_swallow_the_table() -> None:
    loaded = read_bytes(b'Size,Name\n"5 inch,Pipe\n6,Rod\n', ".csv")
    assert loaded.document.text == 'Size | Name\nSize: "5 inch | Name: Pipe\nSize: 6 | Name: Rod\n'
    assert loaded.notices == ("a quotation mark is not closed: all are taken as they stand",)


def test_a_huge_cell_is_read() -> None:
    words = "word " * 100_000
    assert lines(f"Id,Text\n1,{words}\n") == ["Id | Text", f"Id: 1 | Text: {words.strip()}"]


def test_headers_that_make_the_text_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "1")
    table = "h" * 10_000 + ",b\n" + "x,1\n" * 200
    with pytest.raises(DocumentError, match="its text, with the headers in every row, is larger than 1 MB"):
        read_bytes(table.encode(), ".csv")


def cell(reference: str, value: str, kind: str = "", style: int = 0) -> str:
    return (
        f'<c r="{reference}" t="{kind}" s="{style}"><v>{value}</v></c>'
        if kind
        else f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
    )


def test_a_workbook() -> None:
    first = f"<row r='1'>{cell('B1', '0', 's')}{cell('C1', '1', 's')}</row>"
    first += (
        f"<row r='2'>{cell('A2', '2', 's')}{cell('B2', '12.5')}<c r='C2' t='inlineStr'><is><t>in</t></is></c></row>"
    )
    second = "<row r='3'><c><v>7</v></c><c t='b'><v>1</v></c></row>"
    parts = xlsx_parts({"Costs": first, "Empty": "", "R & D": second}, ["2023", "Note", "Rent"])
    document = read_bytes(zipped(parts), ".xlsx").document
    assert document.text == "Costs\n\n2023 | Note\nRent | 2023: 12.5 | Note: in\n\nR & D\n\n7 | TRUE\n"
    assert [document.text[h.start : h.end] for h in document.headings] == ["Costs", "R & D"]


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        ("45000", 1, "2023-03-15"),
        ("45000.5", 2, "2023-03-15 12:00"),
        ("0.153", 3, "15.3%"),
        ("45000.75", 4, "2023-03-15 18:00"),
        ("0.5", 6, "12:00"),
        ("1234567.891", 5, "1234567.891"),
        ("0.30000000000000004", 0, "0.3"),
        ("1E3", 0, "1000"),
        ("99999999", 1, "99999999"),
        ("-1", 1, "-1"),
        ("words", 1, "words"),
        ("nan", 1, "nan"),
        ("inf", 0, "inf"),
        ("5", 99, "5"),
    ],
)
def test_cells_are_printed_as_their_format_says(value: str, style: int, shown: str) -> None:
    parts = xlsx_parts({"S": f"<row>{cell('A1', 'x', 'str')}{cell('B1', value, style=style)}</row>"}, styles=STYLES)
    assert read_bytes(zipped(parts), ".xlsx").document.text == f"S\n\nx | {shown}\n"


def test_days_may_count_from_1904() -> None:
    parts = xlsx_parts(
        {"S": f"<row>{cell('A1', '43538', style=1)}</row>"}, styles=STYLES, book='<workbookPr date1904="1"/>'
    )
    assert "2023-03-15" in read_bytes(zipped(parts), ".xlsx").document.text


def test_formulas_without_a_value_are_told_of() -> None:
    parts = xlsx_parts({"S": "<row><c r='A1'><f>1+1</f></c><c r='B1'><f>2+2</f><v>4</v></c></row>"})
    loaded = read_bytes(zipped(parts), ".xlsx")
    assert (loaded.document.text, loaded.notices) == ("S\n\n4\n", ("1 formula without a stored value",))


def test_open_document_sheets() -> None:
    body = (
        '<table:table table:name="A"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>'
        "<table:table-cell><text:p>y<text:s/>z</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"><text:p>1</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
    )
    document = read_bytes(odf(body, "spreadsheet"), ".ods").document
    assert document.text == "A\n\nx | y z\nx: 1 | y z: 1\nx: 1 | y z: 1\n"


def test_a_sheet_that_is_listed_often_is_read_once() -> None:
    parts = xlsx_parts({"S": "<row><c><v>1</v></c></row>"})
    listed = '<sheet name="S" r:id="sheet0.xml"/>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(listed, listed * 3)
    assert read_bytes(zipped(parts), ".xlsx").document.text == "S\n\n1\n"


def test_merged_cells_are_read_in_each_of_their_rows_and_columns() -> None:
    def row(number: int, **cells: str) -> str:
        inner = "".join(f'<c r="{at}{number}" t="inlineStr"><is><t>{words}</t></is></c>' for at, words in cells.items())
        return f'<row r="{number}">{inner}</row>'

    cells = row(1, A="Sales of all regions") + row(2, A="Region", B="2023", D="2022")
    cells += row(3, B="Units", C="Value", D="Units", E="Value")
    cells += row(4, A="North", B="5", C="50", D="4", E="40") + row(5, B="6", C="60", D="3", E="30") + row(6)
    merged = "".join(f'<mergeCell ref="{at}"/>' for at in ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A6", "no", "A1:B"))
    parts = xlsx_parts({"S": f"{cells}</sheetData><mergeCells>{merged}</mergeCells><sheetData>"})
    assert read_bytes(zipped(parts), ".xlsx").document.text.split("\n")[2:] == [
        "Sales of all regions",
        "Region | 2023 | 2023 | 2022 | 2022",
        "Region | Units | Value | Units | Value",
        "Region: North | 2023 Units: 5 | 2023 Value: 50 | 2022 Units: 4 | 2022 Value: 40",
        "Region: North | 2023 Units: 6 | 2023 Value: 60 | 2022 Units: 3 | 2022 Value: 30",
        "",
    ]


def test_so_they_are_in_an_opendocument_workbook() -> None:
    def cell(words: str, columns: int = 1, rows: int = 1) -> str:
        spans = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
        return f"<table:table-cell {spans}><text:p>{words}</text:p></table:table-cell>{COVERED * (columns - 1)}"

    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    cells = row(cell("All sales", 5)) + row(cell("Region", 1, 2), cell("2023", 2), cell("2022", 2))
    cells += row(COVERED, *map(cell, ("Units", "Value", "Units", "Value")))
    cells += row(cell("North", 1, 2), *map(cell, "5678")) + row(COVERED, *map(cell, "1234"))
    cells += row(cell("South"), *map(cell, "9876"))
    data = odf(f'<table:table table:name="S">{cells}</table:table>', "spreadsheet")
    assert read_bytes(data, ".ods").document.text.split("\n")[2:-1] == [
        "All sales",
        "Region | 2023 | 2023 | 2022 | 2022",
        "Region | Units | Value | Units | Value",
        "Region: North | 2023 Units: 5 | 2023 Value: 6 | 2022 Units: 7 | 2022 Value: 8",
        "Region: North | 2023 Units: 1 | 2023 Value: 2 | 2022 Units: 3 | 2022 Value: 4",
        "Region: South | 2023 Units: 9 | 2023 Value: 8 | 2022 Units: 7 | 2022 Value: 6",
    ]
