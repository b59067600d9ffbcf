"""Headings of plain text: found where they stand alone, never in a table of contents."""

from __future__ import annotations

from pathlib import Path

import clew
import pytest
from clew.documents.headings import find_headings
from hypothesis import given
from hypothesis import strategies as st

DATA = Path(clew.__file__).parent.parent / "shared" / "data"
PROSE = "It was a long day and nothing happened that was worth the telling of it to anyone."


def found(text: str) -> list[tuple[int, str]]:
    return [(heading.level, text[heading.start : heading.end]) for heading in find_headings(text)]


def book(*parts: str) -> str:
    return "\n\n".join(part for title in parts for part in (title, PROSE))


def test_chapters_within_books() -> None:
    text = f"BOOK ONE: 1805\n\n\n{book('CHAPTER I', 'CHAPTER II')}\n\nBOOK TWO\n\n{book('CHAPTER I', 'EPILOGUE')}"
    assert found(text) == [
        (1, "BOOK ONE: 1805"),
        (2, "CHAPTER I"),
        (2, "CHAPTER II"),
        (1, "BOOK TWO"),
        (2, "CHAPTER I"),
        (2, "EPILOGUE"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "CHAPTER 12. The Whale",
        "Chapter XII",
        "PART ONE",
        "ARTICLE IV",
        "Section 3.2 Payment of Fees",
        "Act II: The Storm",
    ]
    + [
        "3. DEFINITIONS",
        "2.1 Scope of Work",
        "TERM AND TERMINATION",
        "Preface",
        "Exhibit B",
        "CHAPTER 56. Of Pictures, and the\nTrue Ones.",
    ],
)
def test_titles(title: str) -> None:
    assert [words for _, words in found(f"{PROSE}\n\n{title}\n\n{PROSE}")] == [title]


@pytest.mark.parametrize(
    "line",
    [
        "Section 3.2 of this agreement says what is to be paid.",
        "“NO!”",
        "STOP!",
        "1. buy milk and bread",
        "12 34 56",
        "CHAPTER after chapter he read on.",
        "NAME    AGE    TOWN",
        "| A | B |",
        "Part of the day was gone.",
        "A",
    ],
)
def test_lines_that_are_no_titles(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


def test_a_table_of_contents_makes_no_headings() -> None:
    titles = [f"CHAPTER {number}. Of Things" for number in range(1, 9)]
    text = "CONTENTS\n\n" + "\n\n".join(titles) + "\n\n" + PROSE + "\n\n" + book(*titles)
    assert [words for _, words in found(text)] == titles
    assert find_headings(text)[0].start > text.index(PROSE)


def test_chapters_whose_names_come_again_are_kept_behind_a_table_of_contents() -> None:
    names = ["CHAPTER I", "CHAPTER II", "CHAPTER III"]
    contents = "\n\n".join(["BOOK ONE", *names, "BOOK TWO", *names])
    text = f"{contents}\n\n{book(*names)}\n\nBOOK TWO\n\n{book(*names)}"
    assert [words for _, words in found(text)] == [*names, "BOOK TWO", *names]


def test_a_page_header_is_no_heading() -> None:
    assert found(book(*["CONFIDENTIAL TREATMENT"] * 6)) == []


def test_a_number_and_its_title_are_one_heading() -> None:
    assert found(f"ARTICLE 1\n\nDEFINITIONS\n\n{PROSE}") == [(1, "ARTICLE 1\n\nDEFINITIONS")]


def test_marked_lines_of_a_transcript() -> None:
    first = "## Session 1 - May\n[1] Ann: hi\n[2] Bob: hello there, how have you been all this time?"
    text = f"{first}\n## Session 2 - June\n[3] Ann: {PROSE}"
    assert found(text) == [(1, "## Session 1 - May"), (1, "## Session 2 - June")]


@given(
    st.lists(st.sampled_from(["CHAPTER I", "BOOK TWO", "\n", "\n\n", PROSE, "## x", "1. DEFS", "A B C D", " "])).map(
        "".join
    )
)
def test_headings_are_in_order_and_apart(text: str) -> None:
    spans = [(heading.start, heading.end) for heading in find_headings(text)]
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    assert {level for level, _ in found(text)} == set(range(1, len({level for level, _ in found(text)}) + 1))


@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here")
def test_chapters_of_a_novel() -> None:
    text = (DATA / "novel" / "moby_dick.txt").read_text(encoding="utf-8")
    chapters = [words for _, words in found(text) if words.startswith("CHAPTER")]
    assert len(chapters) == len(set(chapters)) == 135
