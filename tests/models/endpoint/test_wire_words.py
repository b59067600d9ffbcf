"""Bodies and refusals of the servers there are: what is read from them, and what is told."""

from __future__ import annotations

import email.utils
import json
import time

import pytest
from clew.core.errors import SettingsError
from clew.models.endpoint.completion import read_completion, told
from clew.models.endpoint.faults import is_overflow, refused, retry_after
from clew.models.endpoint.handshake import check_name, read_listing, told_window
from clew.models.endpoint.ladder import Manner, keep_manner, recall_manner
from clew.models.endpoint.wire import Wire


def body(message, finish="stop", **more):
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}]} | more)


@pytest.mark.parametrize(
    ("message", "finish", "text"),
    [
        ({"content": "a"}, "stop", "a"),
        ({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}, "stop", "ab"),
        ({"content": None, "reasoning_content": "a"}, "stop", "a"),
        ({"content": "", "reasoning": "a"}, "stop", "a"),
        ({"content": None, "reasoning_content": '{"findings": []}'}, "length", ""),
        ({"content": "a", "reasoning_content": "b"}, "stop", "a"),
        ({"content": None, "refusal": "I cannot"}, "stop", "I cannot"),
        ({"content": None}, None, ""),
    ],
)
def test_the_words_of_a_reply_are_found(message, finish, text):
    completion = read_completion(body(message, finish))
    assert completion is not None
    assert completion.text == text


def test_usage_may_be_missing_or_odd():
    assert read_completion(body({"content": "a"})).tokens is None
    odd = read_completion(body({"content": "a"}, usage={"prompt_tokens": None, "prompt_tokens_details": None}))
    assert (odd.prompt_tokens, odd.cached_tokens) == (0, 0)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "<html>", "{}", '{"choices": []}', '{"choices": [{}]}', '{"choices": [1]}']
)
def test_what_is_no_completion_is_none(text):
    assert read_completion(text) is None


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        (400, '{"error": {"message": "no", "code": "bad", "param": "p"}}', (400, "no bad p")),
        (400, '{"error": "no"}', (400, "no")),
        (400, '{"message": "no"}', (400, "no")),
        (422, '{"detail": [{"loc": ["body"], "msg": "no", "input": "temperature"}]}', (422, "['body'] no")),
        (502, "<html>Bad gateway</html>", (502, "")),
        (500, "Internal Server Error", (500, "Internal Server Error")),
        (200, '{"error": {"message": "busy", "code": 429}}', (429, "busy 429")),
        (200, '{"error": {"message": "odd"}}', (500, "odd")),
    ],
)
def test_the_words_of_a_refusal_are_found(status, text, expected):
    assert told(status, text) == expected


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
        "'max_tokens' or 'max_completion_tokens' is too large: 1024. The maximum context length is 4096 tokens",
        "the request exceeds the available context size, try increasing it",
        "context_length_exceeded",
        "prompt is too long: 210000 tokens > 200000 maximum",
    ],
)
def test_an_overflow_is_recognised(said):
    assert is_overflow(400, said)
    assert "--window" in refused("host", "m", 4096, 400, said, {}).hint


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (
            400,
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            Manner(limit="max_completion_tokens"),
        ),
        (400, "Unsupported value: 'temperature' does not support 0", Manner(temperature=False)),
        (400, "Invalid parameter: 'response_format' of type 'json_schema'", Manner(rung=1)),
        (422, "extra fields not permitted: response_format", Manner(rung=1)),
        (501, "structured output is not implemented: grammar", Manner(rung=1)),
        (500, "failed to parse grammar", Manner(rung=1)),
        (400, "System role not supported", Manner(system=False)),
        (400, "Conversation roles must alternate user/assistant/user/assistant/...", Manner(system=False)),
        (400, "messages must not be empty", Manner()),
        (429, "response_format", Manner()),
    ],
)
def test_manners_follow_refusals(status, said, expected):
    assert Manner().after(status, said) == expected


