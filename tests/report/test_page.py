"""The page: everything a sceptical reader wants, nothing that a document could smuggle in."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from clew import Answer, Clew, Scripted
from clew.core.book import Book
from clew.core.results import Step
from clew.report import page

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
    assert "<td>turns 1 to 3</td><td>reader</td><td>read</td><td>3 calls, 2 failed</td><td>6 places noted</td>" in html
    assert "<td>turn 4</td><td>manager</td>" in html


def test_an_unanswered_question_has_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Nothing of interest.")
    nothing = {"reader": {"findings": [], "drop": []}}
    silent = Scripted(lambda call: nothing.get(call.role, {"verdict": "not_found", "answer": "", "evidence": []}))
    with Clew(silent, library=tmp_path / "library") as clew:
        shelf = clew.open(tmp_path / "page.txt")
        html = page(shelf.ask("Who kept the lamp?", strategy="chain"), shelf.books)
    assert "No answer." in html
