"""The law table of chat models: whatever answers, it answers every prompt with a reply that fits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from calls import EVERY_CALL, reading
from clew.core.seams import ChatModel
from clew.core.types import Call
from clew.models.choose import build, parse_model, release
from clew.models.journal import Journal
from clew.models.limiter import Limiter, Patience
from clew.models.meter import Budget, Meter
from clew.models.scripted import Scripted
from clew.models.validated import Validated
from clew.prompts import (
    Approach,
    Atoms,
    Condense,
    Demonstrate,
    Explore,
    Facts,
    Gist,
    Merge,
    Neighbours,
    Pick,
    Piece,
    Places,
    Plan,
    Read,
    Recall,
    Start,
    Verdict,
    Write,
)
from replies import Replies

EMPTY = {
    Plan: {"needs": []},
    Read: {"findings": []},
    Recall: {"enough": False},
    Pick: {"numbers": []},
    Approach: {"action": 1},
    Demonstrate: {"question": "Who?"},
    Piece: {"action": 1},
    Atoms: {"facts": []},
    Start: {"nodes": []},
    Facts: {"findings": [], "actions": []},
    Explore: {"findings": [], "actions": []},
    Neighbours: {"action": 1},
    Places: {"findings": []},
    Write: {"message": ""},
    Merge: {"keep": []},
    Gist: {"points": []},
    Condense: {"points": []},
}


def minimal(call: Call) -> dict[str, object]:
    return EMPTY.get(type(call.prompt), {"verdict": "not_found"})


@asynccontextmanager
async def model_of(kind: str, serve: Callable[..., object]) -> AsyncIterator[ChatModel]:
    if kind == "scripted":
        yield Scripted(minimal)
        return
    spec = f"{serve().url}#sim" if kind == "endpoint" else kind
    model = await build(parse_model(spec), environment={})
    try:
        yield model
    finally:
        await release(model)


def stacked(model: ChatModel) -> ChatModel:
    return Journal(Validated(Limiter(Meter(model, Budget()))), Replies(), "run")


KINDS = ("extractive", "scripted", "endpoint")


@pytest.mark.parametrize("call", EVERY_CALL, ids=lambda call: type(call.prompt).__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_every_model_answers_every_prompt(kind, call, serve):
    async def go():
        async with model_of(kind, serve) as model:
            reply = await model.complete(call)
            assert isinstance(call.prompt.parse(reply.text), type(call.prompt).reply)
            assert reply.usage.calls == 1
            assert reply.usage.replayed == 0
            return (await stacked(model).complete(call)).value

    value = asyncio.run(go())
    assert isinstance(value, type(call.prompt).reply)
    if isinstance(value, Verdict) and kind != "scripted":
        assert value.verdict == "answered"
        assert "1817" in value.answer
        assert value.evidence == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_model_counts_and_is_named(kind, serve):
    async def go():
        async with model_of(kind, serve) as model:
            assert model.name
            assert model.window >= 1024
            assert model.count("") == 0
            assert model.count("word " * 2000) >= 2 * model.count("word " * 900)
            assert model.count("<|endoftext|>") > 0

    asyncio.run(go())


@pytest.mark.parametrize(
    "wrap", [Validated, Limiter, lambda m: Meter(m, Budget()), lambda m: Journal(m, Replies(), "r"), stacked]
)
def test_wrappers_pass_identity_through(wrap):
    model = Scripted(minimal, window=1234, name="inner")
    wrapped = wrap(model)
    assert (wrapped.name, wrapped.window, wrapped.count("abcde")) == ("inner", 1234, 2)


def test_replies_are_the_same_every_time(serve):
    async def go():
        async with model_of("endpoint", serve) as model:
            return [(await model.complete(call)).text for call in EVERY_CALL for _ in range(2)]

    texts = asyncio.run(go())
    assert texts[::2] == texts[1::2]


def test_a_whole_run_of_the_stack_under_faults_loses_nothing(serve):
    server = serve(rate=0.4, seed=7, kinds=("429", "500", "503", "drop", "half", "malformed"))

    async def pause(seconds: float) -> None:
        assert seconds >= 0

    async def go():
        base = await build(parse_model("sim", server.url), environment={})
        shelf = Replies()
        limiter = Limiter(Meter(base, Budget()), patience=Patience(tries=9, sleep=pause))
        model = Journal(Validated(limiter), shelf, "run")
        calls = [
            replace(reading(), sample=n, messages=reading(f"When was lighthouse {n} built?").messages)
            for n in range(60)
        ]
        replies = await asyncio.gather(*(model.complete(call) for call in calls))
        await release(base)
        return replies, shelf

    replies, shelf = asyncio.run(go())
    assert len(shelf.records) == 60
    assert server.counts["replies"] >= 60
    assert sum(reply.usage.calls for reply in replies) == server.counts["requests"]
    assert sum(count for name, count in server.counts.items() if name.startswith("fault:")) > 10
