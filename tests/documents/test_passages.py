"""Passages tile a text in whole sentences; paragraphs, headings and lines decide where they end."""

from __future__ import annotations

from clew.core.book import Book
from clew.core.types import Document, Heading, Page
from clew.documents.passages import LONG, TARGET, prepare


def book(text: str, headings: tuple[Heading, ...] = (), pages: tuple[Page, ...] = ()) -> Book:
    return prepare("a.txt", Document(text, pages, headings, "plain"))


def texts(made: Book) -> list[str]:
    return [made.text(made.passage(at).span) for at in range(len(made))]


def paragraph(sentences: int, word: str = "whale") -> str:
    return " ".join(f"Sentence {n} tells of one more {word} at sea." for n in range(sentences))


def test_passages_tile_the_text_in_whole_sentences() -> None:
    text = "\n\n".join(paragraph(n) for n in (1, 4, 120, 2, 30)) + "\n"
    made = book(text)
    assert "".join(texts(made)) == text
    assert len(made) > 5
    assert {made.passage(at).start for at in range(len(made))} <= set(made.sentence_starts)


def test_paragraphs_of_some_size_stand_alone() -> None:
    first, second = paragraph(4), paragraph(5, "ship")
    assert [t.strip() for t in texts(book(f"{first}\n\n{second}"))] == [first, second]


def test_short_lines_join_what_follows() -> None:
    body = paragraph(4)
    assert [t.strip() for t in texts(book(f"Moby Dick\n\n{body}\n\n{body}"))] == [f"Moby Dick\n\n{body}", body]


def test_a_long_paragraph_is_divided_evenly() -> None:
    sizes = [len(t) for t in texts(book(paragraph(120)))]
    assert len(sizes) == round(sum(sizes) / TARGET)
    assert max(sizes) < LONG
    assert max(sizes) - min(sizes) < 0.5 * TARGET


def test_a_long_paragraph_of_turns_is_divided_between_turns() -> None:
    turns = [
        f"[D1:{n}] Ann: So much for day {n}. It was a good day, and the rain held off until nine." for n in range(60)
    ]
    found = texts(book("\n".join(turns)))
    assert len(found) > 3
    assert all(t.startswith("[D1:") for t in found)


def test_a_heading_begins_a_passage_and_keeps_what_is_under_it() -> None:
    body = paragraph(3)
    text = f"Short before.\n\nPART I\n\nChapter 1\n\n{body}\n\nChapter 2\n\nToo short.\n\nChapter 3\n\n{body}"
    at = [text.index(t) for t in ("PART I", "Chapter 1", "Chapter 2", "Chapter 3")]
    made = book(text, tuple(Heading(1 + (n > 0), a, a + 6 + 3 * (n > 0)) for n, a in enumerate(at)))
    assert [t.split("\n")[0] for t in texts(made)] == ["Short before.", "PART I", "Chapter 2", "Chapter 3"]


def test_pages_end_paragraphs() -> None:
    body = paragraph(4)
    text = f"{body}\n{body}\n"
    half = len(body) + 1
    assert len(book(text, pages=(Page(1, 0, half), Page(2, half, len(text))))) == 2


def test_empty_and_blank_texts() -> None:
    assert len(book("")) == 0
    assert texts(book(" \n\n ")) in ([], [" \n\n "])
    assert texts(book("One.")) == ["One."]
