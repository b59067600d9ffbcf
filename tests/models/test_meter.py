"""Budgets hold under concurrency, give the manager its share, and count what failed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from calls import reading
from clew.core.errors import BadReply, LimitReached, ModelUnavailable
from clew.core.types import Reply, Usage
from clew.models.deadline import Deadline
from clew.models.endpoint.model import Endpoint
from clew.models.limiter import Limiter, Patience
from clew.models.meter import Budget, Meter
from clew.models.prices import Price
from clew.models.scripted import Scripted
from clew.models.validated import Validated


class Counting(Scripted):
    """Uses the tokens it is told to, after giving others a turn."""

    def __init__(self, prompt=80, completion=20):
        super().__init__([], window=8192)
        self.used = Usage(calls=1, prompt_tokens=prompt, completion_tokens=completion)

    async def complete(self, call):
        self.calls.append(call)
        for _ in range(3):
            await asyncio.sleep(0)
        return Reply("{}", self.used)


def reading_as(role, **fields):
    return replace(reading(**({"tokens": 100} | fields)), role=role)


def many_of(meter, number, role="reader"):
    async def go():
        calls = (meter.complete(reading_as(role, sample=n, max_tokens=20)) for n in range(number))
        return await asyncio.gather(*calls, return_exceptions=True)

    return asyncio.run(go())


def test_calls_are_never_overshot():
    model, budget = Counting(), Budget(max_calls=7)
    results = many_of(Meter(model, budget), 50)
    assert len(model.calls) == 7
    assert budget.spent.calls == 7
    limits = [result for result in results if isinstance(result, LimitReached)]
    assert len(limits) == 43
    assert {limit.limit for limit in limits} == {"calls"}


def test_tokens_are_never_overshot_and_fully_used():
    # Set aside are 120 a call (100 counted, 20 to come), used 100: waiting calls get what comes back.
    model, budget = Counting(), Budget(max_tokens=1040)
    results = many_of(Meter(model, budget), 50)
    assert len(model.calls) == 10
    assert budget.spent.prompt_tokens + budget.spent.completion_tokens == 1000
    assert [isinstance(result, Reply) for result in results] == [True] * 10 + [False] * 40


def test_a_server_that_counts_more_overshoots_by_what_is_under_way_only():
    model, budget = Counting(prompt=150), Budget(max_tokens=1000)
    many_of(Limiter(Meter(model, budget), places=2), 50)
    spent = budget.spent.prompt_tokens + budget.spent.completion_tokens
    assert spent <= 1000 + 2 * (170 - 120)


def test_a_call_larger_than_the_budget_is_not_sent():
    model = Counting()
    (result,) = many_of(Meter(model, Budget(max_tokens=119)), 1)
    assert isinstance(result, LimitReached)
    assert result.limit == "tokens"
    assert model.calls == []


@pytest.mark.parametrize("limit", [{"max_calls": 1}, {"max_tokens": 120}, {"max_seconds": 10.0}])
def test_the_managers_share_is_kept_from_readers(limit):
    model, budget = Counting(), Budget(**limit, clock=lambda: 0.0)
    budget.reserve(calls=1, tokens=120, seconds=10.0)
    meter = Meter(model, budget)
    for role in ("reader", "planner", "memory_writer"):
        with pytest.raises(LimitReached):
            asyncio.run(meter.complete(reading_as(role, max_tokens=20)))
    assert asyncio.run(meter.complete(reading_as("manager", max_tokens=20))).text == "{}"


def test_failures_give_their_tokens_back_and_keep_their_call():
    class Broken(Counting):
        async def complete(self, call):
            raise ModelUnavailable("down")

    budget = Budget(max_calls=5, max_tokens=10_000)
    with pytest.raises(ModelUnavailable):
        asyncio.run(Meter(Broken(), budget).complete(reading_as("reader")))
    assert budget.spent == Usage(calls=1)
    assert len([r for r in many_of(Meter(Counting(), budget), 9) if isinstance(r, Reply)]) == 4


def test_further_tries_are_calls_too():
    class Failing(Counting):
        async def complete(self, call):
            self.calls.append(call)
            raise ModelUnavailable("busy", retry_after=0)

    budget, model = Budget(max_calls=5), Failing()
    results = many_of(Limiter(Meter(model, budget), patience=Patience(tries=4)), 3)
    assert len(model.calls) == 5
    assert budget.spent.calls == 5
    assert any(isinstance(result, LimitReached) for result in results)


@pytest.mark.parametrize("places", [1, 4])
@pytest.mark.parametrize("max_tokens", [4000, 12_000])
def test_tries_that_came_to_nothing_count_with_their_prompts(serve, places, max_tokens):
    """Half of the tries fail after the server has read the prompt. The server's own sum is what may be asked for."""
    server = serve(rate=0.5, kinds=("drop", "half", "malformed", "choices", "reset"))
    budget = Budget(max_tokens=max_tokens)
    results = asyncio.run(sent_to(server, budget, places, 60))
    assert server.counts["prompt_tokens"] <= budget.spent.prompt_tokens <= 1.5 * server.counts["prompt_tokens"]
    assert budget.spent.prompt_tokens + budget.spent.completion_tokens <= max_tokens
    assert {type(result) for result in results} >= {Reply, LimitReached}
    assert budget.spent.calls == server.counts["requests"]


