"""Numbered clauses, nested; cross-references, amounts and lists are none. Speakers only where turns are long."""

from __future__ import annotations

from pathlib import Path

import clew
import pytest
from clew.core.types import Document
from clew.documents.headings import find_headings, find_line_headings
from clew.documents.passages import prepare
from hypothesis import given
from hypothesis import strategies as st

DATA = Path(clew.__file__).parent.parent / "shared" / "data"
BODY = "The parties agree that what is owed under this part is paid when it is due and in the way that was agreed. " * 3


def found(text: str) -> list[tuple[int, str]]:
    return [(heading.level, text[heading.start : heading.end]) for heading in find_headings(text)]


def titles(text: str) -> list[str]:
    return [words for _, words in found(text)]


def test_run_in_titles_are_headings_over_their_own_words() -> None:
    titles = ("1. Term.", "2. FEES AND TAXES.", "2.1 Taxes.", "2.2 Late Payment:", "3. Notices.")
    text = "\n\n".join(f"{title} {BODY}" for title in titles)
    assert found(text) == [
        (1, "1. Term."),
        (1, "2. FEES AND TAXES."),
        (2, "2.1 Taxes."),
        (2, "2.2 Late Payment:"),
        (1, "3. Notices."),
    ]


@pytest.mark.parametrize(
    "divisions", [("1. DUTIES", "2. FEES"), ("THE DUTIES", "THE FEES"), ("CHAPTER 1.", "CHAPTER 2.")]
)
def test_an_introduction_stands_beside_what_the_text_is_divided_into(divisions: tuple[str, str]) -> None:
    text = "\n\n".join(f"{title}\n\n{BODY}" for title in ("Introduction", *divisions))
    assert found(text) == [(1, "Introduction"), *((1, title) for title in divisions)]


def test_clauses_nest_under_articles_down_to_letters() -> None:
    under = ("(a) rent.", "(b) light.", "(i) by day.", "(ii) by night.", "(c) heat.", "4.3 Audit.")
    clauses = "\n\n".join(f"{words} {BODY}" for words in under)
    start = f"ARTICLE 4\n\nPAYMENT\n\n4.1 Fees. {BODY}\n\n4.2 Costs. These are costs:"
    text = f"{start}\n\n{clauses}\n\nARTICLE 5\n\nTERM\n\n5.1 End. {BODY}"
    document = Document(text, (), find_headings(text), "plain")
    assert document.heading_path(text.index("by night")) == ("ARTICLE 4 PAYMENT", "4.2 Costs.", "(b)", "(ii)")
    assert document.heading_path(text.index("heat")) == ("ARTICLE 4 PAYMENT", "4.2 Costs.", "(c)")
    assert document.heading_path(len(text) - 5) == ("ARTICLE 5 TERM", "5.1 End.")


def test_clauses_within_a_paragraph() -> None:
    text = (
        f"We agree: 1 GRANT 1.1 Rights. {BODY}1.2 Site. {BODY}1.2.1 You may move. {BODY}1.2.2 We may refuse. {BODY}"
        f"1.3 Term. {BODY}2 FEES 2.1 Royalty. {BODY}"
    )
    assert titles(text) == [
        "1 GRANT",
        "1.1 Rights.",
        "1.2 Site.",
        "1.2.1",
        "1.2.2",
        "1.3 Term.",
        "2 FEES",
        "2.1 Royalty.",
    ]


def test_defined_terms() -> None:
    text = "\n\n".join(
        f'1.{n} "{word}" means something. {BODY}' for n, word in enumerate(("Agent", "Buyer", "Cost"), 1)
    )
    assert titles(text) == ['1.1 "Agent"', '1.2 "Buyer"', '1.3 "Cost"']


