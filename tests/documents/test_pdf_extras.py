"""Form fields, attachments, labels, broken sheets, and text recognition."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from clew.core.errors import DocumentError, SettingsError
from clew.documents.load import read_bytes
from clew.documents.pdf_ocr import ocr_page
from pdfsyntax import Pdf, at

WIDGET = "/Type /Annot /Subtype /Widget /Rect [50 600 200 620] /F 4"


def test_values_of_form_fields_stand_below_the_sheet() -> None:
    tick = "/AP << /N << /Yes 3 0 R /Off 3 0 R >> >>"
    data = Pdf().sheet(
        at(50, 700, "Application"),
        annotations=[
            f"{WIDGET} /FT /Tx /T (f1) /TU (Your name) /V (Ann \\(the\\) Lee)",
            f"{WIDGET} /FT /Tx /T (remarks) /V (two\nlines)",
            f"{WIDGET} /FT /Tx /T (empty)",
            f"{WIDGET} /FT /Btn /T (agreed) /V /Yes /AS /Yes {tick}",
            f"{WIDGET} /FT /Btn /T (refused) /V /Off /AS /Off {tick}",
            f"{WIDGET} /FT /Ch /T (town) /V (Ulm) /Opt [(Ulm) (Bonn)]",
            f"{WIDGET} /FT /Tx /Ff 8192 /T (password) /V (hunter2)",
        ],
    )
    document = read_bytes(data.sheet(at(50, 700, "Second sheet")).bytes(), ".pdf").document
    first, second = (document.text[page.start : page.end] for page in document.pages)
    assert first == "Application\nYour name: Ann (the) Lee\nremarks: two lines\nagreed: Yes\ntown: Ulm\n"
    assert second == "Second sheet\n"


def test_attached_files_are_named_and_not_read() -> None:
    data = Pdf().sheet(at(50, 700, "Letter")).attach("figures.csv", b"secret,1").bytes()
    loaded = read_bytes(data, ".pdf")
    assert loaded.notices == ("1 attached file not read: figures.csv",)
    assert "secret" not in loaded.document.text


def test_labels_that_the_file_gives() -> None:
    pdf = Pdf().sheet(at(50, 700, "a")).sheet(at(50, 700, "b")).sheet(at(50, 700, "c")).sheet(at(50, 700, "d"))
    plain = read_bytes(pdf.bytes(), ".pdf").document
    labelled = read_bytes(
        pdf.catalog("/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 5 >>] >>").bytes(), ".pdf"
    )
    assert [page.label for page in plain.pages] == [None] * 4
    assert [page.label for page in labelled.document.pages] == ["i", "ii", "A-5", "A-6"]
    assert labelled.document.id == plain.id


def test_a_broken_sheet_is_skipped_and_named() -> None:
    data = Pdf().sheet(at(50, 700, "first")).broken_sheet().sheet(at(50, 700, "third")).bytes()
    loaded = read_bytes(data, ".pdf")
    assert loaded.document.text == "first\nthird\n"
    assert loaded.notices == ("1 page could not be read: 2",)
    assert loaded.document.pages_without_text() == (2,)


def program(folder: Path, script: str) -> str:
    """An executable that stands in for the recogniser."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


SEEN = "head -c 2 >/dev/null && cat >/dev/null; printf 'What the picture\\nsays\\f'"


def test_recognition_is_asked_for_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, SEEN)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    data = Pdf().sheet(at(50, 700, "text")).sheet("10 10 100 100 re f").bytes()
    assert read_bytes(data, ".pdf").document.pages_without_text() == (2,)
    loaded = read_bytes(data, ".pdf", ocr=True)
    assert loaded.document.text == "text\nWhat the picture\nsays\n"
    assert loaded.notices == ("1 page read by text recognition, with its errors: 2",)


OWN_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Own /Encoding /Identity-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Own"
    b" /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >>"
)
"""A font of numbered shapes that does not say which letters they are."""


def test_text_whose_letters_nobody_knows_is_told_and_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = "".join(f"{ord(sign) - 29:04x}" for sign in "Martha Venn kept the lamp")
    data = Pdf(OWN_FONT).sheet(f"BT /F1 10 Tf 50 700 Td <{numbers}> Tj ET").bytes()
    loaded = read_bytes(data, ".pdf")
    assert "Martha" not in loaded.document.text
    (notice,) = loaded.notices
    assert "1 page with garbled text: 1" in notice
    assert "--ocr" in notice
    program(tmp_path, SEEN)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    loaded = read_bytes(data, ".pdf", ocr=True)
    assert loaded.document.text == "What the picture\nsays\n"
    assert loaded.notices == ("1 page read by text recognition, with its errors: 1",)


def test_recognition_that_is_missing_or_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Pdf().sheet(at(50, 700, "text")).sheet("10 10 100 100 re f").sheet("10 10 100 100 re f").bytes()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsError, match="tesseract"):
        read_bytes(data, ".pdf", ocr=True)
    program(tmp_path, "exit 1")
    notices = read_bytes(data, ".pdf", ocr=True).notices
    assert notices[0].startswith("page 2: text recognition failed")
    assert notices[1].startswith("2 pages of 3 without text")


def test_recognition_gets_a_grey_picture_and_has_a_time_limit(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    with PdfDocument(Pdf().sheet("10 10 100 100 re f").bytes()) as pdf:
        page = pdf[0]
        assert ocr_page(page, program(tmp_path, "head -c 17 | tr '\\n' ' '; cat >/dev/null")).startswith("P5 2550 330")
        with pytest.raises(DocumentError, match="more than"):
            ocr_page(page, program(tmp_path, "exec sleep 5"), seconds=0.2)
        page.close()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_real_program_reads_a_drawn_sheet() -> None:
    # The program is given the sheet as a picture, whatever text layer it has.
    from pypdfium2 import PdfDocument

    with PdfDocument(Pdf().sheet(at(50, 700, "Martha Venn kept the light")).bytes()) as pdf:
        page = pdf[0]
        assert "Martha Venn" in ocr_page(page, str(shutil.which("tesseract")))
        page.close()
