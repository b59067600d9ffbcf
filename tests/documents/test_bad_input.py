"""What cannot be read: each kind with the line that says so, and the hint what to do next."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
from pathlib import Path, PosixPath

import pytest
from clew.core.errors import DocumentError, SettingsError
from clew.documents import archive, xmlparse
from clew.documents.files import bytes_from
from clew.documents.load import read_bytes, read_file
from officefiles import docx, docx_parts, epub_parts, odf_parts, p, xlsx_parts, zipped

AGAIN = "save it again in the program that made it"
ORIGIN = "check where it comes from"
GOOD = docx_parts(p("words"))
MAIN = "word/document.xml"
XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def broken(**changes: str | bytes) -> bytes:
    return zipped({**GOOD, MAIN: changes["main"]})


def locked(data: bytes) -> bytes:
    """`data`, an archive whose members say that they are encrypted."""
    return re.sub(rb"(PK\x01\x02....|PK\x03\x04..)..", lambda found: found[1] + b"\1\0", data, flags=re.DOTALL)


def odd_method(data: bytes) -> bytes:
    """`data`, an archive packed by a method that nobody knows."""
    return re.sub(rb"(PK\x01\x02......)..", lambda found: found[1] + b"\x63\0", data, flags=re.DOTALL)


CASES: list[tuple[str, bytes, str, str]] = [
    ("a.txt", b"", "the file is empty", "name a file that holds text"),
    ("a.txt", b" \n\t ", "holds no text", "name a file that holds text"),
    ("a.txt", bytes(range(256)) * 9, "looks binary, not like text", "convert it to text or PDF first"),
    (
        "a.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0" * 9,
        "looks binary, not like text",
        "convert it to text or PDF first",
    ),
    ("a.txt", zipped({"x": "y" * 99}), "looks binary, not like text", "convert it to text or PDF first"),
    ("a.png", b"\x89PNG", ".png files hold no text", "name the documents themselves"),
    (
        "a.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ".doc files are not read",
        "convert it: soffice --headless --convert-to docx FILE",
    ),
    ("a.mobi", b"BOOKMOBI", ".mobi files are not read", "convert it to text, Markdown, HTML or PDF first"),
    (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is encrypted, or in the format of before 2007",
        "save it as .docx, without a password",
    ),
    ("a.docx", b"PK\x03\x04 cut", "is damaged: no complete ZIP archive", AGAIN),
    ("a.docx", docx(p("words"))[:-30], "is damaged: no complete ZIP archive", AGAIN),
    ("a.docx", zipped({"x": "y"}), "is not a Word file, whatever its name says", ORIGIN),
    ("a.xlsx", docx(p("words")), "is not an Excel file, whatever its name says", ORIGIN),
    ("a.odt", zipped({"x": "y"}), "is not an OpenDocument file, whatever its name says", ORIGIN),
    ("a.epub", zipped({"x": "y"}), "is not an EPUB book, whatever its name says", ORIGIN),
    ("a.epub", zipped({"META-INF/container.xml": "<c/>"}), "is damaged: it has no package document", AGAIN),
    ("a.rtf", b"words", "is not an RTF file, whatever its name says", ORIGIN),
    ("a.eml", b"\0\1", "is not an e-mail message, whatever its name says", ORIGIN),
    ("a.mbox", b"words", "is not a mailbox in the mbox format", "name the messages one by one, as .eml files"),
    ("a.ipynb", b"{", "is no Jupyter notebook: not valid JSON", ORIGIN),
    ("a.ipynb", b"[" * 100_000, "is no Jupyter notebook: not valid JSON", ORIGIN),
    ("a.ipynb", b"7", "holds no text", "name a file that holds text"),
    ("a.csv", b"\0" * 99, "looks binary, not like text", "convert it to text or PDF first"),
    ("a.docx", broken(main="<a><b></a>"), f"is damaged: {MAIN} is no XML: mismatched tag in line 1", AGAIN),
    (
        "a.docx",
        broken(main="<?xml version='1.0' encoding='klingon'?><a/>"),
        f"is damaged: {MAIN} is in an unknown encoding",
        AGAIN,
    ),
    ("a.docx", broken(main=f"{XXE}<d>&x;</d>"), f"{MAIN} declares XML entities, which are not expanded", AGAIN),
    ("a.docx", broken(main=f"{LAUGHS}<d>&b;</d>"), f"{MAIN} declares XML entities, which are not expanded", AGAIN),
    ("a.docx", broken(main="<a>" * 3_000), f"{MAIN} is nested more than 2,000 deep", AGAIN),
    ("a.docx", docx(""), "holds no text", "name a file that holds text"),
    ("a.docx", locked(docx(p("words"))), "is encrypted", "save it without a password"),
    ("a.docx", odd_method(docx(p("words"))), "is packed in a way that is not read: _rels/.rels", AGAIN),
    (
        "a.docx",
        broken(main=b"<a>" + b" " * 20_000_000),
        f"{MAIN} unpacks to more than 300 times its size, like a ZIP bomb",
        AGAIN,
    ),
    (
        "a.docx",
        zipped({**GOOD, **{f"x/{at}": "" for at in range(20_000)}}),
        "holds more than 20,000 packed files",
        AGAIN,
    ),
    (
        "a.odt",
        zipped({**odf_parts(""), "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "is encrypted",
        "save it without a password",
    ),
    ("a.rtf", b"{\\rtf" + b"{" * 20_000, "is nested more than 10,000 deep", AGAIN),
    ("a.gz", gzip.compress(b"words")[:-3], "is a damaged or incomplete gzip file", "check it: gzip -t FILE"),
    (
        "a.pptx",
        b"PK\x03\x04",
        ".pptx files are not read by Clew alone",
        "pip install llama-index-readers-file python-pptx",
    ),
]


@pytest.mark.parametrize(("name", "data", "line", "hint"), CASES, ids=[f"{c[0]} {c[2][:40]}" for c in CASES])
def test_what_it_says(tmp_path: Path, name: str, data: bytes, line: str, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_file(path)
    assert (str(caught.value), caught.value.hint) == (f"{path}: {line}", hint)


def test_a_long_list_of_members_is_refused_before_it_is_read() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    with pytest.raises(DocumentError, match="holds more than 20,000 packed files"):
        archive.Archive(entry * (archive.MEMBERS + 1) * 10)


def test_sizes_that_an_archive_states_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "1")
    data = bytearray(zipped({"a": b"x" * 3_000_000}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(sign) + at
        data[place : place + 4] = struct.pack("<I", 10)
    with pytest.raises(DocumentError, match=r"is damaged: a cannot be unpacked|is larger than 1 MB"):
        archive.Archive(bytes(data)).read("a")


def test_members_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "1")
    pages = {f"{at}.html": f"<p>{'words ' * 30_000}</p>" for at in range(9)}
    with pytest.raises(DocumentError, match="what it unpacks to is larger than 1 MB") as caught:
        read_bytes(zipped(epub_parts(pages)), ".epub", "b.epub")
    assert caught.value.hint == "raise the limit: CLEW_MAX_FILE_MB=2; or divide it: split -C 200m FILE part-"


def test_one_string_in_all_cells_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "1")
    rows = "".join(f"<row r='{at}'><c t='s'><v>0</v></c></row>" for at in range(1, 500))
    with pytest.raises(DocumentError, match="its text, with the headers in every row, is larger than 1 MB"):
        read_bytes(zipped(xlsx_parts({"S": rows}, ["word " * 10_000])), ".xlsx")


def test_sparse_cells_take_no_room() -> None:
    rows = "".join(f"<row r='{at}'><c r='XFD{at}'><v>1</v></c></row>" for at in range(1, 2_000))
    assert read_bytes(zipped(xlsx_parts({"S": rows})), ".xlsx").document.text.startswith("S\n\n1\n1\n")


def test_names_that_leave_an_archive_lead_nowhere(tmp_path: Path) -> None:
    evil = {"../../evil.txt": "x", "/etc/evil": "x", "..\\evil": "x", f"{tmp_path}/evil": "x"}
    inside = tmp_path / "a.docx"
    inside.write_bytes(zipped({**evil, **GOOD}))
    assert read_file(inside).document.text == "words\n"
    assert [path for path in tmp_path.parent.rglob("*") if path.name in ("evil", "evil.txt")] == []
    parts = epub_parts({"1.html": "<p>Text.</p>"})
    parts["OPS/p.opf"] = str(parts["OPS/p.opf"]).replace('href="1.html"', 'href="../../../../../../etc/hostname"')
    with pytest.raises(DocumentError, match="holds no text"):
        read_bytes(zipped(parts), ".epub")


def test_the_largest_nesting_that_is_read() -> None:
    class Silent:
        def start(self, name: str, attributes: object) -> None: ...
        def end(self, name: str) -> None: ...
        def text(self, words: str) -> None: ...

    depth = xmlparse.DEEPEST
    xmlparse.parse_xml(b"<a>" * depth + b"</a>" * depth, Silent(), "it")
    with pytest.raises(DocumentError, match="nested"):
        xmlparse.parse_xml(b"<a>" * (depth + 1) + b"</a>" * (depth + 1), Silent(), "it")


def test_the_limit_on_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(300_000_001)
    with pytest.raises(DocumentError) as caught:
        read_file(tmp_path / "big.txt")
    assert str(caught.value) == f"{tmp_path}/big.txt: is larger than 300 MB"
    assert caught.value.hint == "raise the limit: CLEW_MAX_FILE_MB=600; or divide it: split -C 200m FILE part-"
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "1")
    with pytest.raises(DocumentError, match=r"-: is larger than 1 MB"):
        bytes_from(io.BytesIO(b"x" * 1_000_001))
    with pytest.raises(DocumentError, match=r"-: what it unpacks to is larger than 1 MB"):
        read_bytes(gzip.compress(bytes(9_000_000)), ".txt.gz")
    (tmp_path / "big.txt").write_text("words " * 300_000)
    with pytest.raises(DocumentError, match="is larger than 1 MB"):
        read_file(tmp_path / "big.txt")
    monkeypatch.setenv("CLEW_MAX_FILE_MB", "2")
    assert len(read_file(tmp_path / "big.txt").document.text) == 1_800_000


@pytest.mark.parametrize("stated", ["0", "-3", "many", "1e3", "١", "1.5", "10000000"])
def test_a_limit_that_is_no_number(monkeypatch: pytest.MonkeyPatch, stated: str) -> None:
    monkeypatch.setenv("CLEW_MAX_FILE_MB", stated)
    with pytest.raises(SettingsError, match=f"CLEW_MAX_FILE_MB is '{stated}', not a number of megabytes"):
        read_bytes(b"words")


def test_one_line_of_millions_of_characters() -> None:
    for suffix in (".txt", ".md", ".csv", ".html", ".srt", ".ipynb", ".rtf", ".eml"):
        start = {".rtf": b"{\\rtf ", ".eml": b"A:b\n\n", ".ipynb": b'{"cells":[{"cell_type":"raw","source":"'}.get(
            suffix, b""
        )
        end = b'"}]}' if suffix == ".ipynb" else b""
        document = read_bytes(start + b"word, " * 500_000 + end, suffix).document
        assert len(document.text) > 2_000_000


def test_bytes_that_are_no_text_are_replaced_and_told_of() -> None:
    loaded = read_bytes("Grüße, ".encode() * 9 + b"\xff and more", ".txt")
    assert "\ufffd and more" in loaded.document.text
    assert loaded.notices == ("1 undecodable byte replaced by U+FFFD",)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    class Growing(io.FileIO):
        def read(self, size: int = -1) -> bytes:
            data = super().read(size)
            with (tmp_path / "a.txt").open("ab") as file:
                file.write(b"more")
            return data

    (tmp_path / "a.txt").write_text("text")

    class Place(PosixPath):
        def open(self, *_: object, **__: object) -> Growing:
            return Growing(str(self))

    with pytest.raises(DocumentError) as caught:
        read_file(Place(tmp_path / "a.txt"))
    assert str(caught.value) == f"{tmp_path}/a.txt: changed while it was read"
    assert caught.value.hint == "try again when it is complete"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    for name, line, hint in [
        ("a.txt", "no such file", "check the path; quote it where it holds spaces"),
        ("*.txt", "no file matches", "check the pattern; ** stands for folders in between"),
        ("a.txt/b.txt", "cannot be read: Not a directory", "check the path and the disk"),
    ]:
        if "/" in name:
            (tmp_path / "a.txt").write_text("text")
        with pytest.raises(DocumentError) as caught:
            read_file(tmp_path / name)
        assert (str(caught.value), caught.value.hint) == (f"{tmp_path}/{name}: {line}", hint)


def test_documents_without_a_name_are_known_by_what_they_hold() -> None:
    for data, loader in [
        (docx(p("words")), "docx"),
        (zipped(xlsx_parts({"S": "<row><c><v>1</v></c></row>"})), "xlsx"),
        (zipped(epub_parts({"a.html": "<p>x</p>"}), stored=["mimetype"]), "epub"),
        (zipped(odf_parts("<text:p>x</text:p>"), stored=["mimetype"]), "odf"),
        (b"{\\rtf1 x}", "rtf"),
    ]:
        assert read_bytes(data).document.loader == loader


def test_an_archive_packed_by_another_program() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as packed:
        for name, content in GOOD.items():
            packed.writestr(name.replace("/", "\\").upper(), content)
    assert read_bytes(file.getvalue(), ".docx").document.text == "words\n"
