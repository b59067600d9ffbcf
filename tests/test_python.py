"""What a Python user meets: names to look at, and clear words for what cannot be meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import clew
import pytest
from clew import Clew, SettingsError, StoreError


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text("Martha Venn kept the lamp.")
    return path


def test_what_can_be_imported_is_shown() -> None:
    assert set(dir(clew)) == {*clew.__all__, "__version__"}


@pytest.mark.parametrize("question", [None, 3, "", " \n"])
def test_what_is_no_question_is_told(question: Any, page: Path) -> None:
    with Clew(library=page.parent / "library") as kept, pytest.raises(SettingsError, match="the question is"):
        kept.open(page).ask(question)


def test_one_text_is_no_list_of_questions(page: Path) -> None:
    with (
        Clew(library=page.parent / "library") as kept,
        pytest.raises(SettingsError, match="the questions are one text"),
    ):
        kept.open(page).ask_each("Who?")


def test_a_notebook_prints_answer_and_shelf_briefly(page: Path) -> None:
    page.write_text("Martha Venn kept the lamp. " + "The sea was calm. " * 400)
    with Clew(library=page.parent / "library") as kept:
        shelf = kept.open(page)
        answer = shelf.ask("Who kept the lamp?")
    assert repr(shelf) == f"Shelf({page})"
    assert answer.evidence
    assert "status='answered'" in repr(answer)
    assert len(repr(answer)) < 1500


def test_a_closed_library_says_so(page: Path) -> None:
    with Clew(library=page.parent / "library") as kept:
        shelf = kept.open(page)
    with pytest.raises(StoreError, match="was closed"):
        shelf.ask("Who kept the lamp?")
