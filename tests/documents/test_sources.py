"""What the user names: order, names, folders, patterns, what is left out and how that is told."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from clew.core.errors import DocumentError
from clew.documents.load import read_file
from clew.documents.shown import shown
from clew.documents.sources import Source, expand


def names(*given: str | Path) -> list[str]:
    return [source.name for source in expand([str(one) for one in given])]


def make(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")


def test_files_keep_their_order_and_come_once() -> None:
    assert expand(["b.txt", "-", "a.txt", "b.txt"]) == [
        Source("b.txt", Path("b.txt")),
        Source("-", None),
        Source("a.txt", Path("a.txt")),
    ]


def test_a_folder_is_sorted_and_named_as_given(tmp_path: Path) -> None:
    kept = ["a.txt", "b/c.md", "b/d/e.pdf", "b.html", "README", "x.txt.gz", "code.py", "new.docx", "t.csv", "old.doc"]
    dropped = [".hidden.txt", ".git/a.txt", "b/.x/a.txt", "photo.png", "data.zip", "x.png.gz", "odd.q7q"]
    make(tmp_path, *kept, *dropped)
    (tmp_path / "empty.txt").touch()
    for given in (str(tmp_path), f"{tmp_path}/"):
        found = expand([given])
        assert [source.name for source in found] == [f"{tmp_path}/{name}" for name in sorted(kept)]
        assert all(source.path and source.path.is_file() for source in found)


def test_what_is_left_out_of_a_folder_is_told_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".hidden", ".git/a.txt", ".git/b.txt", "b/x.png", "y.PNG", "z.doc", "b/c.md")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    told: list[str] = []
    assert len(expand([str(tmp_path), str(tmp_path / "a.txt")], told.append)) == 3
    assert told == [
        f"{tmp_path}: left out 2 hidden, 2 of formats that hold no text (.png), "
        "1 empty (empty.txt), 1 linked (link.txt)"
    ]
    told.clear()
    expand([str(tmp_path / "b")], told.append)
    assert told == [f"{tmp_path}/b: left out 1 of a format that holds no text (.png)"]
    make(tmp_path / "whole", "a.txt")
    told.clear()
    expand([str(tmp_path / "whole"), "-", str(tmp_path / "b" / "x.png")], told.append)
    assert told == []


def test_many_formats_are_not_all_named(tmp_path: Path) -> None:
    make(tmp_path, *(f"a.q{at}" for at in range(9)))
    told: list[str] = []
    expand([str(tmp_path)], told.append)
    assert told == [f"{tmp_path}: left out 9 of formats that hold no text (.q0, .q1, .q2, .q3, .q4, .q5, …)"]


def test_what_is_no_file_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        told: list[str] = []
        assert [source.name for source in expand([str(tmp_path)], told.append)] == [f"{tmp_path}/a.txt"]
    assert told == [f"{tmp_path}: left out 2 that are no plain files (pipe.txt, socket)"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_closed_folder_is_told_of(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    told: list[str] = []
    expand([str(tmp_path)], told.append)
    (tmp_path / "closed").chmod(0o700)
    assert told == [f"{tmp_path}: left out 1 that may not be opened (closed)"]


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    make(inside, "a.txt", "b/c.txt")
    make(outside, "secret.txt")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "b" / "up").symlink_to("..")
    (inside / "broken.txt").symlink_to("nowhere.txt")
    (inside / "round.txt").symlink_to("round.txt")
    (inside / "same.txt").symlink_to("a.txt")
    kept = [f"{inside}/a.txt", f"{inside}/b/c.txt", f"{inside}/same.txt"]
    assert names(inside) == kept
    for pattern in ("**/*.txt", "*/*.txt", "*/*/*.txt", "*.txt"):
        assert not [name for name in names(inside / pattern) if "secret" in Path(name).resolve().name], pattern
    assert names(inside / "*.txt") == [kept[0], f"{inside}/broken.txt", kept[2]], "reading it says that it is gone"


def test_a_linked_folder_that_is_named_is_read(tmp_path: Path) -> None:
    make(tmp_path / "real", "a.txt")
    (tmp_path / "link").symlink_to("real")
    for given in ("link", "link/", "link/*"):
        assert names(f"{tmp_path}/{given}") == [f"{tmp_path}/link/a.txt"]


def test_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "c.md", ".h.txt", "d/e.txt", "d/.f/g.txt", "d/h/i.txt", "j[1].txt", "k/l.png")

    def found(pattern: str) -> list[str]:
        return [name.removeprefix(f"{tmp_path}/") for name in names(f"{tmp_path}/{pattern}")]

    assert found("*.txt") == ["a.txt", "b.txt", "j[1].txt"]
    assert found("[ab].txt") == ["a.txt", "b.txt"]
    assert found("?.md") == ["c.md"]
    assert found("**/*.txt") == ["a.txt", "b.txt", "d/e.txt", "d/h/i.txt", "j[1].txt"]
    assert found("d/*") == ["d/e.txt", "d/h/i.txt"]
    assert found(".h*") == [".h.txt"]
    assert found("j[1].txt") == ["j[1].txt"], "a file of that name comes before a pattern"
    assert found("k/*") == ["k/l.png"], "what a pattern names is read, or said to be unreadable, like a name"
    assert names(f"{tmp_path}/*.txt", f"{tmp_path}/a.txt") == [
        f"{tmp_path}/{n}" for n in ("a.txt", "b.txt", "j[1].txt")
    ]
    for nothing in ("*.doc", "**x", "[", "**/["):
        assert found(nothing) == [nothing]


def test_patterns_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "here", "a.txt", "b/c.txt")
    monkeypatch.chdir(tmp_path / "here")
    assert names("*.txt", "*/*.txt", "../*/a.txt") == ["a.txt", "b/c.txt", "../here/a.txt"]


def test_what_is_missing_is_told_when_it_is_read(tmp_path: Path) -> None:
    make(tmp_path, "empty/.hidden.txt", "empty/x.png")
    for name, words in [
        ("no.txt", "no such file"),
        ("empty", "no file in this folder can be read"),
        ("*.x", "no file matches"),
    ]:
        (source,) = expand([str(tmp_path / name)])
        assert source.path is not None
        with pytest.raises(DocumentError, match=words) as caught:
            read_file(source.path)
        assert caught.value.hint


ODD = ["two\nlines.txt", "tab\t.txt", "bell\x07.txt", "esc\x1b[31m.txt", os.fsdecode(b"caf\xe9.txt"), "rtl\u202e.txt"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_can_be_printed_and_read(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    for given in (str(tmp_path), str(tmp_path / name), f"{tmp_path}/*"):
        (source,) = expand([given])
        assert source.name.encode().decode().isprintable()
        assert source.path is not None
        assert read_file(source.path).document.text == "text"
    (tmp_path / name).write_bytes(b"\0" * 100)
    with pytest.raises(DocumentError) as caught:
        read_file(tmp_path / name)
    assert str(caught.value).isprintable()
    assert str(caught.value).encode()


def test_names_as_they_are_shown() -> None:
    assert [shown(name) for name in ODD] == [
        *("two\\nlines.txt", "tab\\t.txt", "bell\\x07.txt", "esc\\x1b[31m.txt", "caf\\xe9.txt", "rtl\\u202e.txt")
    ]
    assert shown("Grüße 日本 😀.txt") == "Grüße 日本 😀.txt"