@pytest.mark.parametrize("kinds", [("429-bare", "503", "500", "502"), ("wrapped",)])
def test_what_was_refused_costs_nothing(serve, kinds):
    server, budget = serve(rate=0.5, kinds=kinds), Budget()
    asyncio.run(sent_to(server, budget, 4, 20))
    assert server.counts["requests"] > server.counts["replies"] > 10
    assert budget.spent.prompt_tokens == server.counts["prompt_tokens"]


def test_a_try_that_timed_out_counts_and_a_door_that_is_shut_does_not(serve):
    slow, budget = serve(script=["hang", "stall"]), Budget(max_cost=1.0)
    (reply,) = asyncio.run(sent_to(slow, budget, 1, 1, price=PRICE))
    lost = budget.spent.prompt_tokens - reply.usage.prompt_tokens
    assert slow.counts["prompt_tokens"] <= budget.spent.prompt_tokens
    assert lost >= 2 * slow.counts["prompt_tokens"] / 3
    assert budget.spent.cost == pytest.approx(reply.usage.cost + lost * PRICE.prompt / 1e6)
    gone, budget = serve(outage=60.0, outage_at=2), Budget()
    first, second = asyncio.run(sent_to(gone, budget, 1, 2))
    assert isinstance(second, ModelUnavailable)
    assert budget.spent.calls == 1 + 8
    # What was on its way when the door was shut may have arrived.
    assert budget.spent.prompt_tokens <= 2 * first.usage.prompt_tokens + 100


def test_replies_that_do_not_fit_are_paid_and_counted(serve):
    server, budget = serve(script=["schema"] * 6), Budget()
    results = asyncio.run(sent_to(server, budget, 1, 2))
    assert {type(result) for result in results} <= {Reply, BadReply}
    assert server.counts["replies"] > 3
    assert budget.spent.prompt_tokens == server.counts["prompt_tokens"]
    assert budget.spent.completion_tokens == server.counts["completion_tokens"]


async def sent_to(server, budget, places, number, price=None):
    """What becomes of `number` calls, counted as agents count them, through all that a run wraps a server in."""

    async def at_once(seconds):
        await asyncio.sleep(0)

    model = await Endpoint.connect(server.url, "sim", timeout=0.3)
    stack = Validated(Limiter(Meter(model, budget, price=price), places=places, patience=Patience(sleep=at_once)))
    calls = [reading(sample=n, max_tokens=256 + n) for n in range(number)]
    tokens = sum(model.count(message.content) for message in calls[0].messages)
    try:
        each = (stack.complete(replace(call, tokens=tokens)) for call in calls)
        return await asyncio.gather(*each, return_exceptions=True)
    finally:
        await model.close()


