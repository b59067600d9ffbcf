"""Two columns are read one after the other; tables, and files already in order, are left as they are."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest
from clew.documents.load import read_bytes
from pdfsyntax import Pdf, at, column

HARBOUR = textwrap.wrap(
    "The harbour lay quiet under the morning fog when the first boats came in. Nobody on the quay had slept, for the "
    "storm of the night before had taken two masts and a mooring line, and the men stood about in small groups and "
    "talked of what was to be done. An old man said that it had been worse in his youth, which nobody believed. Then "
    "the sun rose over the hills and the word was passed from mouth to mouth that all hands were safe.",
    44,
)
GRAIN = textwrap.wrap(
    "Prices of grain rose in every market of the province during the spring. Merchants bought what they could find "
    "and kept it in their barns, so that bakers had to close their shops for days at a time. A commission was sent "
    "from the capital to look into the matter and it reported that the harvest had not been small at all. Its members "
    "were thanked and went home, and the price fell within a week to where it had been.",
    44,
)
TITLE = "A title that goes over both columns of the sheet and over the gutter between them too"


def text_of(*content: str, extra: str = "") -> str:
    return read_bytes(Pdf().sheet(*content, extra=extra).bytes(), ".pdf").document.text


def across(left: list[str], right: list[str], top: float = 650, drop: float = 0) -> list[str]:
    """Both columns as files often hold them: a line of the left one, then the line beside it."""
    pairs = zip_longest(column(50, top, left), column(320, top - drop, right))
    return [line for pair in pairs for line in pair if line]


def one_line(lines: list[str]) -> str:
    return " ".join(lines)


@pytest.mark.parametrize("drop", [0, 5])
def test_columns_written_across_are_read_one_after_the_other(drop: float) -> None:
    text = " ".join(text_of(at(50, 700, TITLE), *across(HARBOUR, GRAIN, drop=drop), at(50, 60, TITLE)).split())
    assert text == f"{TITLE} {one_line(HARBOUR)} {one_line(GRAIN)} {TITLE}"


def test_full_width_lines_divide_the_columns_into_bands() -> None:
    middle = at(50, 480, TITLE)
    text = " ".join(text_of(*across(HARBOUR, GRAIN), middle, *across(GRAIN, HARBOUR, 460)).split())
    first, second = text.split(TITLE)
    assert first.strip() == f"{one_line(HARBOUR)} {one_line(GRAIN)}"
    assert second.strip() == f"{one_line(GRAIN)} {one_line(HARBOUR)}"


def test_columns_in_turn_stay_as_the_file_has_them() -> None:
    text = text_of(*column(320, 650, HARBOUR), *column(50, 650, GRAIN))
    assert text == "\n".join([*HARBOUR, *GRAIN]) + "\n"


def test_a_hyphen_at_the_end_of_a_columns_line_is_mended() -> None:
    left = [
        *HARBOUR[:4],
        "the information of which they spoke that day",
        "and in the evening the longed for inform-",
        "ation",
    ]
    right = [*GRAIN[:7]]
    assert "longed for information" in text_of(*across([*left, *HARBOUR[4:]], [*right, *GRAIN[7:]]))


def test_a_table_of_figures_is_not_torn() -> None:
    labels = [f"{name} of the year" for name in ("Sales", "Cost", "Profit", "Tax", "Interest", "Debt", "Cash")] * 3
    text = text_of(*across(labels, [f"{row},120  {row},340" for row in range(21)]))
    assert "Sales of the year 0,120 0,340\n" in text.replace("  ", " ")


def test_a_table_of_sentences_is_not_torn() -> None:
    content: list[str] = []
    top = 700.0
    for row in range(8):
        risk = textwrap.wrap(f"Risk {row} is that what was planned for the year is not done in time", 40)
        remedy = textwrap.wrap(f"Remedy {row} is to begin with the work long before anybody thinks of it", 40)
        content += across(risk, remedy, top)
        top -= 12 * max(len(risk), len(remedy))
    assert "Risk 3 is that what was planned for the Remedy 3 is to begin" in text_of(*content)


def test_rotated_sheets_are_read_in_order() -> None:
    lines = [f"BT /F1 10 Tf 0 1 -1 0 {100 + 14 * row} 50 Tm (Line {row} of the table) Tj ET" for row in range(4)]
    assert text_of(*lines, extra="/Rotate 90") == "".join(f"Line {row} of the table\n" for row in range(4))
