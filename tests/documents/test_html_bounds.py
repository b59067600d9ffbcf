"""What an HTML parser takes quadratic time for is refused or left out, and nothing else is."""

from __future__ import annotations

import pytest
from clew.core.errors import DocumentError
from clew.documents.html import load_html
from clew.documents.html_bounds import ATTRIBUTES, DEEPEST, within_bounds


def attributes(count: int) -> str:
    return " ".join(f'a{at}="{at}>"' for at in range(count))


@pytest.mark.parametrize(
    "page",
    [
        "<p class=\"a\" title='x > y' hidden>words</p>",
        f"<p {attributes(ATTRIBUTES)}>words</p>",
        "<br>" * 2 * DEEPEST + "words",
        "<p>one" * 2 * DEEPEST,
        "<ul>" + "<li>one" * 2 * DEEPEST + "</ul>",
        "<script>if (a<b && c) { " + "x y " * 400 + "}</script><p>words",
        f'<img src="data:{"A" * 100_000}"><p>words',
        "a < b and c <",
        "<",
        "",
    ],
)
def test_pages_as_there_are_stay_as_they_are(page: str) -> None:
    assert within_bounds(page) == page


def test_a_script_that_looks_like_a_tag_hides_no_text() -> None:
    page = "<script>if (a<b && c) { d=1 " + "x/y " * 3 * ATTRIBUTES + "}</script><p>words"
    assert load_html(page.encode()).document.text == "words\n"
    hidden = f'<!-- a <b {attributes(3 * ATTRIBUTES)} "--> --><p>words'
    with pytest.raises(DocumentError, match="more than 1,000 attributes on one element"):
        load_html(hidden.encode())


@pytest.mark.parametrize("tag", ["p", "html", "BODY", "x-y"])
def test_attributes_beyond_the_bound_are_left_out(tag: str) -> None:
    page = f"<{tag} {attributes(3 * ATTRIBUTES)}>words <i>and</i> more"
    kept = within_bounds(page)
    assert kept == f"<{tag} {attributes(ATTRIBUTES)}>words <i>and</i> more"
    assert load_html(page.encode()).document.text == "words and more\n"


@pytest.mark.parametrize("first", ['a=x"y', 'a="x"b', "=a", "a='x'b"])
def test_odd_attributes_hide_none_behind_them(first: str) -> None:
    kept = within_bounds(f"<p {first} {attributes(3 * ATTRIBUTES)}>words")
    assert kept.endswith(">words")
    assert ATTRIBUTES - 2 <= kept.count('="') <= ATTRIBUTES + 1


def test_a_drawing_of_many_lines_is_not_deep() -> None:
    page = "<p>one<svg><g>" + '<path d="M0 0"/><use href="#a" />\n' * DEEPEST + "</g></svg><p>two"
    assert load_html(page.encode()).document.text.split() == ["one", "two"]
    with pytest.raises(DocumentError, match="most of them <b>"):
        load_html((page + "<b>" * (DEEPEST + 1)).encode())


def test_the_attributes_of_all_bodies_count_together() -> None:
    page = "".join(f"<body a{at}=1>" for at in range(3 * ATTRIBUTES)) + "words"
    assert within_bounds(page).count("=") == ATTRIBUTES


@pytest.mark.parametrize("tags", ["<b>", "<x-y>", "<font size=1>", "<b><i>", "<B><p>"])
def test_elements_of_any_name_left_open_are_counted(tags: str) -> None:
    with pytest.raises(DocumentError, match="more than 20000 elements are left open, most of them <"):
        load_html((tags * (DEEPEST + 1)).encode())


def test_elements_of_many_names_are_counted_together() -> None:
    with pytest.raises(DocumentError, match="left open"):
        load_html("".join(f"<x{at}>" for at in range(DEEPEST + 1)).encode())