@pytest.mark.parametrize(
    "text",
    [
        f"As Section 4.2 says, {BODY} See 4.3 Taxes. And 7.9 Fees. {BODY}",
        f"{BODY} It grew by 2.5 percent. In 3.1 million homes. {BODY}",
        "1. Buy milk.\n\n2. Buy bread.\n\n3. Go home.",
        f"1. he went out. {BODY}\n\n2. he came back. {BODY}\n\n3. he slept. {BODY}",
        f"1.1 Yes. No.\n\n1.2 No. Yes.\n\n1.3 Perhaps. Who knows.\n\n{BODY}",
        f"(a) one thing. {BODY}\n\n(b) another. {BODY}",
    ],
)
def test_numbers_that_begin_no_clause(text: str) -> None:
    assert titles(text) == []


def test_short_clauses_leave_their_parent_whole() -> None:
    items = "\n\n".join(f"2.{n} Short one {n}." for n in range(1, 9))
    text = f"1. Scope. {BODY}\n\n2. List. {BODY}\n\n{items}\n\n3. Term. {BODY}"
    assert titles(text) == ["1. Scope.", "2. List.", "3. Term."]


def test_a_clause_begins_a_passage_and_a_sentence() -> None:
    text = f"1. Term. {BODY}\n\n2. Fees. {BODY}\n\n3. Notices. {BODY}"
    book = prepare("x", Document(text, (), find_headings(text), "plain"))
    assert [text[book.passage(n).start :][:2] for n in range(len(book))] == ["1.", "2.", "3."]


def test_clauses_of_lines_without_blank_lines() -> None:
    text = (
        f"Contents\n1.1 Objective 3\n1.2 Vesting 4\n1.1 Objective. {BODY}\n1.2 Vesting; Restrictions. {BODY}\n"
        f"as is set out in Section\n1.3 of the plan and so on.\n1.3 Administration. {BODY}\n"
    )
    found = [text[heading.start : heading.end] for heading in find_line_headings(text)]
    assert found == ["1.1 Objective.", "1.2 Vesting; Restrictions.", "1.3 Administration."]


def test_speakers_of_long_turns_are_headings() -> None:
    speech = BODY * 3
    text = "\n".join(f"[{n}] {name}: {speech}" for n, name in enumerate(["The Chair", "Ann Lee"] * 6))
    assert titles(text)[:2] == ["[0] The Chair:", "[1] Ann Lee:"]
    assert len(titles(text)) == 12
    script = "\n\n".join(f"{name}:\n{speech}" for name in ["HAMLET", "HORATIO"] * 5)
    assert titles(script)[:2] == ["HAMLET:", "HORATIO:"]


@pytest.mark.parametrize("words", ["Yes.", BODY])
def test_speakers_of_short_turns_are_not(words: str) -> None:
    assert titles("\n".join(f"[{n}] {name}: {words}" for n, name in enumerate(["Ann", "Bob"] * 20))) == []
    assert titles("\n".join(f"{name}: {words * 4}" for name in ["Note", "Example"] * 20)) == []


@given(
    st.lists(
        st.sampled_from(
            ["1. Term. ", "1.1 A B. ", "2. ", "1.2.1 x. ", "(a) ", "(i) ", "\n", "\n\n", BODY, "Ann Lee: ", "[1] Al: "]
            + ["ARTICLE 2\n\n", "Section 3.1 Foo. ", "1 GRANT 1.1 Z. ", '2.1 "T" ', ". ", " "]
        )
    ).map("".join)
)
def test_headings_are_in_order_apart_and_without_space_at_their_ends(text: str) -> None:
    for headings in (find_headings(text), find_line_headings(text)):
        spans = [(heading.start, heading.end) for heading in headings]
        assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here")
def test_clauses_of_contracts() -> None:
    text = next((DATA / "cuad" / "contracts").glob("CHANGEPOINT*")).read_text(encoding="utf-8")
    document = Document(text, (), find_headings(text), "plain")
    path = document.heading_path(text.index("All fees are exclusive of any sales taxes"))
    assert path == ("4 FEES.", "4.3 TAXES.")


def test_an_introduction_is_no_part_that_holds_the_clauses_after_it() -> None:
    text = "\n\n".join(f"{title}\n\n{BODY}" for title in ("Exhibit 10.6", "Introduction", "1 GRANT", "2 TERM"))
    assert found(text) == [(1, "Exhibit 10.6"), (2, "Introduction"), (2, "1 GRANT"), (2, "2 TERM")]
