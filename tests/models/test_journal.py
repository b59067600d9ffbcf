"""Paid once: kept before used, replayed exactly, damaged records asked anew, equal calls sent once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from calls import reading
from clew.core.errors import BadReply, LimitReached, StoreError
from clew.core.types import Message, Usage
from clew.models.journal import Asked, Journal, reply_key
from clew.models.scripted import Scripted
from clew.models.validated import Validated
from replies import Replies

GOOD = {"findings": [{"sentences": [1], "claim": "built in 1817", "need": 1, "confidence": 0.9}], "drop": []}


class Slow(Scripted):
    """Waits for leave to answer."""

    def __init__(self) -> None:
        super().__init__(lambda call: GOOD)
        self.leave = asyncio.Event()

    async def complete(self, call):
        await self.leave.wait()
        return await super().complete(call)


def journal(model, shelf, run="run-1", salt=""):
    return Journal(Validated(model), shelf, run, salt)


def test_a_call_is_paid_once_and_replayed_exactly():
    shelf, model = Replies(), Scripted([GOOD])
    first = asyncio.run(journal(model, shelf).complete(reading()))
    again = asyncio.run(journal(Scripted([]), shelf, "run-2").complete(reading()))
    assert len(model.calls) == 1
    assert (again.text, again.value, again.finish) == (first.text, first.value, first.finish)
    paid = first.usage
    assert again.usage == Usage(replayed=1, replayed_tokens=paid.prompt_tokens, replayed_cost=paid.cost)
    assert paid.prompt_tokens > 0
    assert shelf.runs == ["run-1"]


def test_the_record_holds_the_reply_and_not_the_prompt():
    shelf = Replies()
    asyncio.run(journal(Scripted([GOOD]), shelf).complete(reading("Where is the sentinel?")))
    (record,) = shelf.records.values()
    assert "sentinel" not in record
    assert "seal oil" not in record
    assert json.loads(record)["usage"]["calls"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"messages": (Message("user", "other"),)},
        {"schema": {}},
        {"max_tokens": 1},
        {"sample": 1},
        {"temperature": 0.5},
    ],
)
def test_whatever_could_change_the_reply_is_another_call(change):
    assert reply_key(replace(reading(), **change), "m") != reply_key(reading(), "m")


def test_model_and_salt_are_in_the_key():
    keys = {reply_key(reading(), "m"), reply_key(reading(), "n"), reply_key(reading(), "m", "salt")}
    assert len(keys) == 3
    assert reply_key(reading(), "m") == reply_key(reading(), "m")


@pytest.mark.parametrize(
    "record", ["", "torn {", "[]", "{}", '{"text": "no json", "finish": "stop"}', '{"text": "{}", "finish": "stop"}']
)
def test_a_damaged_record_is_asked_anew_and_replaced(record):
    shelf, model = Replies(), Scripted([GOOD])
    key = reply_key(reading(), model.name)
    shelf.records[key] = record
    assert asyncio.run(journal(model, shelf).complete(reading())).value.findings
    assert json.loads(shelf.records[key])["finish"] == "stop"


def test_bad_replies_are_not_kept():
    shelf = Replies()
    with pytest.raises(BadReply):
        asyncio.run(journal(Scripted(["no", "no", "no"]), shelf).complete(reading()))
    assert shelf.records == {}


def test_a_reply_that_cannot_be_kept_is_not_used():
    class Full(Replies):
        def save_reply(self, key, record, run):
            raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        asyncio.run(journal(Scripted([GOOD]), Full()).complete(reading()))


def test_equal_calls_at_once_are_sent_once():
    async def go():
        model, shelf = Slow(), Replies()
        model.leave.set()
        one = journal(model, shelf)
        replies = await asyncio.gather(*(one.complete(reading()) for _ in range(10)))
        assert len(model.calls) == 1
        assert sum(reply.usage.calls for reply in replies) == 1
        assert sum(reply.usage.replayed for reply in replies) == 9

    asyncio.run(go())


@pytest.mark.parametrize("first", [True, False])
def test_one_waiter_may_leave_without_the_others(first):
    async def go():
        model, shelf = Slow(), Replies()
        one = journal(model, shelf)
        waiters = [asyncio.create_task(one.complete(reading())) for _ in range(2)]
        await asyncio.sleep(0)
        leaving, staying = waiters if first else waiters[::-1]
        leaving.cancel()
        await asyncio.sleep(0)
        model.leave.set()
        assert (await staying).value.findings
        assert leaving.cancelled()
        assert len(model.calls) == 1

    asyncio.run(go())


def test_when_all_leave_the_call_ends_and_may_be_made_again():
    async def go():
        model, shelf = Slow(), Replies()
        one = journal(model, shelf)
        waiter = asyncio.create_task(one.complete(reading()))
        await asyncio.sleep(0)
        waiter.cancel()
        await asyncio.sleep(0)
        model.leave.set()
        assert (await one.complete(reading())).usage.calls == 1
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(go())


def test_a_failure_reaches_all_who_wait_and_is_not_remembered():
    async def go():
        shelf = Replies()
        one = journal(Scripted(["no", "no", "no", GOOD]), shelf)
        failed = await asyncio.gather(*(one.complete(reading()) for _ in range(3)), return_exceptions=True)
        assert [type(result) for result in failed] == [BadReply] * 3
        assert (await one.complete(reading())).value.findings

    asyncio.run(go())


def test_a_call_that_just_met_the_limit_of_another_run_is_sent_for_this_one():
    async def spent():
        raise LimitReached("calls")

    async def go():
        asked = {}
        other, model = Journal(Scripted([]), Replies(), "run-1", asked=asked), Scripted([GOOD])
        task = asyncio.create_task(spent())
        await asyncio.wait([task])
        asked[reply_key(reading(), model.name)] = Asked(other, task)
        reply = await Journal(Validated(model), Replies(), "run-2", asked=asked).complete(reading())
        assert reply.value is not None
        assert len(model.calls) == 1
        assert not asked

    asyncio.run(go())
