"""Loading: every format by its name or content, every failure a DocumentError with a hint."""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from clew.core.errors import DocumentError
from clew.documents.files import awaited
from clew.documents.load import read_bytes, read_file
from hypothesis import given, settings
from hypothesis import strategies as st

Pdf = Callable[..., bytes]

SUFFIXES = [
    "",
    ".txt",
    ".md",
    ".html",
    ".pdf",
    ".py",
    ".log",
    ".gz",
    ".txt.gz",
    ".pdf.gz",
    ".unknown",
    ".docx",
    ".xlsx",
]
SUFFIXES += [".odt", ".ods", ".epub", ".rtf", ".csv", ".tsv", ".eml", ".mbox", ".srt", ".vtt", ".ipynb", ".doc", ".png"]


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from(SUFFIXES))
def test_any_bytes_are_a_document_or_refused(data: bytes, suffix: str) -> None:
    try:
        loaded = read_bytes(data, suffix)
    except DocumentError:
        return
    document = loaded.document
    assert document.text.strip()
    assert document.id
    for heading in document.headings:
        assert 0 <= heading.start < heading.end <= len(document.text)
        assert document.text[heading.start : heading.end].strip()
    assert [heading.start for heading in document.headings] == sorted({h.start for h in document.headings})


MARKUP = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<pre>",
    "<br>",
    "x",
    " y\n",
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*MARKUP, "<script>", "</script>", "<div hidden>", "</div>", "&amp;", "<!--", "-->"])).map(
        "".join
    )
)
def test_any_markup_is_read_or_refused(markup: str) -> None:
    try:
        document = read_bytes(markup.encode(), ".html").document
    except DocumentError:
        return
    assert all(document.text[h.start : h.end].strip() for h in document.headings)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["# a\n", "b\n", "===\n", "---\n", "```\n", "> ", "- ", "\n", "## c ##\n", "    ", "#\n"])
    ).map("".join)
)
def test_any_markdown_keeps_its_text(text: str) -> None:
    try:
        document = read_bytes(text.encode(), ".md").document
    except DocumentError:
        return
    assert document.text == text
    assert all(document.text[h.start : h.end].strip() for h in document.headings)


def test_a_damaged_pdf_is_read_or_refused(pdf: Pdf) -> None:
    whole = pdf(["one", "two"], [("one", 0)])

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8), st.integers(1, len(whole))
    )
    def check(changes: list[tuple[int, int]], length: int) -> None:
        damaged = bytearray(whole)
        for place, value in changes:
            damaged[place] = value
        try:
            document = read_bytes(bytes(damaged[:length]), ".pdf").document
        except DocumentError:
            return
        assert document.pages[-1].end == len(document.text)

    check()


@pytest.mark.parametrize(
    ("name", "content", "loader"),
    [
        ("a.txt", b"text", "plain"),
        ("README", b"text", "plain"),
        ("a.log", b"text", "plain"),
        ("a.strange", b"text", "plain"),
        ("a.py", b"# no heading\nx = 1\n", "plain"),
        ("a.MD", b"# Title\n", "markdown"),
        ("a.markdown", b"# Title\n", "markdown"),
        ("a.htm", b"<p>text", "html"),
        ("page", b"\n<!DOCTYPE html><p>text", "html"),
        ("page.cgi", b"<html><p>text", "html"),
    ],
)
def test_format_by_name_and_content(tmp_path: Path, name: str, content: bytes, loader: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert read_file(tmp_path / name).document.loader == loader
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    packed = read_file(tmp_path / f"{name}.gz").document
    assert packed == read_file(tmp_path / name).document


def test_a_pdf_is_known_by_its_content(pdf: Pdf, tmp_path: Path) -> None:
    (tmp_path / "paper").write_bytes(pdf(["text"]))
    assert read_file(tmp_path / "paper").document.loader == "pdf"
    assert read_bytes(pdf(["text"])).document.loader == "pdf"


def test_offsets_match_the_file() -> None:
    text = "  \n\nIndented.  \n\n\n\tTabs\t\tand trailing space \n\n"
    assert read_bytes(text.encode(), ".txt").document.text == text
    assert read_bytes(text.encode(), ".md").document.text == text


def test_code_has_no_headings() -> None:
    code = "## Section\n\nCHAPTER ONE\n\n" + "x = 1\n" * 30
    assert read_bytes(code.encode(), ".py").document.headings == ()
    assert read_bytes(code.encode(), ".txt").document.headings != ()


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_nothing_in_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(DocumentError, match=r"a\.txt: (the file is empty|holds no text)") as caught:
        read_file(tmp_path / "a.txt")
    assert caught.value.hint


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "no.txt", "no such file"),
        (tmp_path, "folder"),
        (tmp_path / "a\0b", "cannot be read"),
    ]:
        with pytest.raises(DocumentError, match=words) as caught:
            read_file(path)
        assert caught.value.hint


def test_an_address_is_no_file() -> None:
    with pytest.raises(DocumentError, match="no such file") as caught:
        read_file(Path("https://example.com/report.pdf"))
    assert "fetches nothing" in (caught.value.hint or "")


def test_a_mistyped_name_is_answered_with_the_one_that_was_meant(tmp_path: Path) -> None:
    for name in ("contract.txt", "annex.md", "b.txt"):
        (tmp_path / name).write_text("text")
    for name, hint in [
        ("contrct.txt", f"did you mean {tmp_path}/contract.txt?"),
        ("contract.pdf", f"did you mean {tmp_path}/contract.txt?"),
        ("minutes.txt", "check the path; quote it where it holds spaces"),
        ("nowhere/annex.md", "check the path; quote it where it holds spaces"),
    ]:
        with pytest.raises(DocumentError, match="no such file") as caught:
            read_file(tmp_path / name)
        assert caught.value.hint == hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(DocumentError, match="permission denied"):
        read_file(tmp_path / "a.txt")


def test_damaged_gzip() -> None:
    whole = gzip.compress(b"some text that is long enough " * 50)
    for broken in (whole[:-12], whole[:40], b"\x1f\x8b" + b"x" * 40):
        with pytest.raises(DocumentError, match="gzip"):
            read_bytes(broken, ".txt.gz")


def test_gzip_of_several_members() -> None:
    assert read_bytes(gzip.compress(b"one ") + gzip.compress(b"two"), ".txt.gz").document.text == "one two"


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"from a pipe")
    os.close(writing)
    try:
        assert read_file(Path(f"/dev/fd/{reading}")).document.text == "from a pipe"
    finally:
        os.close(reading)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_refused_and_a_pipe_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a device") as caught:
        read_file(Path("/dev/zero"))
    assert "< /dev/zero" in str(caught.value.hint)
    with pytest.raises(DocumentError, match="is empty"):
        read_file(Path("/dev/null"))
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s"))
        with pytest.raises(DocumentError, match="is a socket, no file"):
            read_file(tmp_path / "s")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text("text")
    assert "waiting" in str(awaited(tmp_path / "pipe"))
    assert awaited(tmp_path / "a.txt") is awaited(tmp_path / "nowhere") is awaited(Path("/dev/stdin")) is None
