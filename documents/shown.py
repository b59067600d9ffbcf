"""A file's name as it may be printed and stored: on one line, valid UTF-8, nothing that a terminal obeys."""

from __future__ import annotations

import os
import re

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_USUAL = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def shown(name: str | os.PathLike[str]) -> str:
    """`name` with control characters, and bytes that are no UTF-8, written as escapes such as `\\n` and `\\xff`."""
    return _UNFIT.sub(_escaped, os.fspath(name))


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # a byte that the file system's encoding does not have (PEP 383)
    return _USUAL.get(sign) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
