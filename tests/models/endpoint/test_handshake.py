"""What servers say of their context and tokens, what use teaches beside it, and when that is believed."""

from __future__ import annotations

import asyncio
import json

import pytest
from calls import call_of, reading
from clew.core.errors import ModelUnavailable, WindowExceeded
from clew.core.types import Message
from clew.models.endpoint.calibrate import SAMPLES, measured_factor
from clew.models.endpoint.faults import told_context
from clew.models.endpoint.learnt import MARGIN, Lessons, Traits, adopt, begin
from clew.models.endpoint.model import Endpoint
from clew.models.endpoint.tripwire import least_tokens, refuse_cut
from clew.models.limiter import Limiter, Patience
from clew.models.tokens import cl100k
from clew.prompts import Plan
from simreplies import tokenize


class Memory(dict):
    """A memo in memory."""

    recall = dict.get
    keep = dict.__setitem__


def connect(server, call=None, **options):
    """Window, kind and manner of an endpoint, and its reply to `call` where there is one; its notices."""

    async def go():
        said: list[str] = []
        endpoint = await Endpoint.connect(server.url, "sim", patience=Patience(tries=1), notice=said.append, **options)
        try:
            reply = await endpoint.complete(call) if call else None
            return endpoint, reply, said
        finally:
            await endpoint.close()

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("behaviour", "kind", "window"),
    [
        ({"flavour": "vllm"}, "openai", 6000),
        ({"flavour": "llama-server"}, "llama-server", 6000),
        ({"flavour": "ollama", "num_ctx": 3000}, "ollama", 3000),
        ({"flavour": "ollama"}, "ollama", 4096),
        ({"flavour": "lm-studio"}, "lm-studio", 6000),
        ({"flavour": "lm-studio", "tell_window": False}, "lm-studio", 4096),
    ],
)
def test_every_server_is_asked_in_its_own_way(serve, behaviour, kind, window):
    endpoint, reply, said = connect(serve(window=6000, **behaviour), reading())
    assert endpoint.window == window
    assert kind in (endpoint.kind, "openai")
    assert reading().prompt.parse(reply.text).findings
    assert (window == 4096) == bool(said)
    assert all("--window" in line for line in said)


def test_ollama_is_spoken_to_in_its_own_language_with_the_window_that_was_named(serve):
    server = serve(flavour="ollama", window=32768)
    endpoint, reply, _ = connect(server, reading(), window=9000)
    sent = json.loads(server.requests[-1]["body"])
    assert server.requests[-1]["path"] == "/api/chat"
    assert sent["options"] == {"num_ctx": 9000, "num_predict": 256, "temperature": 0.0}
    assert sent["format"] == reading().schema
    assert sent["think"] is False
    assert endpoint.window == 9000
    assert reply.usage.prompt_tokens == server.counts["prompt_tokens"]


def test_a_server_that_cuts_in_silence_is_told_apart_with_its_remedy(serve):
    words = call_of(Plan("Which word is repeated? " + "lighthouse, " * 900), "planner")
    with pytest.raises(ModelUnavailable, match="cuts in silence") as caught:
        connect(serve(flavour="llama-server", cut=1500), words)
    assert "-c N" in (caught.value.hint or "")
    assert not caught.value.passing


@pytest.mark.parametrize(
    "text",
    [
        "The keeper, Maeve Dolan, wrote (every evening) a diary: it is kept.\n\n" * 30,
        "Net sales 2023: $1,204,557 (2022: $998,310); +20.66 %.\n" * 30,
        "def snake_case(self, __all__): return {'a': [1, 22, 333]}  # why?\n" * 30,
        "灯台は一八一七年に建てられた。守り人は毎晩日記を書いた。" * 30,
        "Größe, naïve, Ελληνικά, русский текст и ещё слова. " * 30,
    ],
)
def test_no_tokenizer_counts_less_than_the_least(text):
    assert len(text) / 12 < least_tokens(text) <= cl100k()(text)
    assert least_tokens(text) <= len(tokenize(text))


