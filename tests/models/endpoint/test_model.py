"""The endpoint against a simulated server: handshake, ladder, failures in words, nothing sent that should not be."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket

import pytest
from calls import EVERY_CALL, QUESTION, call_of, reading
from clew.core.errors import ModelUnavailable, SettingsError
from clew.models.endpoint.model import Endpoint
from clew.models.limiter import Limiter, Patience
from clew.models.validated import Validated
from clew.prompts import Plan
from simserver import SimServer

KEY = "sk-sentinel-0123456789abcdef"


class Memory:
    """A memo in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def recall(self, key: str) -> str | None:
        return self.kept.get(key)

    def keep(self, key: str, value: str) -> None:
        self.kept[key] = value


async def no_pause(seconds: float) -> None:
    """Stands in for waiting."""


HASTE = Patience(sleep=no_pause)


@contextlib.asynccontextmanager
async def connected(url, model="sim", **options):
    endpoint = await Endpoint.connect(url, model, **{"patience": HASTE} | options)
    try:
        yield endpoint
    finally:
        await endpoint.close()


def one(url, call=None, **options):
    """Connects, makes one call and closes: the reply."""

    async def go():
        async with connected(url, **options) as endpoint:
            return await endpoint.complete(call or reading())

    return asyncio.run(go())


def failure(url, call=None, **options) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        one(url, call, **options)
    return caught.value


def sent(server, number=-1):
    return json.loads(server.requests[number]["body"])


# The handshake.


def test_the_window_is_what_the_server_says_and_is_remembered(serve):
    server, memo, said = serve(window=3072), Memory(), []

    async def go():
        async with connected(server.url, memo=memo, notice=said.append) as endpoint:
            return endpoint.window, endpoint.name

    assert asyncio.run(go()) == (3072, f"{server.url}#sim")
    assert said == []


def test_a_server_that_is_down_has_the_window_it_had():
    memo, said = Memory(), []
    with SimServer(window=3072) as server:
        one(server.url, memo=memo)

    async def go():
        async with connected(server.url, memo=memo, notice=said.append) as endpoint:
            return endpoint.window

    assert asyncio.run(go()) == 3072
    assert "cannot reach" in said[0]
    assert "3,072" in said[0]


def test_a_server_that_does_not_say_is_taken_to_be_small(serve):
    said: list[str] = []

    async def go():
        async with connected(serve(tell_window=False).url, notice=said.append) as endpoint:
            return endpoint.window

    assert asyncio.run(go()) == 4096
    assert "--window" in said[0]


def test_a_given_window_asks_for_no_list(serve):
    server = serve(window=900)

    async def go():
        async with connected(server.url, window=1000) as endpoint:
            return endpoint.window

    assert asyncio.run(go()) == 1000
    assert "/v1/models" not in [request["path"] for request in server.requests]


def test_an_unknown_model_is_named_with_those_there_are(serve):
    with pytest.raises(SettingsError, match="no model 'simm'") as caught:
        one(serve().url, model="simm")
    assert "did you mean sim?" in (caught.value.hint or "")


def test_the_name_has_no_credentials(serve):
    server = serve()

    async def go():
        async with connected(server.url.replace("//", "//user:secret@") + "/") as endpoint:
            await endpoint.complete(reading())
            return endpoint.name

    assert asyncio.run(go()) == f"{server.url}#sim"
    assert server.requests[-1]["headers"]["authorization"] == "Basic dXNlcjpzZWNyZXQ="


def test_a_query_goes_along_and_is_not_told(serve):
    server = serve()
    error = failure(f"{server.url}?token=secret-query", window=1000)
    assert server.requests[-1]["path"].endswith("/v1/chat/completions?token=secret-query")
    assert "secret-query" not in str(error)


# The ladder.


def formats(server):
    return [
        sent(server, n).get("response_format", {}).get("type", "text")
        for n, request in enumerate(server.requests)
        if request["path"].endswith("completions")
    ]


