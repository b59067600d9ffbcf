"""The concept graph: what is joined, what is near, and that it is kept, found again and forgotten."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from clew.core.book import Book
from clew.core.types import Document, Heading
from clew.memory.graph import ConceptGraph, connect
from clew.memory.graph_build import build
from clew.memory.graph_store import Graphs
from island import LINES, small_book


def node(graph: ConceptGraph, label: str) -> int:
    return next(at for at in range(len(graph)) if graph.label(at) == label)


def held(graph: ConceptGraph, book: Book, label: str) -> set[str]:
    """The sentences that hold the node called `label`."""
    worth = graph.spread({}, {}).passages
    return {book.text(span).strip() for span in graph.mentions(node(graph, label), worth, 100)}


def test_variants_of_a_name_are_one_node_and_ambiguous_ones_are_not() -> None:
    lines = ["The first keeper was Martha Venn.", "Old Venn kept a diary.", "Much later came Mrs. Venn again."]
    book = small_book(lines, "a.txt", 1)
    assert held(connect([book]), book, "Martha Venn") == set(lines)
    both = small_book([*lines, "And her brother was Tom Venn."], "a.txt", 1)
    assert held(connect([both]), both, "Martha Venn") == {lines[0]}
    assert held(connect([both]), both, "Venn") == set(lines[1:])


def test_acronyms_and_headings_lead_to_what_they_stand_for() -> None:
    lines = [
        "Safety",
        "It asked the Harbour Light Board (HLB) for oil.",
        "Much was owed to the HLB then.",
        "Nothing came.",
    ]
    plain = small_book(lines, "a.txt", 1)
    book = Book(
        "a.txt", Document(plain.document.text, (), (Heading(1, 0, 6),), "plain"), plain.sentence_starts, [0, 1, 2, 3]
    )
    graph = connect([book])
    assert held(graph, book, "Harbour Light Board") == set(lines[1:3])
    assert held(graph, book, "Safety") == set(lines)


def test_pairs_of_words_count_only_where_they_come_again() -> None:
    again = connect([small_book(["The whale oil burned.", "They had whale oil."], "a.txt", 1)])
    assert "whale oil" in {again.label(at) for at in range(len(again))}
    once = connect([small_book(["The whale oil burned.", "They had herring."], "a.txt", 1)])
    assert not any(" " in once.label(at) for at in range(len(once)))


def test_documents_are_joined_at_equal_elements() -> None:
    one, two = small_book(LINES, "one.txt"), small_book(["Martha Venn was born in Zanzibar."], "two.txt")
    graph = connect([one, two])
    worth = graph.spread({}, {}).passages
    documents = {span.document for span in graph.mentions(node(graph, "Martha Venn"), worth, 100)}
    assert documents == {one.id, two.id}
    assert node(graph, "Zanzibar") in graph.neighbours(node(graph, "Martha Venn"))


def test_rank_spreads_over_shared_elements_to_the_second_step() -> None:
    far = [f"Line {n} tells of rain, wind and mud in parish {n}." for n in range(60)]
    lines = [*far[:30], "The lamp was lit by Ortrud Quell.", *far[30:], "Ortrud Quell was born on Saint Marrow."]
    book = small_book(lines, "a.txt", 1)
    graph = connect([book])
    spread = graph.spread(graph.named("Where was the one born who lit the lamp?"), {})
    order = sorted(range(len(lines)), key=lambda at: -float(spread.passages[at]))
    assert set(order[:2]) == {30, len(lines) - 1}
    assert float(spread.passages.sum() + spread.elements.sum()) <= 1.0001
    assert graph.spread({}, {}).passages.min() > 0


def test_a_question_names_elements_in_full_or_in_part() -> None:
    graph = connect([small_book()])
    named = graph.named("Who was Venn, the lighthouse keeper?")
    assert named[node(graph, "lighthouse")] == 1
    assert 0 < named[node(graph, "Martha Venn")] < 1
    assert graph.named("Nothing of this is in it?") == {}


def test_a_kept_graph_comes_back_as_it_was_and_a_damaged_one_is_built_anew(tmp_path: Path) -> None:
    told: list[str] = []
    book = small_book()
    graphs = Graphs(tmp_path, lambda what, done, of: told.append(what))
    first = graphs.connect([book])
    again = graphs.connect([book])
    assert len(told) == 1
    assert [again.label(at) for at in range(len(again))] == [first.label(at) for at in range(len(first))]
    assert again.neighbours(0) == first.neighbours(0)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:200])
    assert len(graphs.connect([book])) == len(first)
    assert len(told) == 2


def test_nothing_is_left_of_a_document_that_was_forgotten(tmp_path: Path) -> None:
    one, two = small_book(), small_book(["Tom Venn fished for herring."], "two.txt")
    graphs = Graphs(tmp_path, lambda what, done, of: None)
    graphs.connect([one, two])
    graphs.forget([one.id])
    assert [path.name.partition(".")[0] for path in tmp_path.iterdir()] == [two.id]


ODD: dict[str, Sequence[str]] = {
    "no names": ["it was so.", "and then it was not."],
    "one name everywhere": ["Ahab."] * 300,
    "Chinese": ["张三在北京大学工作。", "他的母亲是一位医生。"],
    "numbers": [f"{n} | {n * 3.5:.1f} | {n % 7}" for n in range(200)],
    "chat": [f"[{n}] {'Ann' if n % 2 else 'Bob'}: well, ok then" for n in range(100)],
    "alike": [f"Section {n}. The tenant shall pay the rent on the first day of the month." for n in range(200)],
    "empty": [],
}


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD)
def test_odd_texts_have_graphs_too(lines: Sequence[str]) -> None:
    book = small_book(lines, "odd.txt", 4)
    graph = connect([book])
    spread = graph.spread(graph.named("Who was Ahab's tenant in 北京?"), {})
    assert len(spread.passages) == len(book)
    assert len(spread.elements) == len(graph)
    for at in range(len(graph)):
        assert graph.mentions(at, spread.passages, 3)
        graph.neighbours(at)


def test_the_graph_grows_no_faster_than_the_text() -> None:
    draw = random.Random(3)
    words = [f"w{''.join(draw.choices('abcdefgh', k=5))}" for _ in range(400)]

    def size(count: int) -> int:
        lines = [" ".join(draw.choices(words, k=8)) + "." for _ in range(count)]
        return len(build(small_book(lines, "a.txt", 4)).sentences)

    assert size(2000) < 2.5 * size(1000)


def test_one_word_over_and_over_is_one_node() -> None:
    book = small_book(["lamp " * 1000] * 200, "lamp.txt", 1)
    graph = connect([book])
    assert sorted(graph.label(at) for at in range(len(graph))) == ["lamp", "lamp lamp"]
    assert len(graph.mentions(0, graph.spread({0: 1.0}, {}).passages, 10)) == 10


def test_wherever_a_kept_graph_is_damaged_it_is_built_anew(tmp_path: Path) -> None:
    book = small_book()
    graphs = Graphs(tmp_path, lambda what, done, of: None)
    size = len(graphs.connect([book]))
    (file,) = tmp_path.iterdir()
    sound, draw = file.read_bytes(), random.Random(3)
    for _ in range(150):
        data = bytearray(sound)
        for _ in range(3):
            data[draw.randrange(len(data))] = draw.randrange(256)
        file.write_bytes(data)
        assert len(graphs.connect([book])) == size
