"""A row of a table finds its header, unit, title and group; prose finds nothing."""

from __future__ import annotations

import pytest
from clew.language.rows import REACH, row_context
from hypothesis import given
from hypothesis import strategies as st

BALANCE = """\
PROSE about last year, which was a good one for all of us and for the town.
Consolidated Balance Sheets
$ in millions, except per share amounts
January 28, 2023 January 29, 2022
Assets
Cash $ 1,874 $ 2,936
Receivables, net 1,141 1,042
Total assets 3,015 3,978
Liabilities:
Accounts payable $ 687 $ 803
Loans from banks and other lenders that are due
within one year 45 37
Total liabilities 732 840
See the notes to these statements.
"""
PIPES = """\
The year was good.

Table 3. Capital expenditure by segment (in millions)

Segment | 2018 | 2017
Retail | 120 | 100
Wholesale | 80 | 70

What follows is prose.
"""
MARKDOWN = """\
## Costs of the house

| Item | FY2018 | FY2017 |
| --- | ---: | ---: |
| Rent | $1,200 | $1,100 |
| Staff | 5,300 | 5,000 |
"""
PEOPLE = "People of the firm\n\nName | Role | Town\nAnn Lee | Chair | Ulm\nBo Chan | Clerk | Bonn\n"
FIXED = """\
                 SELECTED DATA
               (in thousands)

                                 1999        1998
                              ---------   ---------
Net sales ...............     $ 12,345    $ 11,222
Cost of sales                    8,000       7,500
                              ---------   ---------
Gross profit                     4,345       3,722
"""
STACKED = """\
The following table presents what happened to loans within the year, which is told for each kind of
loan (in millions):
2022
Number of
Accounts
Balance
Troubled loans:
Card loans 14 81
Other loans 1 7
2021
Number of
Accounts
Balance
Troubled loans:
Card loans 24 174
"""
REGIONS = """\
Year ended December 31, 2018
Europe, Latin
United Asia Middle East America
States Pacific and Africa and Canada Worldwide
Net sales 12,840 10,254 6,654 3,024 32,772
"""


def context(text: str, row: str, occurrence: int = 0) -> list[str]:
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(row, at + 1)
    return [text[start:end] for start, end in row_context(text, at, at + len(row))]


HEAD = ["Consolidated Balance Sheets", "$ in millions, except per share amounts", "January 28, 2023 January 29, 2022"]


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        (BALANCE, "Receivables, net 1,141 1,042", HEAD),
        (BALANCE, "Accounts payable $ 687 $ 803", [*HEAD, "Liabilities:"]),
        (BALANCE, "Total assets 3,015 3,978", HEAD),
        (BALANCE, "Total liabilities 732 840", HEAD),
        (
            PIPES,
            "Wholesale | 80 | 70",
            ["Table 3. Capital expenditure by segment (in millions)", "Segment | 2018 | 2017"],
        ),
        (MARKDOWN, "| Staff | 5,300 | 5,000 |", ["## Costs of the house", "| Item | FY2018 | FY2017 |"]),
        (PEOPLE, "Bo Chan | Clerk | Bonn", ["People of the firm", "Name | Role | Town"]),
        (FIXED, "Gross profit ", ["SELECTED DATA", "(in thousands)", "1999        1998"]),
        ("Year\tName\tSum\n2018\tAnn\t300\n2019\tBob\t400\n", "2019\tBob\t400", ["Year\tName\tSum"]),
        (STACKED, "Other loans 1 7", STACKED.split("\n")[:6] + ["Troubled loans:"]),
        (REGIONS, "Net sales 12,840", REGIONS.split("\n")[:4]),
    ],
)
def test_rows(text: str, row: str, expected: list[str]) -> None:
    assert context(text, row) == expected


def test_the_nearest_head_counts() -> None:
    found = context(STACKED, "Card loans 24 174")
    assert found == ["2021", "Number of", "Accounts", "Balance", "Troubled loans:"]


def test_a_row_whose_label_takes_two_lines() -> None:
    expected = [*HEAD, "Liabilities:", "Loans from banks and other lenders that are due"]
    assert context(BALANCE, "within one year 45 37") == expected


def test_a_page_number_ends_the_search() -> None:
    assert context(f"{BALANCE}\n39\nTable of Contents\n\nDebt $ 60 $ 70\nCash 1 2\n", "Cash 1 2") == []


def test_nothing_is_looked_at_beyond_reach() -> None:
    rows = "".join(f"Store number {n} of the town 120 130\n" for n in range(400))
    assert len(rows) > REACH
    assert context(f"Title of it\n2018 2017\n{rows}", "Store number 3 ") == ["Title of it", "2018 2017"]
    assert context(f"Title of it\n2018 2017\n{rows}", "Store number 399") == []


@pytest.mark.parametrize(
    "prose",
    [
        "He was born in 1998. In 2003 he had 45 sheep and 3 cows.",
        "The price was 1,200 in 2004 and 2,400 in 2005 and fell to 300",
        "Section 4.2 Payment. The Buyer pays within 30 days.",
        "4.3      TAXES. All fees are exclusive of any sales taxes, Goods and Services          use taxes, other taxes",
        "[12] Ann: I think it was 5 or 6",
        "1595 Sixteenth Avenue, Suite 700",
        "2018 2017",
        "Assets",
        "",
    ],
)
def test_what_is_no_row(prose: str) -> None:
    text = f"Results of 2018 2017\n(in millions)\n{prose}\nThe end of the story is told here.\n"
    assert context(text, prose) == []


@given(st.text("a1 2018,.|$()\n\t-:%é", max_size=200), st.integers(0, 200), st.integers(0, 60))
def test_spans_are_lines_above_in_order(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    found = row_context(text, start, min(len(text), start + length))
    assert list(found) == sorted(set(found))
    assert all(a < b and text[a:b] == text[a:b].strip() and "\n" not in text[a:b] for a, b in found)
    assert all(b <= len(text) and "\n" in text[b:] for _, b in found)
