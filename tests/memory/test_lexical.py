"""The lexical index: BM25 by its own formula, kept in a file, built anew when the file is no use."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from clew.core.book import Book
from clew.core.types import Document, Heading
from clew.memory.lexical import LexicalIndex
from clew.memory.lexical_build import build, title
from clew.memory.lexical_store import KEPT, forget, open_index
from clew.memory.numbering import Numbering
from clew.memory.terms import terms

TEXTS = ["The whale sank the ship.", "A ship sails. The ship returns.", "Queen Anna met Anna Brown in Paris."]


def book(texts: list[str] = TEXTS, name: str = "a.txt", headings: tuple[Heading, ...] = ()) -> Book:
    """A book of one passage a text."""
    starts = [sum(len(t) + 1 for t in texts[:at]) for at in range(len(texts))]
    document = Document("".join(t + "\n" for t in texts), (), headings, "plain")
    return Book(name, document, starts, list(range(len(texts))))


def rows(index: LexicalIndex, **query: float) -> list[float]:
    return [round(float(x), 4) for x in index.scores(query)]


def test_scores_are_bm25() -> None:
    index = build([book(TEXTS[:2])])
    idf = math.log(1 + (2 - 2 + 0.5) / (2 + 0.5))
    mean = (3 + 4) / 2
    first = idf * 1 / (1 + 1.2 * (0.25 + 0.75 * 3 / mean))
    second = idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 4 / mean))
    assert rows(index, ship=1) == pytest.approx([first, second], abs=1e-4)
    assert rows(index, ship=2, unknown=5) == pytest.approx([2 * first, 2 * second], abs=2e-4)
    assert index.weight("ship", 1) == pytest.approx(second, abs=1e-4)
    assert index.weight("whale", 1) == index.weight("unknown", 0) == 0
    assert (index.frequency("ship"), index.frequency("whale"), index.frequency("unknown")) == (2, 1, 0)
    assert index.rarity("ship") == pytest.approx(idf)


def test_names_are_pairs_too_and_known_as_names() -> None:
    index = build([book()])
    assert index.frequency("anna brown") == 1
    assert index.frequency("whale sank") == 0
    assert index.share("anna") == index.share("brown") == index.share("anna brown") == 1
    assert index.share("whale") == index.share("unknown") == 0


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    found = terms("Yesterday it rained. In Paris, Mr. Brown of the White House met J. R. Smith.")
    assert "yesterday" not in found.named
    assert {"pari", "white", "hous", "smith"} <= set(found.named)
    assert "white hous" in found.all
    assert terms("no names here").named == []


def test_headings_and_among_several_files_their_names_lead_to_passages() -> None:
    text = ["Harbour", "Boats lie there.", "Market", "Fish is sold."]
    headed = book(text, "reports/ACME_2023.pdf", (Heading(1, 0, 7), Heading(1, 25, 31)))
    assert [x > 0 for x in build([headed]).scores({"harbour": 1})] == [True, True, False, False]
    assert not build([headed]).frequency("acm")
    together = build([headed, book()])
    assert [x > 0 for x in together.scores({"acm": 1})] == [True] * 4 + [False] * 3
    assert title("reports/ACME_2023.pdf") == "ACME 2023"


def test_a_numbering_counts_passages_through_the_books() -> None:
    books = [book(), book([], "empty.txt"), book(["One more."], "b.txt")]
    numbers = Numbering(books)
    assert numbers.firsts == [0, 3, 3]
    assert [numbers.book(n).name for n in (0, 2, 3)] == ["a.txt", "a.txt", "b.txt"]
    assert (numbers.passage(2).index, numbers.passage(3).index) == (2, 0)


def test_an_index_comes_back_from_its_file(tmp_path: Path) -> None:
    built = open_index([book()], tmp_path)
    (file,) = tmp_path.iterdir()
    made = file.stat().st_ino
    again = open_index([book()], tmp_path)
    assert file.stat().st_ino == made
    assert again.vocabulary == built.vocabulary
    assert rows(again, ship=1, anna=2) == rows(built, ship=1, anna=2)
    assert again.share("anna") == 1


@pytest.mark.parametrize("damage", ["empty", "cut", "other", "gone"])
def test_a_damaged_file_is_built_anew(tmp_path: Path, damage: str) -> None:
    expected = rows(open_index([book()], tmp_path), ship=1)
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "other": b"no archive" * 99}[damage])
    assert rows(open_index([book()], tmp_path), ship=1) == expected
    assert rows(LexicalIndex.load(file), ship=1) == expected


def test_order_of_the_scope_and_names_make_another_index(tmp_path: Path) -> None:
    one, other = book(), book(["The whale is white."], "b.txt")
    assert rows(open_index([one, other], tmp_path), white=1)[-1] > 0
    assert rows(open_index([other, one], tmp_path), white=1)[0] > 0
    renamed = Book("c.txt", other.document, other.sentence_starts, other.passage_firsts)
    open_index([one, renamed], tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_forgetting_a_document_leaves_no_word_of_it(tmp_path: Path) -> None:
    one, secret = book(), book(["The zanzibarium is hidden."], "b.txt")
    open_index([one], tmp_path)
    open_index([one, secret], tmp_path)
    assert sum(b"zanzibarium" in file.read_bytes() for file in tmp_path.iterdir()) == 1
    (tmp_path / "half.bm25.npz.123.part").write_bytes(b"zanzibarium")
    forget(tmp_path, [secret.id])
    assert len(list(tmp_path.iterdir())) == 1
    assert not any(b"zanzibarium" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_folder_does_not_grow_without_end(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        open_index([book([f"Text number {number}."])], tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT


def test_a_folder_that_cannot_be_written_to_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert rows(open_index([book()], tmp_path / "file" / "folder"), ship=1)[0] > 0


def test_nothing_to_index(tmp_path: Path) -> None:
    for books in ([], [book([])], [book(["of the", "..."])]):
        index = open_index(books, tmp_path)
        assert not index.scores({"whale": 1.0}).any()
        assert index.passages == sum(map(len, books))
        assert open_index(books, tmp_path).passages == index.passages