def test_time_ends_a_call_under_way():
    class Hanging(Counting):
        async def complete(self, call):
            await asyncio.Event().wait()
            raise AssertionError

    budget = Budget(max_seconds=0.02, max_tokens=10_000)
    with pytest.raises(LimitReached) as caught:
        asyncio.run(Deadline(Meter(Hanging(), budget), budget).complete(reading_as("reader")))
    assert caught.value.limit == "seconds"
    assert budget.spent == Usage(calls=1, prompt_tokens=100)


def test_no_call_is_sent_when_the_time_is_over():
    now = [0.0]
    budget, model = Budget(max_seconds=5, clock=lambda: now[0]), Counting()
    now[0] = 6.0
    with pytest.raises(LimitReached):
        asyncio.run(Meter(model, budget).complete(reading_as("manager")))
    assert model.calls == []


def test_a_waiting_call_that_is_cancelled_leaves_no_trace():
    async def go():
        budget = Budget(max_tokens=130)
        meter = Meter(Counting(), budget)
        first = asyncio.create_task(meter.complete(reading_as("reader", max_tokens=20)))
        await asyncio.sleep(0)
        second = asyncio.create_task(meter.complete(reading_as("reader", max_tokens=20)))
        await asyncio.sleep(0)
        second.cancel()
        await first
        assert budget.spent.calls == 1
        with pytest.raises(asyncio.CancelledError):
            await second

    asyncio.run(go())


def test_several_budgets_are_taken_from_together_or_not_at_all():
    question, job = Budget(max_calls=2), Budget(max_calls=100, max_tokens=100_000)
    model = Counting()
    many_of(Meter(model, job, question), 20)
    assert len(model.calls) == 2
    assert question.spent.calls == job.spent.calls == 2
    assert job.spent.prompt_tokens == 160
    again = Meter(model, job, Budget())
    assert len([r for r in many_of(again, 200) if isinstance(r, Reply)]) == 98


PRICE = Price(prompt=100.0, completion=200.0, cached=10.0)
"""USD for a million tokens: a call of `Counting`, 80 and 20 tokens, costs 0.012."""


def test_money_is_never_overshot_and_fully_used():
    # Set aside are 0.014 a call (100 tokens and 20 to come).
    model, budget = Counting(), Budget(max_cost=0.1)
    results = many_of(Meter(model, budget, price=PRICE), 50)
    assert len(model.calls) == 8
    assert budget.spent.cost == pytest.approx(0.096)
    assert {result.limit for result in results if isinstance(result, LimitReached)} == {"cost"}


def test_readers_leave_money_for_the_manager():
    model, budget = Counting(), Budget(max_cost=0.03)
    budget.reserve(cost=0.014)
    meter = Meter(model, budget, price=PRICE)
    assert len([r for r in many_of(meter, 5) if isinstance(r, Reply)]) == 1
    assert asyncio.run(meter.complete(reading_as("manager", max_tokens=20))).usage.cost == pytest.approx(0.012)


def test_an_unknown_price_is_unknown_and_not_nothing():
    model, budget = Counting(), Budget()
    asyncio.run(Meter(model, budget, price=PRICE).complete(reading_as("reader")))
    assert budget.spent.cost == pytest.approx(0.012)
    asyncio.run(Meter(model, budget).complete(reading_as("reader")))
    assert budget.spent.cost is None


def test_a_run_that_is_to_stop_sends_nothing_more():
    model, wish = Counting(), [False]
    meter = Meter(model, Budget(stopped=lambda: wish[0]))
    assert len([r for r in many_of(meter, 3) if isinstance(r, Reply)]) == 3
    wish[0] = True
    assert {r.limit for r in many_of(meter, 3, role="manager")} == {"interrupt"}
    assert len(model.calls) == 3
