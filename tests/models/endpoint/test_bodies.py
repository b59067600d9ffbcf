"""Replies of a server that sends anything: without end, packed small, nested deep, in halves of characters."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from calls import reading
from clew.core.errors import ModelError, ModelUnavailable
from clew.models.embed_endpoint import EndpointVectors
from clew.models.endpoint.bodies import LARGEST, OddlyPacked, TooLarge, bounded, parsed, tokens, whole
from clew.models.endpoint.completion import read_completion
from clew.models.endpoint.faults import retry_after, told_context
from clew.models.endpoint.handshake import read_listing
from clew.models.endpoint.model import Endpoint
from clew.models.endpoint.ollama import read_reply
from clew.models.endpoint.servers import recognise
from clew.models.limiter import Patience
from clew.models.validated import Validated

DEEP = "[" * 100_000


def taken(chunks: list[bytes], encoding: str = "") -> bytes:
    async def sent() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    async def go() -> bytes:
        return b"".join([piece async for piece in bounded(sent(), encoding)])

    return asyncio.run(go())


def test_a_body_is_taken_up_to_the_bound() -> None:
    assert taken([b"a", b"b"]) == b"ab"
    whole_body = [bytes(LARGEST // 2)] * 2
    assert len(taken(whole_body)) == LARGEST
    with pytest.raises(TooLarge):
        taken([*whole_body, b"x"])


def test_a_packed_body_is_unpacked_up_to_the_bound_and_no_further() -> None:
    packed = gzip.compress(b"words " * 1000)
    assert taken([packed[:50], packed[50:]], "gzip") == b"words " * 1000
    pieces: list[int] = []

    async def bomb() -> None:
        async def sent() -> AsyncIterator[bytes]:
            yield gzip.compress(bytes(50_000_000), 9)

        async for piece in bounded(sent(), "gzip", 10_000):
            pieces.append(len(piece))

    with pytest.raises(TooLarge):
        asyncio.run(bomb())
    assert sum(pieces) <= 10_000


def test_other_names_for_packed_and_for_plain_are_known() -> None:
    assert taken([gzip.compress(b"words")], "x-gzip") == b"words"
    assert taken([b"words"], "utf-8") == taken([b"words"], "identity") == b"words"


@pytest.mark.parametrize(("chunk", "encoding"), [(b"words", "gzip"), (b"", "br"), (b"", "gzip, gzip")])
def test_a_body_that_is_oddly_packed_is_not_taken(chunk: bytes, encoding: str) -> None:
    with pytest.raises(OddlyPacked):
        taken([chunk], encoding)


def test_json_without_end_is_no_json() -> None:
    assert parsed('{"a": [1]}') == {"a": [1]}
    for text in (DEEP, '{"a":' * 100_000, "1" * 5000, ""):
        with pytest.raises(ValueError, match=r"."):
            parsed(text)
    assert read_completion(DEEP) is None
    assert read_reply(DEEP) is None
    assert read_listing(DEEP).names == ()


def test_halves_of_characters_are_put_together_or_replaced() -> None:
    assert whole("a\ud83d\ude00b\ud800 \udc00c\ufeff") == "a\U0001f600b\ufffd \ufffdc\ufeff"
    assert whole("") == ""
    reply = read_completion('{"choices": [{"message": {"content": "\\ud800x"}}]}')
    assert reply is not None
    assert reply.text == "\ufffdx"


@pytest.mark.parametrize("value", [-1, 10**12, True, "5", 1.5, None, [1]])
def test_what_is_no_count_is_not_taken_for_one(value: object) -> None:
    assert tokens(value) is None
    body = {"choices": [{"message": {"content": "a"}}], "usage": {"prompt_tokens": value, "completion_tokens": value}}
    reply = read_completion(json.dumps(body))
    assert reply is not None
    assert (reply.prompt_tokens, reply.tokens) == (0, None)
    assert read_listing(json.dumps({"data": [{"id": "m", "max_model_len": value}]})).windows == {}


def test_numbers_without_end_in_words_and_headers() -> None:
    assert told_context("maximum context length is " + "9" * 5000) is None
    assert told_context("maximum context length is 8,192 tokens") == 8192
    for date in ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2024 00:00:00 +99999999999999999999"):
        assert retry_after({"retry-after": date}) is None


def test_pages_of_odd_types_recognise_nothing() -> None:
    async def ask(path: str, body: object) -> Any:
        return {"data": 5, "models": "x", "model_info": {"a": 1}, "parameters": "num_ctx " + "9" * 5000}

    assert asyncio.run(recognise(ask, "m")).window is None


class Odd(BaseHTTPRequestHandler):
    """Answers every request with `body`, whatever the path."""

    body: ClassVar[bytes] = b""
    packed: ClassVar[str] = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", str(len(self.body)))
        if self.packed:
            self.send_header("content-encoding", self.packed)
        self.end_headers()
        self.wfile.write(self.body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def odd(body: bytes, packed: str = "") -> Iterator[str]:
    """The address of a server that only ever says `body`."""
    handler = type("Said", (Odd,), {"body": body, "packed": packed})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def no_pause(seconds: float) -> None:
    """Stands in for waiting."""


def asked(url: str) -> ModelError:
    async def go() -> None:
        endpoint = await Endpoint.connect(url, "m", window=8192, patience=Patience(sleep=no_pause))
        try:
            await Validated(endpoint).complete(reading())
        finally:
            await endpoint.close()

    with pytest.raises(ModelError) as caught:
        asyncio.run(go())
    return caught.value


@pytest.mark.parametrize(
    ("body", "packed", "said"),
    [
        (b" " * (LARGEST + 1), "", "sent more than 32 MB, which is no reply"),
        (gzip.compress(bytes(2 * LARGEST), 1), "gzip", "sent more than 32 MB, which is no reply"),
        (b"words", "gzip", "packed in a way that was not asked for"),
        (b"words", "zstd", "packed in a way that was not asked for"),
        (DEEP.encode(), "", "sent something that is not a chat completion"),
        (b'{"choices": [{"message": {"content": "' + b"[" * 9_000 + b'"}}]}', "", "does not fit"),
    ],
)
def test_what_a_server_sends_is_an_error_in_words(body: bytes, packed: str, said: str) -> None:
    with odd(body, packed) as url:
        error = asked(url)
    assert said in str(error)
    assert error.hint


def test_a_cached_share_is_no_more_than_the_whole() -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 10**8}}
    reply = {"choices": [{"message": {"content": '{"findings": [], "drop": []}'}}], "usage": usage}

    async def go(url: str) -> tuple[int, int]:
        endpoint = await Endpoint.connect(url, "m", window=8192, patience=Patience(sleep=no_pause))
        try:
            used = (await endpoint.complete(reading())).usage
            return used.prompt_tokens, used.cached_tokens
        finally:
            await endpoint.close()

    with odd(json.dumps(reply).encode()) as url:
        assert asyncio.run(go(url)) == (900, 900)


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400, '"x"'])
def test_vectors_of_numbers_without_end_are_none(number: str) -> None:
    body = f'{{"data": [{{"index": {number}, "embedding": [{number}]}}]}}'
    with odd(body.encode()) as url:
        vectors = EndpointVectors(url, "m", patience=Patience(sleep=no_pause))
        try:
            with pytest.raises(ModelUnavailable, match="something else"):
                vectors.texts(["a"])
        finally:
            vectors.close()