def test_the_first_rung_sends_the_schema_strictly(serve):
    server = serve()
    one(server.url)
    shape = sent(server)["response_format"]["json_schema"]
    assert shape["strict"] is True
    assert shape["schema"]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("behaviour", "tried"),
    [
        ({"json_schema": False}, ["json_schema", "json_object"]),
        ({"json_schema": False, "json_object": False}, ["json_schema", "json_object", "text"]),
    ],
)
def test_a_refused_form_is_left_for_the_next_and_remembered(serve, behaviour, tried):
    server, memo = serve(**behaviour), Memory()
    for call in EVERY_CALL:
        reply = one(server.url, call, memo=memo)
        call.prompt.parse(reply.text)
        assert reply.usage.calls == 1
    assert formats(server) == tried + [tried[-1]] * (len(EVERY_CALL) - 1)


def test_the_other_name_of_the_limit_and_no_temperature_are_learnt(serve):
    server, memo = serve(limit="max_completion_tokens", temperature=False, json_schema=False), Memory()
    one(server.url, memo=memo)
    one(server.url, memo=memo)
    assert server.counts["requests"] == 5
    assert sent(server)["max_completion_tokens"] == 256
    assert "max_tokens" not in sent(server)
    assert "temperature" not in sent(server)


def test_what_led_to_no_reply_is_not_remembered(serve):
    memo = Memory()
    failure(serve(json_schema=False, json_object=False, window=300).url, memo=memo)
    assert [key for key in memo.kept if key.startswith("manner")] == []


def test_empty_replies_running_lower_the_rung(serve):
    server = serve(script=["empty", "empty"])

    async def go():
        async with connected(server.url) as endpoint:
            return [(await endpoint.complete(reading())).text for _ in range(3)]

    assert asyncio.run(go())[:2] == ["", ""]
    assert formats(server) == ["json_schema", "json_schema", "json_object"]


# Usage.


def test_usage_is_the_servers(serve):
    server = serve()

    async def go():
        async with connected(server.url) as endpoint:
            return [(await endpoint.complete(reading())).usage for _ in range(2)]

    first, second = asyncio.run(go())
    assert first.prompt_tokens == server.counts["prompt_tokens"] // 2
    assert first.cached_tokens == 0
    assert 0 < second.cached_tokens <= second.prompt_tokens
    assert second.completion_tokens * 2 == server.counts["completion_tokens"]
    assert first.seconds > 0


def test_usage_is_estimated_where_the_server_does_not_say(serve):
    usage = one(serve(tell_usage=False).url).usage
    assert usage.prompt_tokens > 250
    assert usage.completion_tokens > 5


def test_the_count_is_never_under_the_servers(serve):
    server = serve()

    async def go():
        async with connected(server.url) as endpoint:
            for call in EVERY_CALL:
                reply = await endpoint.complete(call)
                counted = sum(endpoint.count(message.content) for message in call.messages)
                assert counted >= reply.usage.prompt_tokens * 0.95

    asyncio.run(go())


# Failures, in words.


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_nobody_there():
    error = failure(f"http://127.0.0.1:{closed_port()}/v1")
    assert "cannot reach http://127.0.0.1" in str(error)
    assert "is the server running" in (error.hint or "")
    assert error.passing


@pytest.mark.parametrize(
    ("fault", "message", "passing"),
    [
        ("429", r"refused the call \(429: simulated trouble", True),
        ("500", r"\(500: simulated trouble", True),
        ("503", r"\(503: simulated trouble", True),
        ("502", r"refused the call \(502\)", True),
        ("408", r"\(408: simulated trouble", True),
        ("wrapped", r"\(502: the upstream gave up", True),
        ("drop", "broke off before its reply was complete", True),
        ("reset", "broke off before its reply was complete", True),
        ("half", "broke off before its reply was complete", True),
        ("html", "sent HTML instead of a reply", True),
        ("malformed", "not a chat completion", True),
        ("choices", "not a chat completion", True),
    ],
)
def test_every_fault_has_its_words(serve, fault, message, passing):
    server = serve(script=[fault])
    with pytest.raises(ModelUnavailable, match=message) as caught:
        one(server.url)
    assert caught.value.passing is passing
    assert server.url in str(caught.value)
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize("script", [["html"], ["ok", "html"]])
def test_html_from_who_has_never_answered_as_such_a_server_does_not_pass(serve, script):
    server = serve(script=script)

    async def go():
        async with connected(server.url, window=4096) as endpoint:
            for _ in script[1:]:
                await endpoint.complete(reading())
            with pytest.raises(ModelUnavailable) as caught:
                await endpoint.complete(reading())
            return caught.value.passing

    assert asyncio.run(go()) is (len(script) > 1)


