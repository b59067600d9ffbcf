"""Decoding: marks, encodings, line ends, and nothing else changed."""

from __future__ import annotations

import pytest
from clew.core.errors import DocumentError
from clew.documents.decode import decode
from hypothesis import given
from hypothesis import strategies as st

TEXTS = {
    "fr": "L'élève à l'école a reçu une réponse très brève, où ça ?\n" * 3,
    "en": "He said it’s “fine” — and left. The price was £5.\n" * 3,
    "ru": "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.\n" * 3,
    "ja": "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n" * 4,
    "zh": "道可道，非常道。名可名，非常名。无名天地之始。\n" * 4,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_unicode_encodings(language: str, encoding: str) -> None:
    assert decode(TEXTS[language].encode(encoding)).text == TEXTS[language]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["ru", "ja", "zh"])
def test_utf16_of_other_scripts_needs_no_mark(language: str, encoding: str) -> None:
    assert decode(TEXTS[language].encode(encoding)).text == TEXTS[language]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [("fr", "cp1252"), ("en", "cp1252"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ja", "shift_jis"), ("zh", "gb18030")],
)
def test_other_encodings_are_detected_with_a_notice(language: str, encoding: str) -> None:
    decoded = decode(TEXTS[language].encode(encoding))
    assert decoded.text == TEXTS[language]
    assert "not UTF-8" in decoded.notices[0]


def test_plain_letters_in_utf16_without_a_mark() -> None:
    assert decode("only plain letters here".encode("utf-16-be")).text == "only plain letters here"


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    assert decode(b"a\r\nb\rc\n\n d\t\x0ce ").text == "a\nb\nc\n\n d\t\x0ce "


def test_undecodable_bytes_are_replaced_with_a_notice() -> None:
    for data in ("über ".encode() * 20 + b"\xff\xfe and on", b"plain with one \xff byte"):
        decoded = decode(data)
        assert "\ufffd" in decoded.text
        assert any("U+FFFD" in notice for notice in decoded.notices)


def test_a_label_is_followed_unless_a_mark_says_otherwise() -> None:
    assert decode("žluť".encode("cp1250"), "windows-1250").text == "žluť"
    assert decode("žluť".encode("utf-8-sig"), "windows-1250").text == "žluť"
    for label in ("utf-7", "idna", "rot13", "base64", "no such", "utf-16"):
        assert decode(b"plain", label).text == "plain"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(200), bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 99]
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="binary") as caught:
        decode(data)
    assert caught.value.hint


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "gb18030", "iso2022_jp"]))
def test_any_bytes_decode_or_are_refused(data: bytes, label: str | None) -> None:
    try:
        text = decode(data, label).text
    except DocumentError:
        return
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
