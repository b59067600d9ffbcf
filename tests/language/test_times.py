"""When something is: dates, years, times that come again, times counted from something; and numbers that are none."""

from __future__ import annotations

import pytest
from clew.language.times import times, years
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The rent of 1000 dollars is paid on the first day of each month.", ["on the first day of each month"]),
        ("The board meets every second Tuesday of the month.", ["every second Tuesday of the month"]),
        ("Badges are renewed annually, fees are paid quarterly.", ["annually", "quarterly"]),
        ("The quarterly reports are long.", []),
        ("Answers come within thirty (30) days after receipt.", ["within thirty (30) days after"]),
        ("Doors open between 7 and 9 a.m.", ["between 7 and 9 a.m."]),
        ("He left two years ago, in the spring of 1790.", ["two years ago", "1790"]),
    ],
)
def test_times_as_texts_say_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sorted(times(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The office is at 1500 Solana Blvd., Suite 450.", []),
        ("A fee of 1600 per month, or 1700 dollars, or USD 1800, for 1900 employees.", []),
        ("It holds 1200 of them.", []),
        ("It fell in 1204 and again in 1453.", ["1204", "1453"]),
        ("The 2008 crisis; the 1960s; founded 1876.", ["2008", "1960s", "1876"]),
        ("No. 1984 costs $1999 or 12,000.", []),
    ],
)
def test_a_number_is_a_year_where_it_is_written_like_one(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in years(text)] == found


@given(st.text(alphabet="the first day of each month every 1500 in within (3) 9 a.m.$,\n", max_size=200))
def test_places_lie_within_any_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in times(text))
