"""The words of `--model`: what each means, and what is said of those that mean nothing."""

from __future__ import annotations

import asyncio

import pytest
from clew.core.errors import SettingsError
from clew.models.choose import ModelSpec, api_key, build, parse_model

URL = "http://localhost:8000/v1"


@pytest.mark.parametrize(
    ("spec", "base_url", "expected"),
    [
        (None, None, ModelSpec("extractive", "")),
        ("extractive", None, ModelSpec("extractive", "")),
        ("extractive", URL, ModelSpec("extractive", "")),
        ("scripted:a.jsonl", None, ModelSpec("scripted", "a.jsonl")),
        ("scripted:pack.module:function", URL, ModelSpec("scripted", "pack.module:function")),
        ("local:weights/tiny", None, ModelSpec("local", "weights/tiny")),
        ("local:weights/tiny", URL, ModelSpec("local", "weights/tiny")),
        ("qwen", URL, ModelSpec("endpoint", "qwen", URL)),
        ("Qwen/Qwen3-8B", URL, ModelSpec("endpoint", "Qwen/Qwen3-8B", URL)),
        ("llama3:8b", URL, ModelSpec("endpoint", "llama3:8b", URL)),
        (f"{URL}#qwen", None, ModelSpec("endpoint", "qwen", URL)),
        (f"{URL}#qwen", "http://other/v1", ModelSpec("endpoint", "qwen", URL)),
    ],
)
def test_what_the_words_mean(spec, base_url, expected):
    assert parse_model(spec, base_url) == expected


@pytest.mark.parametrize(
    ("spec", "base_url", "message", "hint"),
    [
        ("gpt-5", None, "'gpt-5' needs a server", "--base-url or CLEW_BASE_URL"),
        ("extractiv", None, "'extractiv' needs a server", "did you mean extractive"),
        (None, URL, "which model of", "--model"),
        (URL, None, "names a server, but no model", "URL#NAME"),
        ("qwen", "localhost:8000/v1", "no address of a server", "http://"),
        ("localhost:8000/v1#qwen", None, "localhost:8000/v1 is no address of a server", "http://"),
        ("ftp://host/v1#qwen", None, "no address of a server", "http://"),
        ("http://host:port/v1#qwen", None, "no address of a server", "http://"),
        ("http://#qwen", None, "no address of a server", "http://"),
    ],
)
def test_what_means_nothing_is_told(spec, base_url, message, hint):
    with pytest.raises(SettingsError, match=message) as caught:
        parse_model(spec, base_url)
    assert hint in (caught.value.hint or "")


def test_a_password_in_an_address_is_not_told():
    for spec in (
        "ftp://user:secret@host/v1#m",
        "http://user:secret@host/v1",
        "ftp://user:sec@ret@host#m",
        "user:secret@host/v1#m",
    ):
        with pytest.raises(SettingsError) as caught:
            parse_model(spec)
        assert "sec" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "environment", "key"),
    [
        (URL, {}, None),
        (URL, {"OPENAI_API_KEY": "o"}, None),
        (URL, {"CLEW_API_KEY": "c", "OPENAI_API_KEY": "o"}, "c"),
        ("https://api.openai.com/v1", {"OPENAI_API_KEY": "o"}, "o"),
        ("https://api.openai.com/v1", {"CLEW_API_KEY": "c", "OPENAI_API_KEY": "o"}, "c"),
        ("https://api.openai.com.evil.example/v1", {"OPENAI_API_KEY": "o"}, None),
        ("https://api.openai.com@evil.example/v1", {"OPENAI_API_KEY": "o"}, None),
        ("http://api.openai.com/v1", {"OPENAI_API_KEY": "o"}, None),
        (URL, {"CLEW_API_KEY": ""}, None),
    ],
)
def test_a_key_goes_to_its_own_server_alone(url, environment, key):
    assert api_key(url, environment) == key


def test_models_of_this_machine_have_the_window_asked_for(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text("{}\n")
    for spec in (f"scripted:{path}", "extractive"):
        assert asyncio.run(build(parse_model(spec), window=77)).window == 77
        assert asyncio.run(build(parse_model(spec))).window == 8192


def test_a_server_is_built_with_the_key_of_the_environment(serve):
    server = serve(key="k")

    async def go():
        model = await build(parse_model(f"{server.url}#sim"), environment={"CLEW_API_KEY": "k"})
        await model.close()
        return model.window

    assert asyncio.run(go()) == 8192
