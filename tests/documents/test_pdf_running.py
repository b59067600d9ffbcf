"""Running headers and footers: set apart from the text, never headings; the page numbers in them are labels."""

from __future__ import annotations

from collections.abc import Callable

from clew.core.types import Document
from clew.documents.load import read_bytes
from clew.documents.passages import prepare
from clew.documents.pdf_running import Edges, find_edges, set_apart

Pdf = Callable[..., bytes]
STORY = "and so on voyage {} the long story of the sea and of the men on it went on from one sheet to the"


def sheets(count: int, head: str = "A HISTORY OF THE SEA", foot: str = "{}", first: int = 1) -> list[str]:
    """Sheets of a text that runs on, with header and footer."""
    lines = [(n, STORY.format(3 * n), STORY.format(7 * n)) for n in range(first, first + count)]
    return [f"{head}\n{one}\nnext one of chapter {n}\n{two}\n{foot.format(n)}" for n, one, two in lines]


def sentences(document: Document) -> list[str]:
    book = prepare("x", document)
    starts = [*book.sentence_starts, len(document.text)]
    return [document.text[a:b].strip() for a, b in zip(starts, starts[1:], strict=False)]


def test_no_sentence_runs_into_a_header_or_footer(pdf: Pdf) -> None:
    document = read_bytes(pdf(sheets(5)), ".pdf").document
    found = sentences(document)
    assert found.count("A HISTORY OF THE SEA") == 5
    assert [words for words in found if words.isdigit()] == ["1", "2", "3", "4", "5"]
    assert document.text.startswith("A HISTORY OF THE SEA\n\nand so")
    assert [page.start for page in document.pages[1:]] == [page.end for page in document.pages[:-1]]


def test_printed_numbers_are_labels(pdf: Pdf) -> None:
    document = read_bytes(
        pdf(["Cover", *sheets(2, first=3, foot="Page {}"), *sheets(2, first=5, foot="- {} -")]), ".pdf"
    )
    assert [page.label for page in document.document.pages] == [None, "3", "4", "5", "6"]
    roman = read_bytes(pdf([f"{STORY}\n{n * 2}\n{n}" for n in ("ii", "iii", "iv", "v")]), ".pdf").document
    assert [page.label for page in roman.pages] == ["ii", "iii", "iv", "v"]
    named = read_bytes(pdf(sheets(6, first=40, foot="Acme annual report {}")), ".pdf").document
    assert [page.label for page in named.pages] == [str(n) for n in range(40, 46)]


def test_a_running_header_is_no_heading(pdf: Pdf) -> None:
    document = read_bytes(pdf(sheets(5, head="Item 1. Business")), ".pdf").document
    assert document.headings == ()


def test_a_bookmark_stands_below_the_running_header(pdf: Pdf) -> None:
    texts = [text.replace("next one", "The Sea\nnext one") for text in sheets(4, head="The Sea")]
    document = read_bytes(pdf(texts, [("The Sea", 1)]), ".pdf").document
    (heading,) = document.headings
    assert heading.start > document.text.index("The Sea\n\n", document.pages[1].start)


def test_left_and_right_sheets_may_differ() -> None:
    texts = [f"{'Left side' if n % 2 else 'Right side'}\nbody {n} of it\nmore" for n in range(8)]
    assert [edges.head for edges in find_edges(texts)] == [1] * 8


def test_rows_and_exhibits_at_the_edges_are_none() -> None:
    rows = [f"Sales {n}0\nCost {n}7\nProfit 12\n{5 * n}" for n in range(6)]
    assert all(edges.foot == 0 and edges.label is None for edges in find_edges(rows))
    exhibits = [f"EXHIBIT {n}\nwords\nwords and words" for n in (21, 22, 23)]
    assert all(edges.head == 0 for edges in find_edges(exhibits))


def test_a_line_that_comes_again_far_away_is_none() -> None:
    texts = [f"{'Notes' if n % 10 == 0 else chr(97 + n)}\n{chr(98 + n)} word\n{n} words" for n in range(50)]
    assert all(edges.head == 0 for edges in find_edges(texts))


def test_spans_of_what_is_set_apart() -> None:
    assert set_apart("", Edges()) == ("", [])
    assert set_apart("body\n", Edges()) == ("body\n", [])
    assert set_apart("A\nbody\nmore\n7\n", Edges(1, 1)) == ("A\n\nbody\nmore\n\n7\n", [(0, 1), (14, 15)])