def test_the_ladder_has_an_end():
    last = Manner(rung=3)
    assert last.after(400, "response_format") == last


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"rung": 9}', '{"steps": 1}', '{"rung": "1"}'])
def test_a_manner_that_cannot_be_read_is_forgotten(kept):
    class Memo:
        def recall(self, key):
            return kept

        def keep(self, key, value):
            raise AssertionError

    assert recall_manner(Memo(), "x") == Manner()


def test_a_manner_is_remembered_by_endpoint():
    class Memo(dict):
        recall = dict.get
        keep = dict.__setitem__

    memo = Memo()
    keep_manner(memo, "a", Manner(rung=1, temperature=False))
    assert recall_manner(memo, "a") == Manner(rung=1, temperature=False)
    assert recall_manner(memo, "b") == Manner()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_retry_after_is_read(headers, seconds):
    assert retry_after(headers) == seconds


def test_retry_after_may_be_a_date():
    later = email.utils.formatdate(time.time() + 100, usegmt=True)
    assert 90 < retry_after({"retry-after": later}) <= 100


@pytest.mark.parametrize(
    "said", ["Incorrect API key provided: sk-abcdef123456.", "bad token Bearer abcdef123456", "key_abcdef123456"]
)
def test_what_looks_like_a_key_is_not_told(said):
    assert "abcdef" not in str(refused("host", "m", 1, 401, said, {}))


def test_signs_that_steer_a_terminal_are_not_told():
    assert "\x1b" not in str(refused("host", "m", 1, 500, "\x1b[31mred", {}))


def test_an_account_without_credit_does_not_pass():
    assert not refused("host", "m", 1, 429, "You exceeded your quota insufficient_quota", {}).passing


@pytest.mark.parametrize(
    ("entry", "window"),
    [
        ({"max_model_len": 32768}, 32768),
        ({"context_length": 131072}, 131072),
        ({"meta": {"n_ctx_train": 131072, "n_ctx": 8192}}, 8192),
        ({"max_context_length": 131072, "loaded_context_length": 4096}, 4096),
        ({"context_window": 8192}, 8192),
        ({"top_provider": {"context_length": 16384}}, 16384),
        ({"meta": {"n_ctx_train": 131072}}, None),
        ({"context_length": None}, None),
        ({"context_length": True}, None),
    ],
)
def test_windows_are_found_where_servers_put_them(entry, window):
    assert told_window("m", read_listing(json.dumps({"data": [{"id": "m"} | entry]}))) == window


@pytest.mark.parametrize("text", [None, "", "<html>", "{}", '{"data": null}', '{"data": [1, {"id": 2}]}'])
def test_a_listing_that_is_none_names_nothing(text):
    listing = read_listing(text)
    assert listing.names == ()
    check_name("http://host/v1#m", "m", listing)


def test_names_are_matched_as_servers_mean_them():
    listing = read_listing(json.dumps({"data": [{"id": "llama3:latest"}, {"id": "openai/*", "context_length": 9000}]}))
    check_name("h#llama3", "llama3", listing)
    check_name("h#openai/gpt", "openai/gpt", listing)
    assert told_window("openai/gpt", listing) == 9000
    with pytest.raises(SettingsError, match="no model 'qwen'"):
        check_name("h#qwen", "qwen", listing)


def test_a_word_after_key_is_no_key():
    said = refused("host", "m", 8192, 401, "Incorrect API key provided: None", {})
    assert "Incorrect API key provided: None" in str(said)


def test_a_short_credential_is_hidden_where_it_stands_alone() -> None:
    wire = Wire("http://me@host/v1?v=1&key=long-secret", None, 5.0)
    said = str(wire.refusal("m", 0, 401, "some prompt of 8192 tokens from me, version 1, keylong-secrets", {}))
    assert "some prompt of 8192 tokens from ***, version ***, key***s" in said
