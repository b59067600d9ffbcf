"""Rich Text Format (.rtf): words, headings by style or outline level, tables, notes (Microsoft, RTF 1.9.1).

Read in one pass without recursion: open groups are a list of states. Pictures, the instructions of fields and unknown
destinations are left out, as the format demands.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from ..core.errors import DocumentError
from ..core.types import Document
from .loaded import SAVE_AGAIN, Loaded, mistaken
from .rtf_text import RtfText

DEEPEST = 10_000
"""Groups within each other."""

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?\x20?|'(?P<byte>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<plain>[^\\{}\r\n\0]+)|[\r\n\0]+|\\",
    re.DOTALL,
)
_LEFT_OUT = frozenset(
    (b"colortbl", b"info", b"pict", b"object", b"fldinst", b"header", b"headerl", b"headerr", b"headerf", b"footer")
    + (b"footerl", b"footerr", b"footerf", b"xe", b"tc", b"revtbl", b"filetbl", b"annotation", b"atnid", b"atnauthor")
    + (b"nonshppict", b"sp", b"listtable", b"listoverridetable", b"pntxta", b"pntxtb")
)
_STARRED = frozenset((b"shpinst", b"shptxt", b"footnote"))
"""Destinations that old readers may leave out, and that hold text."""
_SIGNS = {
    **{b"tab": " ", b"line": "\n", b"lbr": "\n", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"nestcell": " | "},
    **{b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"},
    **{b"bullet": "•", b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"nestrow": " "},
}
_PARAGRAPH = frozenset((b"par", b"sect", b"page", b"column", b"\n", b"\r"))
_CHARSETS = {77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253"} | {
    **{162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"},
    **{238: "cp1250", 255: "cp437"},
}
"""Encodings of the numbers behind `\\fcharset`."""
_HEADING = re.compile(r"heading ([1-9])\s*;?", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    skip: bool = False
    table: bytes = b""
    """`fonttbl` or `stylesheet`, in which words are names."""
    encoding: str = ""
    """Of the present font; empty is the file's own."""
    hidden: bool = False
    fallback: int = 1
    """Characters behind `\\u` that stand for it in old readers."""
    note: bool = False
    """The group is a note."""


def load_rtf(data: bytes) -> Loaded:
    """The text of an RTF file. Raises DocumentError."""
    start = data.find(b"{\\rtf", 0, 200)
    if start < 0:
        raise mistaken("an RTF file")
    reader = _Reader()
    while token := _TOKEN.match(data, start):
        start = token.end() + reader.take(token)
    return Loaded(reader.document())


class _Reader:
    """Takes tokens in order."""

    def __init__(self) -> None:
        self._text = RtfText()
        self._state = _State()
        self._outer: list[_State] = []
        self._bytes = bytearray()
        """Bytes in the present encoding, decoded together: a character may have several."""
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        """Rank of the styles that are headings."""
        self._entry = 0
        """Font or style that a table is about to describe."""
        self._name = ""
        self._starred = False
        self._swallow = 0
        """Characters still to be left out behind `\\u`."""

    def take(self, token: re.Match[bytes]) -> int:
        """Reads one token; returns how many bytes behind it are no RTF."""
        if token["byte"]:
            self._raw(bytes.fromhex(token["byte"].decode()))
        elif token["plain"]:
            self._raw(token["plain"])
        elif token["brace"]:
            self._flush()
            self._brace(opens=token["brace"] == b"{")
        elif word := token["word"] or token["sign"]:
            self._flush()
            number = int(token["number"]) if token["number"] else None
            if word == b"bin":
                return max(0, number or 0)
            self._control(word, number)
        return 0

    def document(self) -> Document:
        """What was read."""
        self._flush()
        return self._text.document()

    def _raw(self, data: bytes) -> None:
        left_out = min(self._swallow, len(data))
        self._swallow -= left_out
        if not self._state.skip:
            self._bytes += data[left_out:]

    def _flush(self) -> None:
        """Decodes what has come."""
        if self._bytes:
            words = self._bytes.decode(self._state.encoding or self._default, "replace")
            self._bytes.clear()
            self._add(words)

    def _add(self, words: str) -> None:
        state = self._state
        if state.table == b"stylesheet":
            self._name = (self._name + words)[:100]
        elif not (state.skip or state.hidden or state.table):
            self._text.add(words)

    def _brace(self, *, opens: bool) -> None:
        self._swallow, self._starred = 0, False
        if opens:
            if len(self._outer) >= DEEPEST:
                raise DocumentError(f"is nested more than {DEEPEST:,} deep", SAVE_AGAIN)
            self._outer.append(self._state)
            self._state = replace(self._state, note=False)
            self._name = ""
        elif self._outer:
            if self._state.note:
                self._text.close_note()
            heading = _HEADING.match(self._name.strip()) if self._state.table == b"stylesheet" else None
            if heading:
                self._levels[self._entry] = int(heading[1])
            self._name = ""
            self._state = self._outer.pop()

    def _control(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word == b"*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        if word in _LEFT_OUT or (starred and word not in _STARRED):
            state.skip = True
        if state.skip:
            return
        if word in _SIGNS:
            if self._swallow:
                self._swallow -= 1
            else:
                self._add(_SIGNS[word])
        elif state.table or word in {b"fonttbl", b"stylesheet"}:
            self._describe(word, number or 0)
        elif not self._character(word, number):
            self._paragraph(word, number)

    def _describe(self, word: bytes, number: int) -> None:
        """A word in the tables of fonts and styles."""
        if word in {b"fonttbl", b"stylesheet"}:
            self._state.table, self._entry = word, 0
        elif word in {b"f", b"s"}:
            self._entry = number
        elif word == b"fcharset" and number in _CHARSETS:
            self._fonts[self._entry] = _CHARSETS[number]

    def _character(self, word: bytes, number: int | None) -> bool:
        """A word about characters; False if it is none."""
        state = self._state
        if word == b"u" and number is not None:
            self._add(chr(number % 65_536))
            self._swallow = state.fallback
        elif word == b"uc":
            state.fallback = max(0, min(number or 0, 100))
        elif word == b"f":
            state.encoding = self._fonts.get(number or 0, "")
        elif word == b"plain":
            state.encoding, state.hidden = "", False
        elif word in {b"v", b"deleted"}:
            state.hidden = number != 0
        elif word == b"ansicpg" and number:
            self._default = _codepage(number)
        elif word in {b"mac", b"pc", b"pca"}:
            self._default = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif word == b"footnote":
            state.note = True
            self._text.open_note()
        else:
            return False
        return True

    def _paragraph(self, word: bytes, number: int | None) -> None:
        if word in _PARAGRAPH:
            self._text.end_paragraph()
        elif word == b"pard":
            self._text.level, self._text.in_table = 0, False
        elif word == b"s":
            self._text.level = self._levels.get(number or 0, 0)
        elif word == b"outlinelevel" and number is not None:
            self._text.level = number + 1 if 0 <= number < 9 else 0
        elif word == b"intbl":
            self._text.in_table = True
        elif word == b"cell":
            self._text.end_cell()
        elif word == b"row":
            self._text.end_row()


def _codepage(number: int) -> str:
    name = {10_000: "mac-roman", 65_001: "utf-8"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
