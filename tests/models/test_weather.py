"""Bad weather between here and a server: every call ends in time, what passes is told from what does not, and nothing
is left behind."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from calls import reading
from clew.core.errors import ModelError, ModelUnavailable
from clew.models.endpoint.model import Endpoint
from clew.models.endpoint.wire import Wire
from clew.models.limiter import Limiter, Patience
from flakyloop import FlakyLoop
from simfaults import FAULTS


async def at_once(seconds: float) -> None:
    """Stands in for waiting."""
    await asyncio.sleep(0)


HASTE = Patience(sleep=at_once)
PAGES: dict[str, Callable[[Wire], Awaitable[Any]]] = {
    "chat": lambda wire: wire.chat({"model": "sim", "messages": [{"role": "user", "content": "Hello"}]}),
    "vectors": lambda wire: wire.embed({"model": "sim", "input": ["Hello"]}),
    "models": lambda wire: wire.models(0.3),
    "page": lambda wire: wire.page("/tokenize", {"content": "Hello"}, 0.3),
}


def failure(work: Callable[[], Awaitable[Any]]) -> ModelUnavailable:
    async def go() -> ModelUnavailable:
        with pytest.raises(ModelUnavailable) as caught:
            await work()
        return caught.value

    return asyncio.run(go())


@pytest.mark.parametrize("fault", ["hang", "stall", "drip"])
@pytest.mark.parametrize("page", PAGES)
def test_a_deadline_is_for_the_whole_reply(serve, page, fault):
    server = serve(script=[fault], greeting=[fault], tokenizes=True)

    async def go():
        wire = Wire(server.url, None, 0.3)
        try:
            # Far more than the deadline and far less than the reply takes.
            async with asyncio.timeout(5):
                await PAGES[page](wire)
        finally:
            await wire.close()

    error = failure(go)
    assert "did not answer within 0.3 s" in str(error)
    assert error.passing


def test_after_many_calls_nothing_is_left(serve):
    """Of which half fail in every way."""
    server = serve(rate=0.5, kinds=tuple(set(FAULTS) - {"hang", "stall", "drip"}), seed=2)
    slow = serve(script=["hang", "stall", "drip"] * 16)

    async def go():
        endpoints = [await Endpoint.connect(one.url, "sim", timeout=0.2, patience=HASTE) for one in (server, slow)]
        patience = Patience(sleep=at_once, longest=0.2)
        limiters = [Limiter(endpoint, places=8, patience=patience) for endpoint in endpoints]
        before = len(os.listdir("/dev/fd"))
        calls = [limiters[0].complete(reading(sample=n, max_tokens=256 + n)) for n in range(300)]
        calls += [limiters[1].complete(reading(sample=n)) for n in range(16)]
        done = await asyncio.gather(*calls, return_exceptions=True)
        await asyncio.sleep(0.2)
        left = len(asyncio.all_tasks()), len(os.listdir("/dev/fd")) - before, server.connections, slow.connections
        for endpoint in endpoints:
            await endpoint.close()
        return done, left

    done, (tasks, files, *connections) = asyncio.run(go())
    assert sum(not isinstance(reply, BaseException) for reply in done) > 200
    assert all(isinstance(reply, ModelError) for reply in done if isinstance(reply, BaseException))
    assert tasks == 1
    assert max(connections) <= 8
    assert files <= 3 * 16, "an open connection is one file here and one at the server, which is in this process too"


def test_who_was_never_there_is_not_waited_for_and_who_was_is(serve):
    gone = serve(outage=60.0, outage_at=2)
    tried = []

    async def wait(seconds: float) -> None:
        tried.append(seconds)

    async def go():
        endpoint = await Endpoint.connect(gone.url, "sim", patience=HASTE)
        limiter = Limiter(endpoint, patience=Patience(sleep=wait))
        await limiter.complete(reading())
        for _ in range(2):
            with pytest.raises(ModelUnavailable):
                await limiter.complete(reading())
        await endpoint.close()
        with pytest.raises(ModelUnavailable, match="cannot reach"):
            await Endpoint.connect(gone.url, "sim", patience=Patience(sleep=wait))

    asyncio.run(go())
    assert len(tried) == 7 + 7 + 2


@pytest.mark.parametrize("flavour", ["llama-server", "ollama", "lm-studio"])
@pytest.mark.parametrize("fault", ["drop", "half", "502", "429"])
def test_what_a_server_is_does_not_hang_on_one_page_that_failed(serve, flavour, fault):
    server = serve(flavour=flavour, greeting=["ok", fault, fault], num_ctx=4096, tell_window=flavour != "vllm")

    async def go():
        endpoint = await Endpoint.connect(server.url, "sim", patience=HASTE)
        try:
            return endpoint.kind, endpoint.window
        finally:
            await endpoint.close()

    kind, window = asyncio.run(go())
    assert kind == flavour
    assert window == (4096 if flavour == "ollama" else 8192)
    assert server.counts[f"fault:{fault}"] == 2


def test_a_name_without_an_address_passes(serve):
    url = serve().url.replace("127.0.0.1", "localhost")

    async def go():
        with pytest.raises(ModelUnavailable, match="DNS") as caught:
            await Endpoint.connect(url, "sim", patience=HASTE)
        return caught.value.passing

    with asyncio.Runner(loop_factory=FlakyLoop) as runner:
        runner.get_loop().rate = 1.0
        assert runner.run(go())
        assert runner.get_loop().unresolved == 3


@pytest.mark.parametrize(
    ("said", "told", "passing"),
    [(b"", "cannot reach|broke off", True), (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak https", False)],
    ids=["shut", "plain"],
)
def test_a_handshake_that_broke_off_passes_and_a_wrong_scheme_does_not(said, told, passing):
    async def go():
        async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(said)
            writer.close()

        door = await asyncio.start_server(answered, "127.0.0.1", 0)
        wire = Wire(f"https://127.0.0.1:{door.sockets[0].getsockname()[1]}/v1", None, 5.0)
        try:
            await wire.models(5.0)
        finally:
            await wire.close()
            door.close()

    error = failure(go)
    assert re.search(told, str(error))
    assert error.passing is passing


def test_a_page_of_a_proxy_says_nothing_about_a_server_that_was_there():
    wire = Wire("http://localhost:1/v1", None, 1.0)
    assert not wire.refusal("m", 0, 404, "", {}).passing
    wire.spoke = True
    assert wire.refusal("m", 0, 404, "", {}).passing
    assert not wire.refusal("m", 0, 404, "The model `m` does not exist.", {}).passing
    assert not wire.refusal("m", 0, 401, "", {}).passing
    asyncio.run(wire.close())
