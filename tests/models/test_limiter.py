"""Patience: places, deadlines, and retries of what passes, counted and told."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from calls import reading
from clew.core.errors import ModelUnavailable
from clew.core.types import Reply, Usage
from clew.models.limiter import Limiter, Patience
from clew.models.places import Places
from clew.models.scripted import Scripted


class Flaky(Scripted):
    """Raises the given errors first."""

    def __init__(self, *errors: ModelUnavailable) -> None:
        super().__init__(lambda call: "{}")
        self.errors = list(errors)

    async def complete(self, call):
        reply = await super().complete(call)
        if self.errors:
            raise self.errors.pop(0)
        return reply


def limited(model, **patience):
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return Limiter(model, patience=Patience(sleep=sleep, draw=lambda: 0.5, **patience)), waits


def test_passing_failures_are_tried_again_with_growing_pauses():
    limiter, waits = limited(Flaky(ModelUnavailable("a"), ModelUnavailable("b")))
    reply = asyncio.run(limiter.complete(reading()))
    assert reply.usage.calls == 3
    assert waits == [0.375, 0.75]


def test_the_server_is_waited_for_as_long_as_it_asks():
    limiter, waits = limited(Flaky(ModelUnavailable("busy", retry_after=7)))
    asyncio.run(limiter.complete(reading()))
    assert waits == [7.125]


def test_but_not_longer_than_a_call_may_take():
    limiter, waits = limited(Flaky(ModelUnavailable("busy", retry_after=7000)), longest=60)
    with pytest.raises(ModelUnavailable):
        asyncio.run(limiter.complete(reading()))
    assert waits == []


def test_the_last_failure_says_how_often_it_was_tried():
    model = Flaky(*(ModelUnavailable("no luck", "look at the log") for _ in range(5)))
    limiter, waits = limited(model, tries=3)
    with pytest.raises(ModelUnavailable, match=r"no luck \(tried 3 times\)") as caught:
        asyncio.run(limiter.complete(reading()))
    assert caught.value.hint == "look at the log"
    assert len(model.calls) == 3
    assert len(waits) == 2


def test_lasting_failures_are_told_at_once():
    model = Flaky(ModelUnavailable("bad key", passing=False))
    limiter, _ = limited(model)
    with pytest.raises(ModelUnavailable, match="^bad key$"):
        asyncio.run(limiter.complete(reading()))
    assert len(model.calls) == 1


def test_a_call_that_hangs_is_given_up():
    class Hanging(Scripted):
        async def complete(self, call):
            await asyncio.Event().wait()
            raise AssertionError

    limiter, waits = limited(Hanging([]), longest=0.01, tries=2)
    with pytest.raises(ModelUnavailable, match=r"no reply within 0.01 s \(tried 2 times\)"):
        asyncio.run(limiter.complete(reading()))
    assert len(waits) == 1
    assert limiter.in_flight == 0


@pytest.mark.parametrize("shared", [False, True])
def test_places_are_kept_and_watched(shared):
    class Slow(Scripted):
        now = most = 0

        async def complete(self, call):
            self.now += 1
            self.most = max(self.most, self.now)
            for _ in range(5):
                await asyncio.sleep(0)
            self.now -= 1
            return Reply("{}", Usage(calls=1))

    seen: list[int] = []

    async def go():
        slow = Slow([])
        places = Places(3)
        limiters = [
            Limiter(slow, places=places if shared else 3, on_change=seen.append) for _ in range(2 if shared else 1)
        ]
        turn = itertools.cycle(limiters)
        await asyncio.gather(*(next(turn).complete(reading()) for _ in range(20)))
        assert [limiter.in_flight for limiter in limiters] == [0] * len(limiters)
        return slow.most

    assert asyncio.run(go()) == 3
    assert max(seen) <= 3
    assert seen[-1] == 0


class Busy(Scripted):
    """Takes `most` calls at once and refuses what is more, until it is told that all is well."""

    def __init__(self, most: int) -> None:
        super().__init__([])
        self.most, self.now, self.refused, self.peaks = most, 0, 0, []

    async def complete(self, call):
        self.now += 1
        self.peaks.append(self.now)
        try:
            for _ in range(5):
                await asyncio.sleep(0)
            if self.now > self.most:
                self.refused += 1
                raise ModelUnavailable("too much", retry_after=0.0, busy=True)
            return Reply("{}", Usage(calls=1))
        finally:
            self.now -= 1


def test_too_much_at_once_is_less_at_once_and_nothing_is_lost():
    async def pause(seconds: float) -> None:
        for _ in range(3):
            await asyncio.sleep(0)

    async def go(busy):
        places = Places(16)
        limiter = Limiter(busy, places=places, patience=Patience(sleep=pause))
        replies = await asyncio.gather(*(limiter.complete(reading(sample=n)) for n in range(300)))
        busy.most, before = 1000, places.room
        more = await asyncio.gather(*(limiter.complete(reading(sample=n)) for n in range(300)))
        return len(replies) + len(more), before, places

    busy = Busy(4)
    done, narrow, places = asyncio.run(go(busy))
    assert done == 600
    assert narrow <= 8
    assert places.room == 16
    assert places.taken == 0
    assert busy.refused < 150


def test_a_busy_server_is_asked_oftener_than_a_broken_one():
    def busy():
        return ModelUnavailable("too much", busy=True)

    limiter, waits = limited(Flaky(*(busy() for _ in range(9))), tries=3)
    assert asyncio.run(limiter.complete(reading())).usage.calls == 10
    assert waits == sorted(waits)
    limiter, _ = limited(Flaky(*(busy() for _ in range(10))), tries=3)
    with pytest.raises(ModelUnavailable, match="tried 10 times"):
        asyncio.run(limiter.complete(reading()))


def test_one_refusal_keeps_all_that_wait_from_being_refused_too():
    class Quota(Scripted):
        """Refuses everything until its quota is there again."""

        full = True
        refused = 0

        async def complete(self, call):
            await asyncio.sleep(0)
            if self.full:
                self.refused += 1
                raise ModelUnavailable("too many", retry_after=20.0, busy=True)
            return Reply("{}", Usage(calls=1))

    async def go():
        quota = Quota([])
        paused = asyncio.Event()

        async def pause(seconds: float) -> None:
            await paused.wait()

        limiter = Limiter(quota, places=4, patience=Patience(sleep=pause))
        calls = [asyncio.create_task(limiter.complete(reading(sample=n))) for n in range(50)]
        calls.append(asyncio.create_task(limiter.complete(reading(sample=50))))
        for _ in range(200):
            await asyncio.sleep(0)
        refused, quota.full = quota.refused, False
        calls.pop().cancel()
        paused.set()
        return refused, len(await asyncio.gather(*calls))

    assert asyncio.run(go()) == (4, 50)


def test_a_call_that_is_cancelled_in_its_pause_shuts_nobody_out():
    async def go():
        def busy():
            return ModelUnavailable("too much", retry_after=900.0, busy=True)

        async def for_ever(seconds: float) -> None:
            await asyncio.Event().wait()

        limiter = Limiter(Flaky(busy()), places=1, patience=Patience(sleep=for_ever, longest=1000))
        refused, waiting = (asyncio.create_task(limiter.complete(reading(sample=n))) for n in range(2))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not waiting.done()
        refused.cancel()
        assert (await waiting).usage.calls == 1

    asyncio.run(go())


def test_a_server_that_was_there_is_waited_for_longer():
    def away():
        return ModelUnavailable("nobody there", away=True)

    limiter, waits = limited(Flaky(*(away() for _ in range(7))), tries=3)
    assert asyncio.run(limiter.complete(reading())).usage.calls == 8
    assert 30 < sum(waits) < 60


def test_calls_that_wait_for_a_place_can_be_cancelled():
    async def go():
        places = Places(1)
        await places.take()
        waiting = [asyncio.create_task(places.take()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        places.give()
        waiting[1].cancel()  # It has been given its place, and has not begun.
        await asyncio.gather(*waiting[:2], return_exceptions=True)
        await waiting[2]
        assert places.taken == 1
        places.give()
        assert places.taken == 0

    asyncio.run(go())
