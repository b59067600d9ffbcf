"""Text made to take long: four times as much of it takes about four times as long, not sixteen times."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest
from clew.documents.load import read_bytes
from clew.documents.passages import prepare
from clew.language.answers import AnswerType, find_answers

RATIO = 9
"""Between what is linear (4) and what grows with the square (16)."""
UNITS = ("<!--", "![", "“", "(", "- ", "IV.", "1.", "a-", "x\n ")


def grows(work: Callable[[str], object], unit: str, size: int) -> float:
    """How much longer `work` takes on four times the text; the best of some tries, for others use the machine too."""

    def took(text: str) -> float:
        begun = time.process_time()
        work(text)
        return time.process_time() - begun

    small, large = ((unit * size)[:size], (unit * 4 * size)[: 4 * size])
    return min(took(large) / max(1e-4, took(small)) for _ in range(3))


@pytest.mark.parametrize("suffix", [".csv", ".md", ".rtf"])
@pytest.mark.parametrize("unit", UNITS)
def test_documents_take_time_in_proportion(suffix: str, unit: str) -> None:
    def read(text: str) -> None:
        text = "{\\rtf1 " + text + "}" if suffix == ".rtf" else text
        prepare("x", read_bytes(text.encode(), suffix, "x").document)

    assert grows(read, unit, 12_000) < RATIO


@pytest.mark.parametrize("kind", ["date", "duration", "money"])
@pytest.mark.parametrize("unit", ["a-", "1.", "1,", "a "])
def test_forms_are_looked_for_in_proportion(kind: AnswerType, unit: str) -> None:
    assert grows(lambda text: find_answers(kind, text), unit, 4000) < RATIO


@pytest.mark.parametrize("header", ["Subject: ", "Content-Type: text/plain; "])
@pytest.mark.parametrize("unit", ["=?utf-8?q?a?= ", "a*0*=x; "])
def test_headers_take_time_in_proportion(header: str, unit: str) -> None:
    def read(text: str) -> None:
        read_bytes(f"{header}{text}\n\nwords".encode(), ".eml", "x")

    assert grows(read, unit, 150_000) < RATIO


@pytest.mark.parametrize("unit", ["\n", " \n", "a \n", "- ", ". "])
def test_documents_take_memory_in_proportion(unit: str) -> None:
    data = (unit * 100_000 + "words").encode()
    tracemalloc.start()
    try:
        read_bytes(data, ".txt", "x")
        assert tracemalloc.get_traced_memory()[1] < 40 * len(data)
    finally:
        tracemalloc.stop()
