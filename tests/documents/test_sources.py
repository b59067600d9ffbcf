"""What the user names: order, names, folders, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from clew.core.errors import DocumentError
from clew.documents.load import read_file
from clew.documents.sources import Source, expand


def test_files_keep_their_order_and_come_once() -> None:
    assert expand(["b.txt", "-", "a.txt", "b.txt"]) == [
        Source("b.txt", Path("b.txt")),
        Source("-", None),
        Source("a.txt", Path("a.txt")),
    ]


def test_a_folder_is_sorted_and_named_as_given(tmp_path: Path) -> None:
    kept = ["a.txt", "b/c.md", "b/d/e.pdf", "b.html", "README", "x.txt.gz", "code.py"]
    dropped = [".hidden.txt", ".git/a.txt", "b/.x/a.txt", "photo.png", "old.docx", "data.zip", "x.png.gz", "odd.q7q"]
    for name in [*kept, *dropped]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "empty.txt").touch()
    for given in (str(tmp_path), f"{tmp_path}/"):
        found = expand([given])
        assert [source.name for source in found] == [f"{tmp_path}/{name}" for name in sorted(kept)]
        assert all(source.path and source.path.is_file() for source in found)


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (inside / "a.txt").write_text("text")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "broken.txt").symlink_to("nowhere.txt")
    (inside / "same.txt").symlink_to("a.txt")
    assert [source.name for source in expand([str(inside)])] == [f"{inside}/a.txt", f"{inside}/same.txt"]


def test_what_is_missing_is_told_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in (str(tmp_path / "no.txt"), str(tmp_path / "empty")):
        (source,) = expand([name])
        assert source.path is not None
        with pytest.raises(DocumentError):
            read_file(source.path)