def test_the_servers_wish_to_be_left_alone_is_told(serve):
    assert failure(serve(script=["429"], retry_after=17.0).url).retry_after == 17.0


def test_a_wrong_path_is_told(serve):
    error = failure(serve().url.removesuffix("/v1"), window=1000)
    assert "404" in str(error)
    assert "/v1" in (error.hint or "")
    assert not error.passing


def test_a_prompt_over_the_window_names_it(serve):
    error = failure(serve(window=400).url)
    assert "400 tokens" in str(error)
    assert "--window" in (error.hint or "")
    assert not error.passing


def test_a_server_that_hangs_is_given_up(serve):
    error = failure(serve(script=["hang"]).url, timeout=0.2)
    assert "did not answer within 0.2 s" in str(error)
    assert error.passing


def test_a_prompt_that_was_cut_in_silence_is_an_error(serve):
    server = serve(cut=100)
    call = call_of(Plan("Which word is repeated? " + "lighthouse " * 400), "planner")
    error = failure(server.url, call)
    assert "read 100 tokens of a prompt of at least" in str(error)
    assert not error.passing
    assert one(serve(cut=100).url, call_of(Plan(QUESTION), "planner")).text


def test_redirects_are_not_followed(serve):
    elsewhere = serve()
    server = serve(redirect=elsewhere.url)
    for window in (None, 1000):
        error = failure(server.url, window=window, api_key=KEY)
        assert f"redirects to {elsewhere.url}" in str(error)
        assert not error.passing
    assert elsewhere.requests == []


# One host, and secrets.


def test_the_key_is_sent_and_never_told(serve, caplog):
    caplog.set_level("DEBUG")
    server = serve(key="another")
    error = failure(server.url, api_key=KEY)
    assert server.requests[0]["headers"]["authorization"] == f"Bearer {KEY}"
    told = f"{error} {error.hint} {error!r} {error.__cause__!r} {caplog.text}"
    assert "CLEW_API_KEY" in (error.hint or "")
    assert KEY not in told
    assert KEY[3:] not in told
    assert one(serve(key=KEY).url, api_key=KEY).text


def test_nothing_of_the_environment_reaches_another_host(serve, monkeypatch):
    server = serve()
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "sentinel")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Team: sentinel\nAuthorization: Bearer sentinel")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/sentinel")
    one(server.url)
    assert [request["path"] for request in server.requests] == ["/v1/models", "/tokenize", "/v1/chat/completions"]
    for request in server.requests:
        assert "sentinel" not in repr(request)
        assert "authorization" not in request["headers"]
        assert set(request["headers"]) <= {
            "host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent",
            "x-stainless-raw-response",
        }  # fmt: skip


# Faults through the wrappers.


@pytest.mark.parametrize("fault", ["schema", "empty", "length"])
def test_bad_replies_are_asked_for_again(serve, fault):
    server = serve(script=[fault])

    async def go():
        async with connected(server.url) as endpoint:
            return await Validated(Limiter(endpoint)).complete(reading())

    reply = asyncio.run(go())
    assert reply.value.findings[0].sentences == [1]
    assert reply.usage.calls == 2
    assert server.counts["requests"] == 2


def test_failures_that_pass_are_tried_again(serve):
    server = serve(script=["503", "drop", "429"], retry_after=3.0)
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async def go():
        async with connected(server.url) as endpoint:
            patience = Patience(tries=4, sleep=pause, draw=lambda: 0.0)
            return await Limiter(endpoint, patience=patience).complete(reading())

    assert asyncio.run(go()).usage.calls == 4
    assert waits == [0.25, 0.5, 3.0]
