"""E-mail, subtitles, notebooks: what is read of them, and what is told to be left out."""

from __future__ import annotations

import json
import random

import pytest
from clew.core.errors import DocumentError
from clew.documents.load import read_bytes

HEAD = """\
From: =?utf-8?q?Ann_M=C3=BCller?= <a@x.org>
To: Bob
 <b@x.org>
Subject: =?utf-8?b?w4Rubm91bmNl?=
 =?utf-8?q?ment?=
X-Own: no
Date: Mon, 1 Jan 2024 10:00:00 +0000
"""
SEEN = "Subject: Ännouncement\nFrom: Ann Müller <a@x.org>\nTo: Bob <b@x.org>\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\n"


def test_a_mailbox_of_zeros_is_no_text() -> None:
    with pytest.raises(DocumentError, match="looks binary"):
        read_bytes(b"From x\nSubject: a\n\nwords\n" + bytes(100_000), ".mbox")


def parts(kind: str, *inner: str) -> str:
    mark = f"b{random.Random(repr(inner)).random()}"
    return (
        f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n'
        + "".join(f"--{mark}\n{part}\n" for part in inner)
        + f"--{mark}--\n"
    )


PLAIN = (
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9 at=\n noon.\n"
)
PAGE = """\
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PGgxPlBsYW48L2gxPjxwPkNhZsOpLjwvcD4=
"""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\nHello.\n", "Hello.\n"),
        (PLAIN, "Café at noon.\n"),
        (PAGE, "Plan\n\nCafé.\n"),
        (parts("alternative", PLAIN, PAGE), "Café at noon.\n"),
        (parts("alternative", "Content-Type: text/plain\n\n \n", PAGE), "Plan\n\nCafé.\n"),
        (parts("mixed", parts("related", PLAIN), "Content-Type: text/plain\n\nBelow"), "Café at noon.\n\nBelow"),
    ],
)
def test_a_message(body: str, text: str) -> None:
    document = read_bytes((HEAD + body).encode(), ".eml").document
    assert document.text == SEEN + text
    assert [document.text[h.start : h.end] for h in document.headings][0] == "Ännouncement"
    assert all(document.text[h.start : h.end] in {"Ännouncement", "Plan"} for h in document.headings)


def test_attachments_are_named_and_not_read() -> None:
    file = "Content-Type: text/plain\nContent-Disposition: attachment; filename*=utf-8''a%0A%C3%A9.txt\n\nsecret"
    forwarded = "Content-Type: message/rfc822\n\nSubject: inner\n\nsecret"
    loaded = read_bytes((HEAD + parts("mixed", PLAIN, file, forwarded)).encode(), ".eml")
    assert "secret" not in loaded.document.text
    assert loaded.notices == ("2 attachments not read: a é.txt, message/rfc822",)


@pytest.mark.parametrize(
    "header", ["=?utf-8?b?////?=", "=?bogus?q?x?=", "=?utf-8?b?a?=", "Caf\xe9", "=?utf-8?q?=ED=A0=80?="]
)
def test_broken_headers_are_shown(header: str) -> None:
    assert read_bytes(f"Subject: {header}\n\nHello".encode("latin-1"), ".eml").document.text.endswith("\n\nHello")


def test_a_mailbox() -> None:
    box = f"From a@x Mon\n{HEAD}\nOne.\n>From here\n\nFrom b@x Tue\nSubject: Two\n\nSecond.\nFrom the middle\n"
    document = read_bytes(box.encode(), ".mbox").document
    assert document.text == f"{SEEN}One.\nFrom here\n\nSubject: Two\n\nSecond.\nFrom the middle\n"
    assert [document.text[h.start : h.end] for h in document.headings] == ["Ännouncement", "Two"]


def test_no_message() -> None:
    for data, suffix, words in [
        (b"\x89PNG", ".eml", "is not an e-mail message"),
        (b"Subject: x", ".mbox", "is not a mailbox"),
    ]:
        with pytest.raises(DocumentError, match=words):
            read_bytes(data, suffix)


def test_subtitles_stand_under_their_minutes() -> None:
    cues = (
        "1\n00:00:58,000 --> 00:00:59,000\n<i>Hello</i> {\\an8}there.\n\n"
        "2\n00:01:00,000 --> 00:01:02,000\nHow\nare you?\n\n"
        "9\n01:02:03,500 --> 01:02:04,000\n2\n"
    )
    document = read_bytes(cues.replace("\n", "\r\n").encode(), ".srt").document
    assert document.text == "00:00:58\n\nHello there.\n\n00:01:00\n\nHow\nare you?\n\n01:02:03\n\n2\n"
    assert [document.text[h.start : h.end] for h in document.headings] == ["00:00:58", "00:01:00", "01:02:03"]


def test_captions_of_the_web() -> None:
    captions = (
        "WEBVTT\n\nNOTE nothing\nto see\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
        "<v Ann Lee>Fish &amp; <00:00:01.500><c>chips</c>\n\n00:02.000 --> 00:03.000\n\n"
        "00:03.000 --> 00:04.000\nFish\n\n00:04.000 --> 00:05.000\nFish\nand 3 < 4\n"
    )
    assert read_bytes(captions.encode(), ".vtt").document.text == "00:00:01\n\nAnn Lee: Fish & chips\nFish\nand 3 < 4\n"


def test_captions_that_roll_are_written_once_and_what_is_said_twice_twice() -> None:
    shown = ["one", "one\n", "one\ntwo", "two", "No.", "No.", "No.\nNo."]
    ends = [900, 1, 900, 1, 900, 900, 900]
    cues = (
        f"00:0{at}.000 --> 00:0{at}.{end:03d}\n{words}\n"
        for at, (words, end) in enumerate(zip(shown, ends, strict=True))
    )
    text = read_bytes(("WEBVTT\n\n" + "\n".join(cues)).encode(), ".vtt").document.text
    assert text.split("\n\n")[1].split() == ["one", "two", "No.", "No.", "No."]


def test_subtitles_without_times_are_plain_text() -> None:
    assert read_bytes(b"just words", ".srt").document.loader == "plain"


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "Words."]},
        {
            "cell_type": "code",
            "source": "# not a title\nx",
            "outputs": [
                {"output_type": "stream", "text": ["out\n"]},
                {"data": {"image/png": "AAAA", "text/plain": "<Figure>"}},
                {"output_type": "error", "traceback": ["\u001b[0;31m"]},
            ],
        },
        {"cell_type": "odd"},
        7,
        None,
    ]
    document = read_bytes(json.dumps({"cells": cells, "metadata": {}}).encode(), ".ipynb").document
    assert document.text == "# Title\nWords.\n\n# not a title\nx\n\nout\n\n<Figure>"
    assert [document.text[h.start : h.end] for h in document.headings] == ["Title"]
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": "y", "outputs": []}]}]}
    assert read_bytes(json.dumps(old).encode(), ".ipynb").document.text == "y"


def test_halves_of_characters_become_replacement_signs() -> None:
    data = b'{"cells": [{"cell_type": "raw", "source": "a\\ud800b"}]}'
    assert read_bytes(data, ".ipynb").document.text == "a\ufffdb"
