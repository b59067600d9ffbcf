"""Stamps and fingerprints: by what a file is known to be the one that was read."""

from __future__ import annotations

import os
import time
from pathlib import Path

from clew.app.stamps import SETTLED, current, fingerprint, same, stamp

LONG_AGO = time.time() - 1000


def test_a_file_that_has_just_changed_is_not_trusted_to_be_finished(tmp_path: Path) -> None:
    path = tmp_path / "fresh.txt"
    path.write_text("Now.")
    assert stamp(path) == ""
    # The time of the status change is the clock's: nothing can set it back.
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert stamp(path) == ""
    assert SETTLED >= 2
    assert stamp(tmp_path) == stamp(tmp_path / "nowhere") == ""


def test_a_stamp_is_enough_and_without_one_the_bytes_decide(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text("Once.")
    known = fingerprint(path)
    assert same(path, known, "")
    assert same(path, known, "the stamp of another time")
    path.write_text("Once more.")
    assert not same(path, known, "")
    assert not same(tmp_path / "nowhere.md", known, "")


def test_with_text_recognition_the_same_bytes_are_another_document(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4")
    plain, recognised = fingerprint(path), fingerprint(path, ocr=True)
    assert plain != recognised
    assert [current(plain, ocr=ocr) for ocr in (False, True)] == [True, False]
    assert [current(recognised, ocr=ocr) for ocr in (False, True)] == [False, True]
    assert same(path, recognised, "")
    assert not current("", ocr=False)
