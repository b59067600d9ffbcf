"""Sentences: they tile the text, respect layout and borders, and stay within bounds on any input."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import clew
import pytest
from clew.language.sentences import LONGEST, sentence_starts
from hypothesis import given
from hypothesis import strategies as st

DATA = Path(clew.__file__).parent.parent / "shared" / "data"


def split(text: str, borders: list[int] | None = None) -> list[str]:
    starts = sentence_starts(text, borders or [])
    return [text[first:last] for first, last in pairwise([*starts, len(text)])]


def trimmed(text: str) -> list[str]:
    return [sentence.strip() for sentence in split(text)]


PIECES = st.sampled_from(
    [
        "Mr. ",
        "U.S. ",
        "“",
        "” ",
        '"',
        "(",
        ") ",
        ". ",
        "? ",
        "! ",
        "...",
        "\n",
        "\n\n",
        "\t",
        " | ",
        "1. ",
        "- ",
        "A: ",
        "3.5 ",
    ]
    + [
        "word ",
        "Word ",
        "。",
        "你好",
        "[1] ",
        "; ",
        ", ",
        "   ",
        "\u0301",
        "a" * 900,
        "9 ",
        "No. ",
        "me. ",
        "# ",
        "\f",
        "\u2028",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300), st.lists(st.integers(-3, 400), max_size=6))
def test_sentences_tile_any_text(text: str, borders: list[int]) -> None:
    starts = sentence_starts(text, borders)
    assert starts == sorted(set(starts))
    assert (starts[0] == 0) if text else (starts == [])
    for first, last in pairwise([*starts, len(text)]):
        assert 0 < last - first <= LONGEST
    for border in borders:
        if 0 < border < len(text):
            moved = len(text) - len(text[border:].lstrip())
            assert moved in {*starts, len(text)}


@pytest.mark.parametrize(
    "text",
    [
        "He met Mr. Smith and Dr. Jones. | They left.",
        "It is made by Acme Inc. in the U.S. of steel. | It sells.",
        "See No. 5, e.g. this. | And Sec. 3.2 too.",
        "J. R. R. Tolkien wrote it. | It cost 3.50 in all.",
        "She said “Stop!” and went. | “Why?” he asked.",
        "“Go home.” | He went.",
        '"It is fine." | Then he left.',
        "Wait... what? | Yes.",
        "See vol. 3 of it. | It took approx. 5 days.",
        "你好。 | 我很好！ | 你呢？",
        "You follow me. | Do you want it?",
        "1.1 Defined Terms. | Words have a meaning.",
        "CHAPTER 1. Loomings.",
    ],
)
def test_where_sentences_end(text: str) -> None:
    parts = text.split(" | ")
    whole = " ".join(parts) if "你" not in text else "".join(parts)
    assert trimmed(whole) == parts


def test_a_long_quotation_is_divided() -> None:
    inner = "I have seen the sea and it was grey as slate. " * 8
    assert len(split(f"“{inner.strip()}” He sat down.")) >= 8


def test_layout_ends_sentences() -> None:
    assert trimmed("a title\n\nthe text goes on\nover the line") == ["a title", "the text goes on\nover the line"]
    assert trimmed("We need:\n- eggs\n- milk\n1. go\n2. buy") == ["We need:", "- eggs", "- milk", "1. go", "2. buy"]
    chat = "[D1:1] Ann: hello there\n[D1:2] Bob: good morning\n[D1:3] Ann: fine"
    assert trimmed(chat) == chat.split("\n")
    assert trimmed("Ann Lee: hello there\nBob: good morning") == ["Ann Lee: hello there", "Bob: good morning"]


def test_table_rows_are_sentences() -> None:
    rows = [
        "Net sales $ 32,765 $ 31,657",
        "Cost (16,682) (16,055)",
        "| No. 1. | St. Ives. |",
        "name\tage",
        "All   12   14",
    ]
    assert trimmed("\n".join(rows)) == rows
    assert trimmed("Cash and equivalents at end of\nperiod $ 2,853 $ 3,053\nTotal 1 2")[0].endswith("3,053")
    assert trimmed("Proceeds from sale of businesses\n846 1,065 142")[0].endswith("142")


def test_code_has_one_sentence_a_line() -> None:
    code = "def f(x):\n    y = x + 1\n    return {y: x}\nprint(f(1) == {2: 1})"
    assert trimmed(code) == [line.strip() for line in code.split("\n")]


def test_hard_wrapped_prose_stays_together() -> None:
    prose = "Call me Ishmael. Some years ago, never mind how\nlong precisely, having little money in my purse,\n"
    assert len(trimmed(prose + "I went to sea. It is a way.")) == 3


def test_nothing_reaches_over_a_border() -> None:
    text = "A running head and the text that goes on without an end"
    assert split(text, [15])[0] == text[:15].rstrip() + " "
    assert split("one two", [3]) == ["one ", "two"]


@pytest.mark.parametrize("unit", ["a", " ", "\n", "a ", "“a ", "a. ", "...", '" ', "1. ", "a; ", "你好", "\t", "(a"])
def test_a_line_without_end_is_divided(unit: str) -> None:
    text = (unit * 400_000)[:400_000]
    sentences = split(text)
    assert "".join(sentences) == text
    assert max(map(len, sentences)) <= LONGEST


def test_a_novel_has_sentences_of_a_readable_size() -> None:
    book = DATA / "novel" / "moby_dick.txt"
    if not book.is_file():
        pytest.skip("the development data is not here")
    text = book.read_text(encoding="utf-8")
    sizes = [len(sentence) for sentence in split(text)]
    assert sum(sizes) == len(text)
    assert 8_000 < len(sizes) < 12_000
    assert sorted(sizes)[len(sizes) * 99 // 100] < 800


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "Der Vertrag gilt ab dem 3. Mai 2019. ",
            "Siehe Nr. 5 und Abs. 2, z. B. im Anhang. ",
            "Dr. Müller kam am 5. Juni.",
        ],
        [
            "M. Dupont a dit : « Je viens. » ",
            "Puis il partit. ",
            "Voir art. 5 et p. ex. la loi no. 3. ",
            "C’est fini !",
        ],
        ["¿Quién es? ", "¡Nadie! ", "El Sr. Pérez llegó a las 5 p. m. al puerto. ", "Fin."],
        ["Ποιος είναι; ", "Κανείς. ", "Ήρθε στις 5 π.μ. από την Αθήνα."],
        ["Кто это? ", "Он приехал в 1999 г. из Москвы. ", "См. стр. 5 и далее. ", "Конец."],
        ["من هو؟ ", "لا أحد. ", "وصل في عام ٢٠١٩. ", "انتهى!"],
        ["وہ کون ہے؟ ", "کوئی نہیں۔ ", "ختم۔"],
        ["מי זה? ", "אף אחד. ", "הוא הגיע בשנת 2019."],
        ["वह कौन है? ", "कोई नहीं। ", "वह 2019 में आया।"],
        ["他是谁？", "“我来了。”", "他说。", "2019年到达！", "结束。"],
        ["彼は誰ですか？", "「来ました。」と彼は言った。", "2019年に着いた。"],
        ["This Agreement is governed by law. ", "本协议受中国法律管辖。", "双方同意。", "It ends in 2020."],
    ],
    ids=[
        "german",
        "french",
        "spanish",
        "greek",
        "russian",
        "arabic",
        "urdu",
        "hebrew",
        "hindi",
        "chinese",
        "japanese",
        "mixed",
    ],
)
def test_sentences_of_other_languages(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_thai_is_divided_at_blank_lines_and_spaces() -> None:
    clause = "สะพานเก่าของบ้านหินทอดข้ามแม่น้ำใสและเปิดใช้งานมานาน"
    lines = split("\n\n".join([clause, clause]))
    assert len(lines) == 2
    spaced = split(" ".join([clause] * 20))
    assert max(map(len, spaced)) < 300
    assert all(sentence.strip().startswith("สะพาน") for sentence in spaced)


_SIGNS = "aЖع我のक 1٢.;:!?。！？؟।۔»«“”「」 \n\t"


@given(st.text(alphabet=_SIGNS, max_size=200), st.lists(st.integers(0, 200), max_size=3))
def test_sentences_of_any_script_tile_the_text(text: str, borders: list[int]) -> None:
    starts = sentence_starts(text, sorted(borders))
    assert starts == sorted(set(starts))
    assert starts[:1] == [0] * bool(text)
    assert all(start < len(text) for start in starts)
