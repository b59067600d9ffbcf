"""E-mail (.eml, .mbox): the headers a reader sees, then the text; of a message in two forms the plain one.

Attachments are named in a notice and not read. Nothing that a message refers to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from typing import Any

from ..core.errors import DocumentError
from ..core.types import Document, Heading
from .decode import STRANGE, decode
from .html import load_html
from .joined import joined
from .loaded import Loaded, mistaken
from .shown import shown

NAMED = 10
"""Attachments named in the notice; of more only the number is given."""

LONGEST = 20_000
"""Characters of a header that is taken apart, which takes quadratic time; a longer one stands as it is written."""

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_POSTMARK = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_BEGINNING = re.compile(rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:|\s)")


def load_mail(data: bytes) -> Loaded:
    """One message. Raises DocumentError."""
    attached: list[str] = []
    notices: list[str] = []
    document = _message(data, attached, notices)
    return Loaded(document, (*notices, *_told(attached)))


def load_mailbox(data: bytes) -> Loaded:
    """The messages of a mailbox in the mbox format, in the order of the file. Raises DocumentError."""
    attached: list[str] = []
    notices: list[str] = []
    document = joined((_message(one, attached, notices) for one in _divided(data)), "mail")
    return Loaded(document, (*dict.fromkeys(notices), *_told(attached)))


def _divided(data: bytes) -> Iterator[bytes]:
    """The messages: each begins with a line `From …`, at the top or behind a blank line (RFC 4155)."""
    starts = [
        mark
        for mark in _POSTMARK.finditer(data)
        if mark.start() == 0 or data[max(0, mark.start() - 3) : mark.start()].endswith((b"\n\n", b"\n\r\n"))
    ]
    if not starts or starts[0].start() > 0:
        raise DocumentError("is not a mailbox in the mbox format", "name the messages one by one, as .eml files")
    if data.count(0) > STRANGE * len(data):
        raise DocumentError("looks binary, not like text", "check that the file is complete")
    for mark, after in zip(starts, [*starts[1:], None], strict=True):
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", data[mark.end() : after.start() if after else len(data)])


class _Part(Message):
    """A message or a part of one. A header too long to be taken apart has no parameters."""

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        if len(str(self.get(header, ""))) > LONGEST:
            return failobj
        return super().get_param(param, failobj, header, unquote)


def _message(data: bytes, attached: list[str], notices: list[str]) -> Document:
    """One message as a document; names of its attachments and what is to be said of it are added to the lists."""
    if not _BEGINNING.match(data):
        raise mistaken("an e-mail message")
    try:
        # Its newer policies fail on some broken headers, and take quadratic time on long ones.
        message: Message = BytesParser(_Part).parsebytes(data)
    except RecursionError as error:
        raise DocumentError("holds messages nested without end", "check where it comes from") from error
    headers = {name.lower(): str(value) for name, value in reversed(list(message.raw_items()))}
    lines = [f"{name}: {words}" for name in _HEADERS if (words := _words(headers.get(name.lower(), "")))]
    title = "Subject: "
    spans = [Heading(1, len(title), len(lines[0]))] if lines and lines[0].startswith(title) else []
    parts = [Document("\n".join(lines), (), tuple(spans), "mail")]
    for part in _text_parts(message, attached):
        loaded = _read_part(part)
        notices += loaded.notices
        lower = tuple(replace(heading, level=heading.level + 1) for heading in loaded.document.headings)
        parts.append(replace(loaded.document, headings=lower))
    return joined(parts, "mail")


def _words(header: str) -> str:
    """A header's words as a reader sees them (RFC 2047), on one line."""
    header = header.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if len(header) <= LONGEST:
        with suppress(HeaderParseError, LookupError, ValueError):  # a broken one is shown as it stands
            header = str(make_header(decode_header(header)))
    return " ".join(header.split())


def _text_parts(message: Message, attached: list[str]) -> Iterator[Message]:
    """The parts to be read, in order; the names of the others are added to `attached`."""
    pending = [message]
    while pending:
        part = pending.pop()
        kind = part.get_content_type()
        inside = part.get_payload()
        parts = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
        if kind == "multipart/alternative" and parts:
            plain = [one for one in parts if one.get_content_type() == "text/plain" and _payload(one).strip()]
            pending.append(plain[0] if plain else parts[-1])
        elif kind.startswith("multipart/") and parts:
            pending += reversed(parts)
        elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
            if _payload(part).strip():
                yield part
        elif not kind.startswith("multipart/"):
            attached.append(_filename(part) or kind)


def _filename(part: Message) -> str:
    try:
        return _words(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        return ""


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _read_part(part: Message) -> Loaded:
    data = _payload(part)
    if part.get_content_type() == "text/html":
        return load_html(data)
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    decoded = decode(data, charset)
    return Loaded(Document(decoded.text, (), (), "plain"), decoded.notices)


def _told(attached: list[str]) -> tuple[str, ...]:
    if not attached:
        return ()
    names = ", ".join(shown(name) for name in attached[:NAMED]) + ", …" * (len(attached) > NAMED)
    return (f"{len(attached)} attachment{'s' * (len(attached) > 1)} not read: {names}",)
