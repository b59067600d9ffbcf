"""Formats read by LlamaIndex's readers: used where they are installed, and every failure is told as our own."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path

import pytest
from clew.core.errors import DocumentError
from clew.documents import foreign
from clew.documents.formats import worth_reading
from clew.documents.load import read_bytes

INSTALLED = foreign.readers_installed()
needs_readers = pytest.mark.skipif(not INSTALLED, reason="llama-index-readers-file is not installed")


@pytest.mark.skipif(INSTALLED, reason="llama-index-readers-file is installed")
@pytest.mark.parametrize("suffix", sorted(foreign.SUFFIXES))
def test_without_the_readers_it_says_how_to_get_them(suffix: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_bytes(b"PK\x03\x04", suffix, f"a{suffix}")
    assert str(caught.value) == f"a{suffix}: {suffix} files are not read by Clew alone"
    assert (caught.value.hint or "").startswith("pip install llama-index-readers-file ")
    assert worth_reading(Path(f"a{suffix}"))


@needs_readers
@pytest.mark.parametrize("suffix", sorted(foreign.SUFFIXES))
def test_what_a_reader_cannot_read_is_an_error_of_ours(suffix: str) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, root.manager.disable)
    with pytest.raises(DocumentError) as caught:
        read_bytes(b"\xd0\xcf\x11\xe0 no such thing", suffix, f"a{suffix}")
    assert caught.value.hint
    assert (list(root.handlers), root.level, root.manager.disable) == before


@needs_readers
@pytest.mark.skipif(find_spec("pptx") is None, reason="python-pptx is not installed")
def test_slides_are_pages(tmp_path: Path) -> None:
    from pptx import Presentation

    slides = Presentation()
    for number in (1, 2):
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
    slides.save(str(tmp_path / "a.pptx"))
    document = read_bytes((tmp_path / "a.pptx").read_bytes(), ".pptx").document
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_at(document.text.index("Slide 2")) == 2
    assert document.pages[-1].end == len(document.text)
