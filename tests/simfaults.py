"""Everything that goes wrong at a server or on the way to it, for the simulated server to do.

refused     429 (with Retry-After), 429-bare (without), 408, 500, 503, 504; 502, which a proxy says in HTML
silent      hang (not a byte), stall (half of the body, then nothing), drip (a byte now and then)
broken off  drop (before a byte), reset (likewise, and rudely), half (in the middle of the body)
no reply    html (a proxy's page), wrapped (an error within a success), malformed (half of the JSON), choices
bad reply   empty, spaces (white space up to the limit), length (cut off), schema (another shape), fenced (and words)
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

REFUSED = {"429": 429, "429-bare": 429, "408": 408, "500": 500, "502": 502, "503": 503, "504": 504}
"""Faults that are a status, and which."""
BAD_REPLY = ("empty", "spaces", "length", "schema", "fenced")
"""Faults of the model: the server has nothing to complain of."""
FAULTS = (
    *REFUSED,
    *("hang", "stall", "drip"),
    *("drop", "reset", "half"),
    *("html", "wrapped", "malformed", "choices"),
    *BAD_REPLY,
)
DRIP = 0.05
"""Seconds from byte to byte."""

PAGE = b"<!doctype html><title>Welcome</title><h1>It works!</h1>"
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"

Response = tuple[int, str, bytes, Mapping[str, str]]
"""Status, content type, body and further headers."""


def instead(fault: str | None, retry_after: float) -> Response | None:
    """What is said instead of a reply; None where a reply is made."""
    if fault == "502":
        return 502, "text/html", BAD_GATEWAY, {}
    if fault in REFUSED:
        said = {"error": {"message": "simulated trouble", "type": "sim_error", "code": None}}
        wait = {"retry-after": str(retry_after)} if fault == "429" else {}
        return REFUSED[fault], "application/json", json.dumps(said).encode(), wait
    if fault == "html":
        return 200, "text/html", PAGE, {}
    if fault == "wrapped":
        said = {"error": {"message": "the upstream gave up", "code": 502}}
        return 200, "application/json", json.dumps(said).encode(), {}
    return None


def spoilt(fault: str | None, text: str) -> str:
    """The model's words, where a fault is in them."""
    match fault:
        case "empty":
            return ""
        case "spaces":
            return "{" + " " * 2000
        case "schema":
            return '{"unexpected": 1}'
        case "fenced":
            return f"Here it is:\n```json\n{text}\n```\nIs there anything else?"
    return text


async def send(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, response: Response, fault: str | None
) -> bool:
    """Writes the response as far as its fault lets it; False when the connection is to be closed."""
    if fault == "hang":
        await _hung_up(reader)
        return False
    status, kind, body, headers = response
    if fault == "drop":
        return False
    if fault == "reset":
        _reset(writer)
        return False
    if fault == "malformed":
        body = body[: len(body) // 2]
    further = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} Sim\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{further}\r\n".encode()
    if fault == "drip":
        writer.write(head)
        await _drip(reader, writer, body)
        return False
    writer.write(head + (body[: len(body) // 2] if fault in ("half", "stall") else body))
    await writer.drain()
    if fault == "stall":
        await _hung_up(reader)
    return fault not in ("half", "stall")


async def _hung_up(reader: asyncio.StreamReader) -> None:
    """Waits until the other side has had enough."""
    while not reader.at_eof():
        await asyncio.sleep(DRIP)


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
    """All of the body but its last byte, for as long as anybody listens."""
    for at in range(len(body) - 1):
        if reader.at_eof():
            return
        writer.write(body[at : at + 1])
        await writer.drain()
        await asyncio.sleep(DRIP)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Ends the connection so that the other side finds it reset, not closed."""
    made: Any = writer.get_extra_info("socket")
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
