"""Bytes become text: byte order mark, UTF-8, else a detected encoding; line ends become LF, nothing else changes."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from ..core.errors import DocumentError

SAMPLE = 200_000
"""Bytes that encoding and binary content are judged by."""
STRANGE = 0.02
"""Share of control characters from which on a file is taken to be binary."""

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LABELS = re.compile(r"utf-8|cp\d+|iso8859-\d+|koi8-[rut]|mac-\w+|big5\w*|gb\w+|euc_\w+|shift_jis\w*|iso2022_\w+|johab")
_WESTERN = "àâäæçèéêëîïñòóôöùúûüœßáíãõåøìÀÁÂÄÆÇÈÉÊËÍÎÑÓÔÖÙÚÛÜŒÅØ‘’“”–—…•€£§°·«»©®™½¡¿\xa0"
_CANDIDATES = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_2", "koi8_r", "cp866", "mac_roman", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
)


@dataclass(frozen=True)
class Decoded:
    """Text without a byte order mark, with LF as its only line end."""

    text: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of `data`; undecodable bytes become U+FFFD, with a notice.

    `encoding` is what the file says about itself; a byte order mark overrules it, an unknown name is ignored.
    Raises DocumentError where the bytes are no text.
    """
    name, skip = _named(data, encoding)
    name = name or _unmarked_utf16(data)
    notices: list[str] = []
    try:
        text = data[skip:].decode(name or "utf-8")
    except UnicodeDecodeError as error:
        if not name:
            name = _guess(data[max(0, error.start - SAMPLE) : error.start + SAMPLE])
            if name != "utf-8":
                notices.append(f"not UTF-8; read as {name}")
        text = data[skip:].decode(name, "replace")
        lost = text.count("\ufffd")
        if lost:
            notices.append(f"{lost} undecodable byte{'s' * (lost > 1)} replaced by U+FFFD")
    text = text.removeprefix("\ufeff")
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > STRANGE * len(sample) or sample.count("\ufffd") > 0.2 * len(sample):
        raise DocumentError("looks binary, not like text", "convert it to text or PDF first")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), tuple(notices))


def _named(data: bytes, encoding: str | None) -> tuple[str | None, int]:
    """The encoding that the bytes or their label state, and the length of the byte order mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    if encoding:
        try:
            known = codecs.lookup(encoding).name
        except (LookupError, ValueError):
            return None, 0
        # Pages that say Latin-1 or ASCII mean Windows-1252 (WHATWG Encoding Standard, 4.2).
        known = "cp1252" if known in {"iso8859-1", "ascii"} else known
        return (known if _LABELS.fullmatch(known) else None), 0
    return None, 0


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of most texts is zero, of others one of a few."""
    sample = data[:SAMPLE]
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[at::2].count(0) > 0.3 * len(sample) / 2 and sample[1 - at :: 2].count(0) < 0.02 * len(sample):
            return name
    if len(_CONTROL.findall(sample.decode("latin-1"))) > STRANGE * len(sample):
        return next((name for name in ("utf-16-le", "utf-16-be") if _reads_as(name, sample)), None)
    return None


def _reads_as(name: str, sample: bytes) -> bool:
    """Whether bytes that are no text otherwise are one in UTF-16: letters of one script, or with its full stops."""
    try:
        text = sample[: len(sample) // 2 * 2].decode(name)
    except UnicodeDecodeError:
        return False
    blocks = Counter(ord(sign) >> 8 for sign in text).most_common(2)
    one_script = sum(count for _, count in blocks) > 0.95 * len(text) and any(sign in text for sign in " \n")
    stops = sum(map(text.count, "\u3001\u3002\uff0c")) > 0.01 * len(text)
    letters = sum(map(str.isalpha, text)) > 0.6 * len(text)
    return letters and (one_script or stops)


def _guess(data: bytes) -> str:
    """A likely encoding of `data`, the surroundings of the first bytes that are not UTF-8."""
    good, high = len(_MULTIBYTE.findall(data)), len(_HIGH.findall(data))
    if good * 4 > high:
        return "utf-8"  # damaged in places, rather than something else
    if _is_western(data):
        return "cp1252"
    if high < 8:
        return "utf-8"  # too few to tell
    from charset_normalizer import from_bytes

    first = _HIGH.search(data)  # a long plain start says nothing about the encoding
    start = max(0, (first.start() if first else 0) - 1_000)
    best = from_bytes(data[start : start + SAMPLE // 4], cp_isolation=list(_CANDIDATES)).best()
    return best.encoding if best else "cp1252"


def _is_western(data: bytes) -> bool:
    """Whether nearly all bytes above ASCII are what Western European text uses in Windows-1252.

    Asked before detection, which takes short Western texts for Central European ones.
    """
    high = "".join(part.decode("cp1252", "replace") for part in _HIGH.findall(data))
    return sum(high.count(sign) for sign in _WESTERN) >= 0.95 * len(high)