def test_an_exact_count_and_no_count_pass():
    text = "A sentence, and another one. " * 100
    tokens = cl100k()(text)
    refuse_cut("host", "openai", [Message("user", text)], tokens, tokens)
    refuse_cut("host", "openai", [Message("user", text)], 0, tokens)
    with pytest.raises(ModelUnavailable):
        refuse_cut("host", "openai", [Message("user", text)], int(0.75 * tokens), tokens)


def test_the_servers_own_tokenizer_is_asked_once(serve):
    server, memo = serve(tokenizes=True), Memory()
    first, _, _ = connect(server, memo=memo)
    asked = [request["path"] for request in server.requests].count("/tokenize")
    again, _, _ = connect(server, memo=memo)
    assert asked == len(SAMPLES)
    assert [request["path"] for request in server.requests].count("/tokenize") == asked
    for sample in SAMPLES:
        assert first.count(sample) == again.count(sample) >= len(tokenize(sample))


@pytest.mark.parametrize("page", [None, {}, {"count": 0}, {"tokens": []}, ["x"], {"tokens": 3}])
def test_a_tokenizer_that_does_not_answer_is_none(page):
    async def ask(path, body):
        return page

    assert asyncio.run(measured_factor(ask, "m", len)) is None


# What use teaches.


def test_an_undercount_is_corrected_and_what_is_a_little_high_stays():
    memo = Memory()
    lessons = Lessons(memo, "m", Traits())
    for _ in range(20):
        lessons.counted(2000, 1700)
        lessons.counted(300, 900)  # So short a prompt teaches nothing.
    assert adopt(memo, "m", settled=True) is None
    lessons.counted(2000, 2600)
    lessons.counted(2000, 2400)
    assert adopt(memo, "m", settled=True).factor == pytest.approx(1.35)


def test_what_was_learnt_waits_until_no_run_is_unfinished():
    memo = Memory()
    begin(memo, "m", Traits())
    Lessons(memo, "m", Traits()).overflowed(3000)
    assert adopt(memo, "m", settled=False) == Traits()
    assert adopt(memo, "m", settled=True) == Traits(window=3000)
    assert adopt(memo, "m", settled=False) == Traits(window=3000)


@pytest.mark.parametrize("record", ["", "{", "[]", '{"factor": "x"}', '{"factor": 0}', '{"window": "9"}', '{"x": 1}'])
def test_traits_that_cannot_be_read_are_none(record):
    assert adopt(Memory({"traits m": record}), "m", settled=True) is None
    assert Traits().factor == MARGIN


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens", 4096),
        ("'max_tokens' is too large: 1024. This model's maximum context length is 32,768 tokens", 32768),
        ("the request exceeds the available context size (8192 tokens), try increasing it", 8192),
        ("prompt is too long: 210000 tokens > 200000 maximum", 200000),
        ("context_length_exceeded", None),
    ],
)
def test_a_refusal_tells_the_context(said, context):
    assert told_context(said) == context


def test_a_refused_prompt_teaches_the_window(serve):
    server, memo = serve(window=900, told=6000), Memory()
    with pytest.raises(WindowExceeded) as caught:
        connect(server, reading(max_tokens=800), memo=memo)
    assert caught.value.context == 900
    endpoint, _, _ = connect(server, memo=memo)
    assert endpoint.window == 900
    server.be.told = 20000  # Started anew with another context: what was learnt is of the past.
    assert connect(server, memo=memo)[0].window == 20000


def test_the_limiter_keeps_what_kind_of_refusal_it_was(serve):
    server = serve(window=900, told=6000, script=["503"])

    async def go():
        endpoint = await Endpoint.connect(server.url, "sim")
        limiter = Limiter(endpoint, patience=Patience(sleep=lambda seconds: asyncio.sleep(0)))
        try:
            with pytest.raises(WindowExceeded, match="tried 2 times"):
                await limiter.complete(reading(max_tokens=800))
        finally:
            await endpoint.close()

    asyncio.run(go())
