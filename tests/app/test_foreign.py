"""A question in another language than its documents is told to be one, where words are all that is matched."""

from __future__ import annotations

from pathlib import Path

import pytest
from clew import Clew

STORY = "The first keeper of the light was Martha Venn. After her came Tom Venn, who was her brother.\n"
GESCHICHTE = "Die erste Hüterin des Lichts war Martha Venn. Nach ihr kam Tom Venn, der ihr Bruder war.\n"
FRAGE = "Wer war die erste Hüterin des Lichts?"


@pytest.mark.parametrize(
    ("question", "texts", "told"),
    [
        (FRAGE, [STORY], ["the question looks German, the text English"]),
        (FRAGE, [GESCHICHTE], []),
        (FRAGE, [STORY, GESCHICHTE], []),
        ("Who was the first keeper?", [STORY], []),
        ("Who was the first keeper?", [GESCHICHTE], ["the question looks English, the text German"]),
        ("Martha Venn?", [GESCHICHTE], []),
    ],
)
def test_a_foreign_question_is_told(question: str, texts: list[str], told: list[str], tmp_path: Path) -> None:
    for at, text in enumerate(texts):
        (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
    with Clew(library=tmp_path / "library") as clew:
        answer = clew.open([tmp_path / f"{at}.txt" for at in range(len(texts))]).ask(question)
    said = [notice.partition(":")[0] for notice in answer.notices if notice.startswith("the question looks")]
    assert said == told
    if told:
        assert answer.status != "answered"
