"""Evidence recall at a budget, sets as parts of longer texts, and gold that stands where the data says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clew.evals.cases import Paragraph
from clew.evals.multihop import SETS, corpus
from clew.evals.pooled import pooled
from clew.evals.recall import Shown, recall, within
from clew.evals.sets import Gold, GoldQuestion, QuestionSet, data_folder, load


def question(*gold: Gold, pages: tuple[tuple[str, int], ...] = ()) -> GoldQuestion:
    return GoldQuestion("q", "Who?", ("a.txt",), ("Ada",), True, gold, pages)


def test_an_item_that_does_not_fit_ends_the_list_though_a_shorter_one_follows() -> None:
    shown = [Shown("a.txt", 0, 400), Shown("a.txt", 400, 1200), Shown("a.txt", 1200, 1240)]
    assert [len(within(shown, budget)) for budget in (99, 100, 299, 300, 309, 310)] == [0, 1, 1, 2, 2, 3]


@pytest.mark.parametrize(("end", "share"), [(104, 0.0), (105, 0.5), (300, 1.0)])
def test_a_span_counts_when_half_of_it_is_covered(end: int, share: float) -> None:
    asked = question(Gold("a.txt", 100, 110), Gold("a.txt", 280, 300))
    assert recall([Shown("a.txt", 50, end)], asked, 1000) == share


def test_items_cover_a_span_together_and_what_overlaps_counts_once() -> None:
    asked = question(Gold("a.txt", 0, 100))
    assert recall([Shown("a.txt", 0, 30), Shown("a.txt", 60, 90)], asked, 1000) == 1
    assert recall([Shown("a.txt", 0, 30), Shown("a.txt", 10, 40)], asked, 1000) == 0
    assert recall([Shown("b.txt", 0, 100)], asked, 1000) == 0


def test_a_sheet_counts_when_anything_on_it_is_shown() -> None:
    asked = question(pages=(("a.pdf", 3), ("a.pdf", 9)))
    assert recall([Shown("a.pdf", 0, 40, 3), Shown("b.pdf", 0, 40, 9)], asked, 1000) == 0.5
    assert recall([Shown("a.pdf", 0, 40, 3)], asked, 5) == 0


OWN = QuestionSet(
    "own",
    {"a.txt": "Ada was born.", "b.txt": "Bodo owns a boat."},
    (question(Gold("a.txt", 0, 3), Gold("b.txt", 5, 16)), question()),
)
OTHER = QuestionSet("other", {"c.txt": "One line.\n\nTwo lines.\n\nThree.", "d.pdf": Path("d.pdf")}, ())


@pytest.mark.parametrize("size", [1, 46, 1000])
def test_gold_moves_with_its_text_into_a_pool_of_any_size(size: int) -> None:
    pool = pooled(OWN, [OTHER], size)
    ((name, text),) = pool.files.items()
    (asked,) = pool.questions
    assert [str(text)[gold.start : gold.end] for gold in asked.gold] == ["Ada", "owns a boat"]
    assert {gold.document for gold in asked.gold} == set(asked.documents) == {name}


def test_a_pool_is_cut_between_paragraphs_and_never_in_the_sets_own_texts() -> None:
    own, part, whole = (str(pooled(OWN, [OTHER], size).files["pool.txt"]) for size in (1, 50, 1000))
    assert own == "Ada was born.\n\nBodo owns a boat.\n\n"
    assert part == own + "One line.\n\n"
    assert whole == own + "One line.\n\nTwo lines.\n\nThree.\n\n"


@pytest.fixture(scope="module")
def data() -> Path:
    try:
        return data_folder()
    except FileNotFoundError:
        pytest.skip("the development data is not here")


@pytest.mark.parametrize("name", [*SETS, "cuad"])
def test_gold_stands_where_the_data_says(data: Path, name: str) -> None:
    (one,) = load(data, [name])
    folder = "cuad/questions" if name == "cuad" else f"multihop/{name}.questions"
    lines = (data / f"{folder}.jsonl").read_text(encoding="utf-8").split("\n")
    rows = {row["id"]: row for row in map(json.loads, filter(None, lines))}
    assert len(one.questions) == len(rows) > 90
    for asked in (asked for asked in one.questions if asked.gold):
        stands = [str(one.files[gold.document])[gold.start : gold.end] for gold in asked.gold]
        assert stands == [item["text"] for item in rows[asked.id]["evidence"]]


@pytest.mark.parametrize("name", SETS)
def test_both_forms_of_a_multi_hop_set_hold_the_same(data: Path, name: str) -> None:
    (one,), puzzles = load(data, [name]), corpus(data, name)
    assert "".join(paragraph.printed for paragraph in puzzles.paragraphs.values()) == one.files[f"{name}.txt"]
    assert [case.id for case in puzzles.cases] == [asked.id for asked in one.questions if asked.gold]


def test_a_paragraph_is_printed_under_its_title() -> None:
    assert Paragraph("1", "Ada", "She was born.").printed == "Ada\nShe was born.\n\n"
