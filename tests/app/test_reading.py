"""Who reads a file: what may hang or kill its reader has a process of its own with bounds, and nothing else is changed.

A process apart is told by giving it no time.
"""

from __future__ import annotations

import gzip
import os
import sys
import threading
from pathlib import Path

import pytest
from clew.app.reading import FEW, LARGE, Read, Wanted, load_one, read, read_all, tried
from clew.app.workers import Task, spread
from clew.core.errors import DocumentError, SettingsError
from officefiles import docx, epub, odf, p, xlsx_parts, zipped
from pdfsyntax import Pdf, at

AT_ONCE = 0.001
"""Seconds in which no process reads anything."""
PAGE = b"<!doctype html><p>A lamp is kept.</p>"
APART: dict[str, bytes] = {
    "page.html": PAGE,
    "page": PAGE,
    "page.html.gz": gzip.compress(PAGE),
    "page.txt": gzip.compress(b"A lamp is kept."),
    "letter.eml": b"Subject: Lamps\n\nA lamp is kept.",
    "rows.csv": b"Lamp,Keeper\n1,Martha Venn\n",
    "a.docx": docx(p("A lamp is kept.")),
    "a": docx(p("A lamp is kept.")),
    "a.xlsx": zipped(xlsx_parts({"S": "<row><c><v>1</v></c></row>"})),
    "a.odt": odf("<text:p>A lamp is kept.</text:p>"),
    "a.epub": epub({"1.html": "<p>A lamp is kept.</p>"}),
    "log.pdf": Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).bytes(),
    "log": Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).bytes(),
    "LOG.PDF": Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).bytes(),
}
HERE = {
    "a.txt": b"A lamp is kept.",
    "a.md": b"# Lamps\n\nOne is kept.",
    "a.py": b"lamp = 1\n",
    "a.rtf": b"{\\rtf1 A lamp is kept.}",
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\nA lamp is kept.\n",
    "a.ipynb": b'{"cells": [{"cell_type": "raw", "source": "A lamp is kept."}]}',
    "a.html.txt": PAGE,
}


def alone(path: Path, patience: float = 60) -> Read | DocumentError:
    ((_, result),) = read_all([Wanted(0, path.name, path)], True, patience)
    return result


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", APART)
def test_what_may_run_away_is_read_apart(tmp_path: Path, name: str) -> None:
    result = alone(written(tmp_path / name, APART[name]), AT_ONCE)
    assert isinstance(result, DocumentError)
    assert f"{name}: reading it took more than" in str(result)
    assert "convert it" in str(result.hint)


@pytest.mark.parametrize("name", HERE)
def test_what_may_not_is_read_here(tmp_path: Path, name: str) -> None:
    assert isinstance(alone(written(tmp_path / name, HERE[name]), AT_ONCE), Read)


def test_a_large_file_is_read_apart(tmp_path: Path) -> None:
    assert "took more than" in str(
        alone(written(tmp_path / "large.txt", b"A lamp is kept.\n" * (LARGE // 16)), AT_ONCE)
    )


def test_several_texts_are_read_here(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{at}.txt", b"Martha Venn kept lamp %d." % at) for at in range(FEW - 1)]
    found = list(read_all([Wanted(number, path.name, path) for number, path in enumerate(paths)], False, AT_ONCE))
    assert [number for number, _ in found] == list(range(FEW - 1))
    assert all(isinstance(result, Read) for _, result in found)


def test_beside_a_pdf_texts_are_read_here(tmp_path: Path) -> None:
    paths = [written(tmp_path / "log.pdf", APART["log.pdf"]), written(tmp_path / "a.txt", HERE["a.txt"])]
    found = dict(read_all([Wanted(number, path.name, path) for number, path in enumerate(paths)], False, AT_ONCE))
    assert (type(found[0]), type(found[1])) == (DocumentError, Read)


def test_what_is_read_and_told_is_the_same(tmp_path: Path) -> None:
    """A sheet without text is told of."""
    data = Pdf().sheet(at(50, 700, "Martha Venn kept the lamp.")).sheet("").bytes()
    path = written(tmp_path / "log.pdf", data)
    here, there = read(Wanted(0, path.name, path), True, False), alone(path)
    assert isinstance(there, Read)
    assert there == here
    assert any("1 page of 2 without text" in notice for notice in there.notices)
    assert load_one(path).document == load_one(Path("-"), data).document == here.content.document


def test_so_is_what_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path / "broken.pdf", b"%PDF-1.7\n" + os.urandom(200))
    result = alone(path)
    with pytest.raises(DocumentError) as here:
        read(Wanted(0, path.name, path), True, False)
    assert isinstance(result, DocumentError)
    assert (str(result), result.hint) == (str(here.value), here.value.hint)


def test_a_setting_that_is_wrong_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "many")
    for name, data in (("a.txt", HERE["a.txt"]), ("log.pdf", APART["log.pdf"])):
        with pytest.raises(SettingsError, match="CLEW_MAX_FILE_MB"):
            alone(written(tmp_path / name, data))


@pytest.mark.parametrize("data", [APART["log.pdf"], PAGE, HERE["a.txt"]])
def test_what_a_pipe_delivers_is_read_once_and_wherever_it_belongs(tmp_path: Path, data: bytes) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(data,))
    writer.start()
    result = alone(tmp_path / "pipe")
    writer.join()
    assert isinstance(result, Read)
    assert result.content.document == load_one(Path("-"), data).document


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_page_that_stands_for_millions_of_elements_is_refused(tmp_path: Path) -> None:
    """Each paragraph opens all the 3,000 elements again that the one before left open."""
    marks = "".join(f"<b {at}>" for at in range(3_000))
    one = Wanted(0, "page.html", written(tmp_path / "page.html", f"<p>{marks}{'<p>x' * 3_000}".encode()))
    ((_, result),) = spread(tried, [Task((read, one, True, False), 60, 100_000_000)], 1)
    assert isinstance(result, DocumentError)
    assert str(result) == "page.html: reading it takes more memory than it may"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + "words",
        "<table><tr><td>" * 10_000 + "words",
        f"<p {' '.join(f'a{at}=1' for at in range(10_000))}>words",
        f"<p title='{'a' * 2_000_000}'>words",
        "<svg><g>" + '<path d="M0 0"/>' * 30_000 + "</g></svg>words",
        "<table><tr>" + "<td colspan=99999 rowspan=99999>" * 5_000 + "words</table>",
    ],
)
def test_odd_pages_are_read(tmp_path: Path, page: str) -> None:
    result = alone(written(tmp_path / "page.html", page.encode()))
    assert isinstance(result, Read)
    assert result.content.document.text == "words\n"
