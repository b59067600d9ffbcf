"""Turns: calls about one text together, and nobody waits for ever."""

from __future__ import annotations

import asyncio

from clew.models.places import Places
from clew.models.turns import PATIENCE


def order_of(number: int, beginnings: list[str]) -> list[str]:
    """The order in which calls with these beginnings, all there at once, are given `number` places."""
    given: list[str] = []

    async def one(places: Places, beginning: str) -> None:
        await places.take(beginning)
        given.append(beginning)
        await asyncio.sleep(0)
        places.give()

    async def all_of_them() -> None:
        places = Places(number)
        await asyncio.gather(*(one(places, beginning) for beginning in beginnings))

    asyncio.run(all_of_them())
    return given


def test_calls_about_one_text_follow_one_another() -> None:
    three_questions = ["a", "b", "c", "d"] * 3
    assert order_of(1, three_questions) == sorted(three_questions)


def test_different_texts_come_in_the_order_they_came() -> None:
    assert order_of(2, list("dbca")) == list("dbca")


def test_whoever_waits_longest_comes_in_the_end() -> None:
    given = order_of(1, ["popular", "alone", *["popular"] * (3 * PATIENCE)])
    assert PATIENCE <= given.index("alone") <= PATIENCE + 2


def test_a_cancelled_call_gives_its_place_to_the_next() -> None:
    async def story() -> list[str]:
        places, told = Places(1), list[str]()

        async def one(name: str) -> None:
            await places.take(name)
            try:
                told.append(name)
                await asyncio.sleep(0.01)
            finally:
                places.give()

        tasks = [asyncio.create_task(one(name)) for name in "abcd"]
        await asyncio.sleep(0)
        tasks[1].cancel()
        tasks[0].cancel()
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return told

    assert asyncio.run(story()) == ["a", "d"]
