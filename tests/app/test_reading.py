"""Who reads a file: what may hang or kill its reader does so in a process of its own, and nothing else is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from clew.app.reading import FEW, LARGE, MARKUP, Read, Wanted, read, read_all
from clew.core.errors import DocumentError
from pdfsyntax import Pdf, at

AT_ONCE = 0.001
"""Seconds in which no process reads anything."""


def wanted(path: Path, number: int = 0) -> Wanted:
    return Wanted(number, path.name, path, path.stat().st_size if path.is_file() else 0)


def alone(path: Path, patience: float = 60) -> Read | DocumentError:
    ((_, result),) = read_all([wanted(path)], True, patience)
    return result


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "log.pdf"
    path.write_bytes(Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).sheet("").bytes())
    return path


@pytest.mark.parametrize("name", ["log.pdf", "log", "LOG.PDF"])
def test_a_pdf_that_takes_for_ever_is_given_up(pdf: Path, name: str) -> None:
    result = alone(pdf.rename(pdf.with_name(name)), AT_ONCE)
    assert isinstance(result, DocumentError)
    assert f"{name}: reading it took more than" in str(result)
    assert "convert it" in str(result.hint)


def test_a_large_file_too(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("A lamp is kept.\n" * (LARGE // 16))
    assert "took more than" in str(alone(tmp_path / "large.txt", AT_ONCE))


def test_a_web_page_is_large_sooner(tmp_path: Path) -> None:
    for name in ("page.html", "page.txt"):
        (tmp_path / name).write_text("<p>A lamp is kept.</p>\n" * (MARKUP // 20))
    assert "took more than" in str(alone(tmp_path / "page.html", AT_ONCE))
    assert isinstance(alone(tmp_path / "page.txt", AT_ONCE), Read)


def test_a_text_is_read_here(tmp_path: Path) -> None:
    names = [f"{at}.txt" for at in range(FEW - 1)]
    for name in names:
        (tmp_path / name).write_text(f"Martha Venn kept lamp {name}.")
    found = list(read_all([wanted(tmp_path / name, at) for at, name in enumerate(names)], False, AT_ONCE))
    assert [number for number, _ in found] == list(range(FEW - 1))
    assert all(isinstance(result, Read) for _, result in found)


def test_beside_a_pdf_texts_are_read_here(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Martha Venn kept the lamp.")
    found = dict(read_all([wanted(pdf, 0), wanted(tmp_path / "a.txt", 1)], False, AT_ONCE))
    assert (type(found[0]), type(found[1])) == (DocumentError, Read)


def test_what_is_read_and_told_is_the_same(pdf: Path) -> None:
    """A sheet without text is told of."""
    here, there = read(0, pdf.name, pdf, True, False), alone(pdf)
    assert isinstance(there, Read)
    assert there == here
    assert any("1 page of 2 without text" in notice for notice in there.notices)


def test_so_is_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(200))
    result = alone(path)
    with pytest.raises(DocumentError) as here:
        read(0, path.name, path, True, False)
    assert isinstance(result, DocumentError)
    assert (str(result), result.hint) == (str(here.value), here.value.hint)
