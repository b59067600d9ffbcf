"""The page: everything a sceptical reader wants, nothing that a document could smuggle in."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path

import pytest
from clew import Answer, Clew, Scripted
from clew.agents.manager import MARK
from clew.core.book import Book
from clew.core.results import Listed, Missed, Step
from clew.report import page
from clew.report.page import MOST_FILES

EVIL = '<script>alert(1)</script><img src="http://example.org/x" onerror="steal()">'


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the ids and links in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def answered(tmp_path: Path) -> tuple[Answer, dict[str, Book]]:
    path = tmp_path / f"{EVIL.replace('/', '_')[:60]}.txt"
    path.write_text(f"The keeper of the lamp was Martha Venn {EVIL}. She came in 1871.\n")
    with Clew(library=tmp_path / "library") as clew:
        shelf = clew.open(path)
        return shelf.ask(f"Who was the keeper of the lamp? {EVIL}"), dict(shelf.books)


def test_nothing_of_a_document_becomes_markup(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    html = page(replace(answer, unsupported=(EVIL,), missing=(EVIL,), notices=(EVIL,), route=EVIL, model=EVIL), books)
    tags = Tags(html).seen
    assert not {tag for tag, _ in tags} & {"script", "img", "iframe", "link", "object"}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "src"]
    assert "default-src 'none'" in html


def test_every_mark_leads_to_its_quote(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    tags = Tags(page(answer, books)).seen
    ids = {attributes["id"] for _, attributes in tags if "id" in attributes}
    targets = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert targets
    assert {str(target).removeprefix("#") for target in targets} <= ids


def test_a_mark_of_thousands_of_digits_is_none(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    mark = f"[{'9' * 5000}]"
    assert MARK.search(mark) is None
    assert mark in page(replace(answer, text=f"Martha Venn {mark}"), books)


def test_a_quote_stands_in_its_text_and_alone_when_the_text_is_gone(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    with_text = page(answer, books)
    alone = page(answer, {})
    marked = re.compile(r"<mark>(.*?)</mark>(.*?)</blockquote>", re.DOTALL)
    assert marked.findall(with_text)[0][0] == marked.findall(alone)[0][0]
    assert "She came in 1871." in with_text
    assert "She came in 1871." not in alone


def test_the_way_is_told_with_steps_of_one_kind_together(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    steps = [Step(turn, "reader", "read", 1, turn % 2, 2) for turn in (1, 2, 3)]
    html = page(replace(answer, path=(*steps, Step(4, "manager", "answer", 1, 0, 0))), books)
    assert "<td>turns 1 to 3</td><td>reader: read</td><td>3 calls, 2 failed, 6 places noted</td>" in html
    assert "<td>turn 4</td><td>manager: answer</td><td>1 call</td>" in html


def test_an_unanswered_question_has_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Nothing of interest.")
    nothing = {"reader": {"findings": [], "drop": []}}
    silent = Scripted(lambda call: nothing.get(call.role, {"verdict": "not_found", "answer": "", "evidence": []}))
    with Clew(silent, library=tmp_path / "library") as clew:
        shelf = clew.open(tmp_path / "page.txt")
        html = page(shelf.ask("Who kept the lamp?", strategy="chain"), shelf.books)
    assert "Not found, and all of the text was read." in html
    assert "Not in the text: all of it was read." in html


def test_what_was_read_and_what_was_not_are_the_whole(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    coverage = replace(answer.coverage, chunks=20, read=1, characters=1000, characters_read=52)
    html = page(replace(answer, coverage=coverage), books)
    assert "Read 5.2 % of the text." in html
    assert '<li dir="auto">94.8 % of the text</li>' in html


def test_a_page_to_be_filed_says_where_when_and_what_was_not_read(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    (citation, *_) = answer.citations
    place = {"page": 112, "page_label": "108", "headings": ("PART <II>", "Item 7."), "context": ("Year | 1871",)}
    missed = Missed("log.txt", 3, "timed out <twice>", 7)
    partly = replace(answer.coverage, read=0, failed=1, reasons=(missed,), characters_read=1)
    unopened = Listed("scan.pdf", None, False, "no text <at all>")
    html = page(
        replace(
            answer,
            status="partial",
            limit_reached="interrupt",
            citations=(replace(citation, **place),),  # type: ignore[arg-type]
            coverage=partly,
            documents=(*answer.documents, unopened),
        ),
        books,
    )
    assert "page 112 (printed 108) › PART &lt;II&gt; › Item 7." in html
    assert "Year | 1871" in html
    assert "Answered in part" in html
    assert '<li dir="auto">Interrupted.</li>' in html
    assert "log.txt, page 7, passage 4: timed out &lt;twice&gt;" in html
    assert "scan.pdf: no text &lt;at all&gt;" in html
    assert f"{answer.date[:10]} {answer.date[11:16]} UTC · 2 files" in html
    assert f"Clew {version('clew')}, run {answer.run}" in html


def test_what_was_answered_without_a_call_cost_nothing(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    for calls, cost, told in ((0, None, "nothing"), (2, None, "unknown"), (2, 0.0, "nothing"), (2, 0.5, "0.5000 USD")):
        usage = replace(answer.usage, calls=calls, cost=cost)
        assert f"<td>cost</td><td>{told}</td>" in page(replace(answer, usage=usage), books)


def test_lines_of_a_paragraph_flow_and_those_of_a_table_stay(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, _ = answered
    (citation, *_) = answer.citations
    lines = replace(citation, quote="The keeper of\n   the lamp.\n\n\nShe came.")
    assert "<mark>The keeper of the lamp.\n\nShe came.</mark>" in page(replace(answer, citations=(lines,)), {})
    row = replace(lines, context=("Year",))
    assert "<mark>The keeper of\n   the lamp.\n\n\nShe came.</mark>" in page(replace(answer, citations=(row,)), {})


def test_the_head_of_a_table_is_not_told_twice(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    (citation, *_) = answer.citations
    behind = replace(citation, start=citation.start + 20)
    above = citation.quote[:10]
    for context, told in ((above, False), ("Year | 1871", True)):
        row = replace(answer, citations=(replace(behind, context=(context,)),))
        assert ('<p class="columns"' in page(row, books)) is told
        assert '<p class="columns"' in page(row, {})


def test_of_very_many_files_those_that_were_read_are_listed(answered: tuple[Answer, dict[str, Book]]) -> None:
    answer, books = answered
    others = tuple(Listed(f"{n}.txt", str(n), False, "it was not read") for n in range(MOST_FILES + 50))
    html = page(replace(answer, documents=(*others, *answer.documents)), books)
    assert "51 further files" in html
    assert answer.documents[0].document_id in html
