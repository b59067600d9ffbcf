"""The scripted model: a list, a file, a function; and what is said when the script is at fault."""

from __future__ import annotations

import asyncio

import pytest
from calls import reading
from clew.core.errors import ModelError, SettingsError
from clew.models.scripted import Scripted


def test_a_list_is_answered_in_turn_and_then_ends():
    model = Scripted([{"findings": []}, "plain"])
    texts = [asyncio.run(model.complete(reading())).text for _ in range(2)]
    assert texts == ['{"findings": []}', "plain"]
    assert len(model.calls) == 2
    with pytest.raises(ModelError, match="2 replies and was asked for one more, by the reader"):
        asyncio.run(model.complete(reading()))


def test_a_function_sees_the_call():
    model = Scripted(lambda call: {"role": call.role, "limit": call.max_tokens})
    assert asyncio.run(model.complete(reading(max_tokens=9))).text == '{"role": "reader", "limit": 9}'


def test_usage_is_counted():
    usage = asyncio.run(Scripted(["12345678"]).complete(reading())).usage
    assert (usage.calls, usage.completion_tokens) == (1, 2)
    assert usage.prompt_tokens > 100


def test_a_file_gives_one_reply_a_line(tmp_path):
    path = tmp_path / "script.jsonl"
    path.write_text('{"findings": [], "note": "a\u2028b"}\n\n{"needs": ["x"]}\n', encoding="utf-8")
    model = Scripted.from_spec(str(path))
    assert "findings" in asyncio.run(model.complete(reading())).text
    assert asyncio.run(model.complete(reading())).text == '{"needs": ["x"]}'
    before = model.name
    path.write_text('{"needs": []}', encoding="utf-8")
    assert Scripted.from_spec(str(path)).name != before


def test_a_function_of_a_module_in_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "my_script_for_clew.py").write_text("def answer(call):\n    return {'findings': []}\n")
    monkeypatch.chdir(tmp_path)
    model = Scripted.from_spec("my_script_for_clew:answer", window=99)
    assert model.window == 99
    assert asyncio.run(model.complete(reading())).text == '{"findings": []}'


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("absent.jsonl", "cannot read the script absent.jsonl"),
        ("nothing", "neither a .jsonl file nor module:function"),
        ("no_such_module:f", "cannot import no_such_module"),
        ("json:no_such", "json has no function no_such"),
    ],
)
def test_what_is_wrong_with_a_script_is_said(spec, message):
    with pytest.raises(SettingsError, match=message):
        Scripted.from_spec(spec)


def test_a_line_that_is_no_object_is_named(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"findings": []}\n[1]\n')
    with pytest.raises(SettingsError, match="line 2"):
        Scripted.from_spec(str(path))
