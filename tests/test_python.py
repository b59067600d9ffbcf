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


def test_a_closed_library_says_so(page: Path) -> None:
    with Clew(library=page.parent / "library") as kept:
        shelf = kept.open(page)
    with pytest.raises(StoreError, match="was closed"):
        shelf.ask("Who kept the lamp?")
